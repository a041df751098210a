package mfg.train;

import ai.djl.ndarray.NDList;
import mfg.core.DivergedException;
import mfg.core.Objective;
import mfg.core.Round;

/** A way to make a design better by the games of one iteration: one argument of training swaps method and baseline. */
public interface Improvement extends AutoCloseable {

    /**
     * What an iteration found.
     *
     * @param objective the mean of {@code G_T} before the step
     * @param gradientNorm the norm of its gradient, before clipping; not a number where none was computed
     * @param learningRate the step size; not a number where there is none
     * @param rest how the population came to rest, where it was to
     */
    record Outcome(double objective, double gradientNorm, double learningRate, Rest rest) {

        /**
         * What an iteration found that brings no population to rest.
         *
         * @param objective the mean of {@code G_T} before the step
         * @param gradientNorm the norm of its gradient, before clipping; not a number where none was computed
         * @param learningRate the step size; not a number where there is none
         */
        public Outcome(double objective, double gradientNorm, double learningRate) {
            this(objective, gradientNorm, learningRate, Rest.NONE);
        }
    }

    /**
     * Returns what is maximized in place of the objective.
     *
     * @param <R> the games' kind of round
     * @param objective what is wanted
     * @return the same by default
     */
    default <R extends Round> Objective<R> followed(Objective<R> objective) {
        return objective;
    }

    /**
     * Takes one step.
     *
     * @param <R> the games' kind of round
     * @param draw the games of the iteration
     * @param theta the design; modified
     * @return what was found
     * @throws DivergedException if there is nothing to go by: a gradient or objective is not finite
     */
    <R extends Round> Outcome improve(Draw<R> draw, NDList theta);

    /**
     * Returns what is remembered from iteration to iteration besides what the optimizer does, for a checkpoint.
     *
     * @return numbers for {@link #restore}, always as many; none by default
     */
    default double[] memory() {
        return new double[0];
    }

    /**
     * Takes training up where it was interrupted.
     *
     * @param memory what {@link #memory} returned there
     */
    default void restore(double[] memory) {}

    /**
     * Returns what iterations cost on each game of an iteration, in evaluations of {@code G_T}. A gradient counts as two,
     * one run forward and one back.
     *
     * @param iterations how many
     * @param fresh whether each of them draws its games anew
     * @return the number of evaluations
     */
    long evaluations(int iterations, boolean fresh);

    /** Frees what is kept from iteration to iteration; by default nothing is. */
    @Override
    default void close() {}
}
