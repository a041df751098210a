package mfg.train.deep;

import ai.djl.ndarray.NDArray;
import mfg.core.Policy;
import mfg.core.PopulationFlow;

/**
 * What a network is to learn in an iteration.
 *
 * @param policy {@code pi[h](a | s)}, (H, S, A)
 * @param weight how much a round and a state matter, (H, S), 1 on average
 */
record Lesson(NDArray policy, NDArray weight) {

    /** How populations move: exactly, or simulated. */
    @FunctionalInterface
    interface Flows {
        PopulationFlow<?> of(Policy policy);
    }

    /** A step of a solver, from a network's policy to what it should become. */
    @FunctionalInterface
    interface Teacher {
        /**
         * Teaches.
         *
         * @param logits of the network's policy, (H, S, A), {@link mfg.core.MeanFieldGame#legal}; not modified
         * @param flows of policies
         * @param k the number of the step, from 1
         * @return what to learn, owned by the manager of the logits
         */
        Lesson of(NDArray logits, Flows flows, int k);
    }
}
