package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import mfg.core.Constants;
import org.jspecify.annotations.Nullable;

/**
 * How bidders' values move after an allocation, {@code w(s' | s, xi)} (AMID Def. 3), over n values and, last, the state
 * {@code ⊥} of not taking part. {@code xi} is the population after the allocation.
 */
public interface ValueDynamics {

    /** Nobody's value moves and nobody comes back. */
    ValueDynamics STILL = new ValueDynamics() {
        @Override
        public Transitions transitions() {
            return Transitions.STILL;
        }

        @Override
        public NDArray next(NDArray xi) {
            return xi;
        }

        @Override
        public NDArray continuation(NDArray value, NDArray xi) {
            return value;
        }
    };

    /**
     * Returns the same dynamics on primitive arrays, where they do not depend on the population: the fast step needs them.
     *
     * @return the transitions, or null for dynamics that only the engine can compute
     */
    default @Nullable Transitions transitions() {
        return null;
    }

    /**
     * Moves the population.
     *
     * @param xi the state distribution after the allocation, (n + 1); not modified
     * @return {@code sum_s xi(s) w(. | s, xi)}, (n + 1)
     */
    NDArray next(NDArray xi);

    /**
     * Expects the next value from each state after the allocation.
     *
     * @param value the value of each state in the next round, (n + 1); not modified
     * @param xi the state distribution after the allocation, (n + 1); not modified
     * @return {@code W(s) = sum_{s'} w(s' | s, xi) V(s')}, (n + 1)
     */
    NDArray continuation(NDArray value, NDArray xi);

    /**
     * Moves by a fixed matrix.
     *
     * @param constants makes the matrix
     * @param w row s is the distribution of the next state from s; (n + 1) rows of n + 1
     * @return the dynamics
     */
    static ValueDynamics of(Constants constants, double[][] w) {
        double[][] turned = new double[w.length][w.length];
        for (int s = 0; s < w.length; s++) {
            for (int next = 0; next < w.length; next++) {
                turned[next][s] = w[s][next];
            }
        }
        NDArray forward = constants.matrix(w);
        NDArray backward = constants.matrix(turned);
        Transitions transitions = Transitions.of(w);
        return new ValueDynamics() {
            @Override
            public Transitions transitions() {
                return transitions;
            }

            @Override
            public NDArray next(NDArray xi) {
                return xi.matMul(forward);
            }

            @Override
            public NDArray continuation(NDArray value, NDArray xi) {
                return value.matMul(backward);
            }
        };
    }
}
