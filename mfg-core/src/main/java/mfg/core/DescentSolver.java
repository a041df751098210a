package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A solver whose steps go down the slope of a loss. The gradient is that of the recorded loss ({@link mfg.core.trace.TracedFunction}),
 * through rewards and moves of the game, so such a solver needs a game whose rounds can be recorded.
 */
public interface DescentSolver extends Solver {

    /**
     * Returns what is minimized.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param state a state of the iteration; not modified
     * @return the loss, of shape ()
     */
    NDArray loss(MeanFieldGame<?> game, NDList theta, NDArray state);

    /**
     * Takes one step.
     *
     * @param game the game
     * @param state what the last step returned; not modified
     * @param gradient of the loss there, of the shape of the state; not modified
     * @param k the number of this step, from 1: shape ()
     * @return the next state of the iteration
     */
    NDArray step(MeanFieldGame<?> game, NDArray state, NDArray gradient, NDArray k);

    @Override
    default NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k) {
        throw new InvalidInputException(
                "%s steps by the gradient of its own loss, which needs a game that can be recorded".formatted(this));
    }
}
