package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import mfg.core.Constants;

/** Who wins when a share of goods goes to the highest bids (AMID Def. 3). */
final class Allocation {

    /** Entry (a', a) is 1 where a' exceeds a, so that bids times it are the bids above. */
    private final NDArray above;

    private final NDArray ones;

    Allocation(Constants constants, int bids) {
        double[][] tail = new double[bids][bids];
        double[] one = new double[bids];
        for (int a = 0; a < bids; a++) {
            one[a] = 1;
            for (int higher = a + 1; higher < bids; higher++) {
                tail[higher][a] = 1;
            }
        }
        this.above = constants.matrix(tail);
        this.ones = constants.vector(one);
    }

    /** The mass of bids above each bid, {@code above(a) = sum_{a' > a} nu(a')}, (A). */
    NDArray above(NDArray bids) {
        return bids.matMul(above);
    }

    /**
     * The probability of winning with each bid: {@code pwin(a) = clip((alpha - above(a)) / nu(a), 0, 1)}, by cases so that
     * a bid nobody makes never divides: 1 where the offer covers all bids, 0 where higher bids take everything, 1 where the
     * offer covers this bid too, and the quotient at the one bid in between. The constant cases have derivative 0.
     *
     * @param bids {@code nu}, (A)
     * @param goods the share {@code alpha}, (1)
     * @param demand the active mass, (1)
     * @return (A)
     */
    NDArray winning(NDArray bids, NDArray goods, NDArray demand) {
        NDArray above = above(bids);
        NDArray some = goods.gt(above);
        NDArray full = goods.gte(above.add(bids)).logicalAnd(some).logicalOr(goods.gte(demand));
        NDArray marginal = some.logicalAnd(full.logicalNot());
        NDArray certain = full.toType(bids.getDataType(), false);
        // where nothing divides, divide by 1: an infinite quotient would turn the masked gradient into NaN
        NDArray quotient = goods.sub(above).div(NDArrays.where(marginal, bids, ones));
        return NDArrays.where(marginal, quotient, certain);
    }

    /** The vector of ones over bids, for {@code 1 - x} without a constant in front. */
    NDArray ones() {
        return ones;
    }
}
