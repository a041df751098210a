package mfg.envs.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.MechanismKernel;

/** {@link UniformPrice} on primitive arrays: payments have derivative 0. */
final class UniformPriceKernel<F> implements MechanismKernel<F> {

    private final UniformPrice mechanism;
    private final double share;

    /** With the share of the admitted bids that gets goods. */
    UniformPriceKernel(UniformPrice mechanism, double share) {
        this.mechanism = mechanism;
        this.share = share;
    }

    @Override
    public int tapeLength() {
        return 0;
    }

    @Override
    public double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at) {
        double goods = mechanism.goods(h, bids, share);
        mechanism.price(h, bids, Math.min(goods, remaining), share, payments);
        return goods;
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
        mechanism.pullGoods(h, bids, goodsBar, bidsBar, share);
        return 0;
    }

    @Override
    public NDList gradient(NDManager manager) {
        return new NDList();
    }
}
