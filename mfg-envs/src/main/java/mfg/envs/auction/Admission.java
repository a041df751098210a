package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import mfg.core.Constants;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;

/** The bids that may win in each round, from a lowest one up, and goods for all of them. */
final class Admission {

    // a little less than is bid for: rounding could let bids just below the lowest win what is left otherwise
    private static final double SHARE_OF_DOUBLES = 1 - 1e-14;
    private static final double SHARE_OF_FLOATS = 1 - 1e-5;

    private final NDArray[] admitted;
    private final double[][] mask;

    /** For bids on a grid, with the lowest of each round. */
    Admission(Constants constants, double[] grid, double[] lowest) {
        this.mask = Arrays.stream(lowest)
                .mapToObj(least ->
                        Arrays.stream(grid).map(a -> a >= least ? 1 : 0).toArray())
                .toArray(double[][]::new);
        this.admitted = Arrays.stream(mask).map(constants::vector).toArray(NDArray[]::new);
    }

    /** The part of the admitted bids that gets goods, nearly 1. */
    static double share(DataType type) {
        return type == DataType.FLOAT64 ? SHARE_OF_DOUBLES : SHARE_OF_FLOATS;
    }

    /** The same on primitive arrays. */
    static double share(Kernels<?> kernels) {
        return kernels.bytes() == Double.BYTES ? SHARE_OF_DOUBLES : SHARE_OF_FLOATS;
    }

    /** The goods for all admitted bids, (1). */
    NDArray goods(int h, NDArray bids) {
        return Tensors.times(bids.mul(admitted[h]).sum(new int[] {0}, true), share(bids.getDataType()));
    }

    /** The same on primitive arrays. */
    double goods(int h, double[] bids, double share) {
        double goods = 0;
        for (int a = 0; a < bids.length; a++) {
            goods += share * mask[h][a] * bids[a];
        }
        return goods;
    }

    /** Adds the cotangent of the goods to that of the bids. */
    void pullGoods(int h, double goodsBar, double[] bidsBar, double share) {
        for (int a = 0; a < bidsBar.length; a++) {
            bidsBar[a] += goodsBar * share * mask[h][a];
        }
    }
}
