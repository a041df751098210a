package mfg.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/** A way to an equilibrium. One that says what a step is in array operations alone is a {@link Solver}. */
@FunctionalInterface
public interface Algorithm {

    /**
     * Sets to work in a game.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param manager where to compute
     * @param type float32 or float64
     * @param seed decides all that is random, which in most algorithms is nothing
     * @return the iteration, not started
     */
    Iteration iteration(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type, long seed);
}
