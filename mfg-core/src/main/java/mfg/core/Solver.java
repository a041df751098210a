package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/** An iteration towards an equilibrium. A new solver is one small class; {@link Solution#find} drives it. */
public interface Solver {

    /**
     * Returns where the iteration starts.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param manager the owner of the start
     * @param type the data type
     * @return what the iteration carries from step to step
     */
    NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type);

    /**
     * Takes one step.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param state what the last step returned; its manager owns all that is computed; not modified
     * @param k the number of this step, from 1
     * @return the next state of the iteration
     */
    NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, int k);

    /**
     * Reads the policy.
     *
     * @param state a state of the iteration; not modified
     * @return the current policy
     */
    Policy policy(NDArray state);
}
