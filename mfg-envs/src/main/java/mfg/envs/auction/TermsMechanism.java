package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.core.kernel.Kernels;

/** A mechanism that is no more than its {@link Terms}. */
public class TermsMechanism implements Mechanism {

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
    public final List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public final Terms terms() {
        return terms;
    }

    @Override
    public final boolean seesBids() {
        return IntStream.range(0, payments.length).anyMatch(h -> terms.served()[h] < terms.payments()[h].length);
    }

    @Override
    public final Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        double share = Admission.share(bids.getDataType());
        NDArray following = Tensors.times(bids.mul(served[h]).sum(new int[] {0}, true), share);
        NDArray fixed =
                Tensors.create(bids.getManager(), bids.getDataType(), new double[] {terms.goods()[h]}, new Shape(1));
        return new Offer(following.add(fixed), Tensors.copy(bids.getManager(), payments[h]));
    }

    @Override
    public final <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        double share = Admission.share(kernels);
        return new FixedPriceKernel<>(h -> terms.payments()[h]) {
            @Override
            double goods(int h, double[] bids) {
                double fixed = terms.goods()[h];
                return fixed + share * (terms.offer(h, bids) - fixed);
            }

            @Override
            void pullGoods(int h, double goodsBar, double[] bidsBar, boolean sums) {
                for (int a = terms.served()[h]; a < bidsBar.length; a++) {
                    bidsBar[a] += share * goodsBar;
                }
            }
        };
    }
}
