package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.core.kernel.Kernels;

/** Plays given {@link Terms}. */
public final class TermsMechanism implements Mechanism {

    private final Terms terms;
    private final NDArray[] payments;
    private final NDArray[] served;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param terms what to play
     */
    public TermsMechanism(Constants constants, Terms terms) {
        this.terms = terms;
        this.payments = Arrays.stream(terms.payments()).map(constants::vector).toArray(NDArray[]::new);
        this.served = new NDArray[payments.length];
        for (int h = 0; h < served.length; h++) {
            double[] ones = new double[terms.payments()[h].length];
            Arrays.fill(ones, terms.served()[h], ones.length, 1);
            served[h] = constants.vector(ones);
        }
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        double share = ReservePrice.share(bids.getDataType() == DataType.FLOAT64);
        NDArray following = Tensors.times(bids.mul(served[h]).sum(new int[] {0}, true), share);
        NDArray fixed =
                Tensors.create(bids.getManager(), bids.getDataType(), new double[] {terms.goods()[h]}, new Shape(1));
        return new Offer(following.add(fixed), Tensors.copy(bids.getManager(), payments[h]));
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        double share = ReservePrice.share(kernels.bytes() == Double.BYTES);
        return new MechanismKernel<>() {
            @Override
            public int tapeLength() {
                return 0;
            }

            @Override
            public double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at) {
                System.arraycopy(terms.payments()[h], 0, payments, 0, payments.length);
                return terms.goods()[h] + share * (terms.offer(h, bids) - terms.goods()[h]);
            }

            @Override
            public double pullback(
                    int h,
                    double[] bids,
                    double remaining,
                    double goodsBar,
                    double[] paymentsBar,
                    double[] bidsBar,
                    F tape,
                    int at,
                    boolean sums) {
                for (int a = terms.served()[h]; a < bidsBar.length; a++) {
                    bidsBar[a] += share * goodsBar;
                }
                return 0;
            }

            @Override
            public NDList gradient(NDManager manager) {
                return new NDList();
            }
        };
    }
}
