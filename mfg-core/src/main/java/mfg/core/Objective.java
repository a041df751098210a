package mfg.core;

import ai.djl.ndarray.NDArray;

/**
 * What a designer wants, to be maximized: a scalar {@code g(theta, L)} of a population flow, which may use everything the
 * flow's rounds computed.
 *
 * @param <R> the kind of round it reads
 */
@FunctionalInterface
public interface Objective<R extends Round> {

    /**
     * Evaluates a flow.
     *
     * @param flow the population; not modified
     * @return the objective, shape (), differentiable
     */
    NDArray of(PopulationFlow<R> flow);
}
