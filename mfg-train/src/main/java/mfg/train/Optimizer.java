package mfg.train;

import ai.djl.ndarray.NDList;

/** How a design follows a gradient. */
@FunctionalInterface
public interface Optimizer {

    /**
     * Takes one step uphill.
     *
     * @param theta the parameters; modified
     * @param gradient the gradient of what is maximized, in the same order; not modified
     * @param learningRate the step size
     */
    void ascend(NDList theta, NDList gradient, double learningRate);

    /** Forgets the gradients so far; by default none is remembered. */
    default void forget() {}
}
