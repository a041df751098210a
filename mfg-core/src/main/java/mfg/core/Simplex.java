package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The probability simplex. */
final class Simplex {

    private Simplex() {}

    /**
     * Projects each row onto the simplex: {@code p = max(x - t, 0)} with t such that the row sums to 1. {@code t = (sum of the k
     * largest - 1) / k} for the largest k whose k-th entry still exceeds it (Held, Wolfe and Crowder 1974).
     *
     * @param x rows along the last axis; not modified
     * @return the nearest rows of probabilities, differentiable in x
     */
    static NDArray project(NDArray x) {
        long length = x.getShape().get(x.getShape().dimension() - 1);
        // a shift of a row does not move its projection; this one keeps float32 exact where all entries are large
        NDArray shifted = x.sub(x.max(new int[] {-1}, true));
        NDArray descending = shifted.neg().sort(-1).neg();
        NDArray count = x.getManager().arange(1f, length + 1f).toType(x.getDataType(), false);
        NDArray thresholds = descending.cumSum(-1).sub(1).div(count);
        NDArray support = descending.gt(thresholds).toType(x.getDataType(), false);
        NDArray size = support.sum(new int[] {-1}, true);
        NDArray threshold =
                descending.mul(support).sum(new int[] {-1}, true).sub(1).div(size);
        return Activation.relu(shifted.sub(threshold));
    }
}
