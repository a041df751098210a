package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * The inverse mirror map of a strongly convex distance generator psi (AMID App. D.6): turns dual variables into the policy
 * {@code argmax_p <p, zeta> - psi(p)} of each row. The regularizer that belongs to it is {@code -psi}.
 */
@FunctionalInterface
public interface MirrorMap {

    /** Negative entropy: the policy is the softmax of the dual variables. The default everywhere. */
    MirrorMap ENTROPY = MirrorMap::softmax;

    /** Half the squared Euclidean norm: the policy is the projection of the dual variables onto the simplex. */
    MirrorMap EUCLIDEAN = MirrorMap::project;

    /**
     * Reads the policy.
     *
     * @param dual {@code zeta}, (H, S, A) or with fewer leading axes; not modified
     * @return the policy and its regularizer, differentiable in the dual variables
     */
    Policy policy(NDArray dual);

    private static Policy softmax(NDArray dual) {
        NDArray logarithm = dual.logSoftmax(-1);
        NDArray probabilities = dual.softmax(-1);
        return new Policy(
                probabilities, probabilities.mul(logarithm).sum(new int[] {-1}).neg());
    }

    private static Policy project(NDArray dual) {
        // p = max(zeta - t, 0) with t such that the row sums to 1: t = (sum of the k largest - 1) / k for the largest k
        // whose k-th entry still exceeds it (Held, Wolfe & Crowder 1974)
        long actions = dual.getShape().get(dual.getShape().dimension() - 1);
        // a shift of a row does not move its projection; this one keeps float32 exact where all duals are large
        NDArray shifted = dual.sub(dual.max(new int[] {-1}, true));
        NDArray descending = shifted.neg().sort(-1).neg();
        NDArray count = dual.getManager().arange(1f, actions + 1f).toType(dual.getDataType(), false);
        NDArray thresholds = descending.cumSum(-1).sub(1).div(count);
        NDArray support = descending.gt(thresholds).toType(dual.getDataType(), false);
        NDArray size = support.sum(new int[] {-1}, true);
        NDArray threshold =
                descending.mul(support).sum(new int[] {-1}, true).sub(1).div(size);
        NDArray probabilities = Activation.relu(shifted.sub(threshold));
        return new Policy(probabilities, Tensors.times(probabilities.square().sum(new int[] {-1}), -0.5));
    }
}
