package mfg.train;

import ai.djl.ndarray.NDList;
import mfg.core.Round;

/** A way to differentiate a design problem: one argument of training swaps method and baseline. */
@FunctionalInterface
public interface GradientEstimator {

    /**
     * Differentiates.
     *
     * @param <R> the game's kind of round
     * @param problem the problem
     * @param theta where; not modified
     * @return objective and gradient, owned by the manager of {@code theta}; the caller closes it
     */
    <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta);

    /**
     * Returns the estimator of one iteration of training. One that explores at random does so by its seed and the iteration
     * alone, so that neither where training was interrupted nor the number of threads changes a number.
     *
     * @param iteration from 0
     * @return this, where nothing is random
     */
    default GradientEstimator at(int iteration) {
        return this;
    }
}
