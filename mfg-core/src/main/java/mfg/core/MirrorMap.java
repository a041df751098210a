package mfg.core;

import ai.djl.ndarray.NDArray;

/**
 * The inverse mirror map of a strongly convex distance generator psi (AMID App. D.6): turns dual variables into the policy
 * {@code argmax_p <p, zeta> - psi(p)} of each row. The regularizer that belongs to it is {@code -psi}.
 */
public enum MirrorMap {

    /** Negative entropy: the policy is the softmax of the dual variables. The default everywhere. */
    ENTROPY {
        @Override
        public Policy policy(NDArray dual) {
            NDArray logarithm = dual.logSoftmax(-1);
            NDArray probabilities = dual.softmax(-1);
            return new Policy(
                    probabilities,
                    probabilities.mul(logarithm).sum(new int[] {-1}).neg());
        }
    },

    /** Half the squared Euclidean norm: the policy is the projection of the dual variables onto the simplex. */
    EUCLIDEAN {
        @Override
        public Policy policy(NDArray dual) {
            NDArray probabilities = Simplex.project(dual);
            return new Policy(
                    probabilities, Tensors.times(probabilities.square().sum(new int[] {-1}), -0.5));
        }
    };

    /**
     * Reads the policy.
     *
     * @param dual {@code zeta}, (H, S, A) or with fewer leading axes; not modified
     * @return the policy and its regularizer, differentiable in the dual variables
     */
    public abstract Policy policy(NDArray dual);
}
