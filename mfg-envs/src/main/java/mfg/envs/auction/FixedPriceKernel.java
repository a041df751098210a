package mfg.envs.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.MechanismKernel;

/** A mechanism without parameters in which winners pay their bid, and the goods on offer are linear in the bids. */
abstract class FixedPriceKernel<F> implements MechanismKernel<F> {

    private final double[] grid;

    FixedPriceKernel(double[] grid) {
        this.grid = grid;
    }

    /** The goods on offer in round h. */
    abstract double goods(int h, double[] bids);

    /** The derivative of the goods on offer by the mass of a bid. */
    abstract double share(int h, int bid);

    @Override
    public final int tapeLength() {
        return 0;
    }

    @Override
    public final double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at) {
        System.arraycopy(grid, 0, payments, 0, grid.length);
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
            int at) {
        for (int a = 0; a < grid.length; a++) {
            bidsBar[a] += goodsBar * share(h, a);
        }
        return 0;
    }

    @Override
    public final NDList gradient(NDManager manager) {
        return new NDList();
    }
}
