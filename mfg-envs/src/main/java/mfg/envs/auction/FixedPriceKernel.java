package mfg.envs.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.function.IntFunction;
import mfg.core.MechanismKernel;

/** A mechanism whose payments do not depend on what others bid; what is left to say is how many goods are on offer. */
abstract class FixedPriceKernel<F> implements MechanismKernel<F> {

    private final IntFunction<double[]> prices;

    /** With what a winner pays with each bid, by round; not modified. */
    FixedPriceKernel(IntFunction<double[]> prices) {
        this.prices = prices;
    }

    /** The goods on offer in round h. */
    abstract double goods(int h, double[] bids);

    /** Pulls the cotangent of the goods on offer back: adds to that of the bids, and to the sums over parameters if wanted. */
    abstract void pullGoods(int h, double goodsBar, double[] bidsBar, boolean sums);

    @Override
    public final int tapeLength() {
        return 0;
    }

    @Override
    public final double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at) {
        System.arraycopy(prices.apply(h), 0, payments, 0, payments.length);
        return goods(h, bids);
    }

    @Override
    public final double pullback(
            int h,
            double[] bids,
            double remaining,
            double goodsBar,
            double[] paymentsBar,
            double[] bidsBar,
            F tape,
            int at,
            boolean sums) {
        pullGoods(h, goodsBar, bidsBar, sums);
        return 0;
    }

    @Override
    public NDList gradient(NDManager manager) {
        return new NDList();
    }
}
