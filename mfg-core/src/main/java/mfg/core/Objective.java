package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What a designer wants, to be maximized: a scalar {@code g(theta, L)} of a population flow, which may use everything the
 * flow's rounds computed, and of the design itself, such as what it costs.
 *
 * @param <R> the kind of round it reads
 */
@FunctionalInterface
public interface Objective<R extends Round> {

    /**
     * Evaluates a flow.
     *
     * @param flow the population under theta; not modified
     * @param theta the design parameters, in the order of {@link MeanFieldGame#parameters()}; not modified
     * @return the objective, shape (), differentiable in the flow and in theta
     */
    NDArray of(PopulationFlow<R> flow, NDList theta);

    /**
     * Returns what to follow in place of an objective that falls off edges which its slope does not show: less a barrier before
     * them.
     *
     * @param weight of the barrier, nonnegative; 0 for none
     * @return this by default, where there are no such edges
     */
    default Objective<R> guarded(double weight) {
        return this;
    }
}
