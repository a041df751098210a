package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;

/** A mechanism at one theta, asked for offers in double precision. For one thread at a time. */
interface Auctioneer {

    /**
     * Makes the offer of one round, as {@link MechanismKernel#offer} does.
     *
     * @param payments out
     * @return the goods on offer, per capita
     */
    double offer(int h, double[] bids, double remaining, double[] payments);

    /** Asks the mechanism's version on primitive arrays, or the engine where there is none. */
    static Auctioneer of(Mechanism mechanism, NDList theta, NDManager manager) {
        MechanismKernel<double[]> kernel = mechanism.kernel(Kernels.doubles(), theta);
        if (kernel == null) {
            return (h, bids, remaining, payments) -> ask(mechanism, theta, manager, h, bids, remaining, payments);
        }
        double[] tape = Kernels.doubles().array(kernel.tapeLength());
        return (h, bids, remaining, payments) -> kernel.offer(h, bids, remaining, payments, tape, 0);
    }

    private static double ask(
            Mechanism mechanism,
            NDList theta,
            NDManager manager,
            int h,
            double[] bids,
            double remaining,
            double[] payments) {
        try (Scope scope = new Scope(manager)) {
            NDArray nu = Tensors.create(scope.manager(), DataType.FLOAT64, bids, new Shape(bids.length));
            NDArray left = Tensors.create(scope.manager(), DataType.FLOAT64, new double[] {remaining}, new Shape(1));
            Mechanism.Offer offer = mechanism.offer(h, nu, left, scope.in(theta));
            double[] paid = Tensors.toDoubles(offer.payments());
            System.arraycopy(paid, 0, payments, 0, payments.length);
            return Tensors.toDouble(offer.goods());
        }
    }
}
