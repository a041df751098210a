package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.trace.UntraceableException;

/**
 * A solver at work in one game. Its steps are recorded once and then played on primitive arrays ({@link
 * mfg.core.trace.TracedFunction}); where that cannot be, or where some steps are not those of the engine, the engine takes them.
 */
public interface Iteration extends AutoCloseable {

    /**
     * Sets a solver to work.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param solver the iteration
     * @param manager where the engine computes
     * @param type float32 or float64
     * @return the iteration, not started
     */
    static Iteration of(MeanFieldGame<?> game, NDList theta, Solver solver, NDManager manager, DataType type) {
        if (!manager.getDevice().isGpu() && solver.isRecordable()) {
            try {
                TracedIteration traced = new TracedIteration(game, theta, solver, type);
                try (EngineIteration engine = new EngineIteration(game, theta, solver, manager, type)) {
                    if (traced.agreesWith(engine, solver.isDifferentiable(), manager)) {
                        return traced;
                    }
                }
            } catch (UntraceableException e) {
                e.warn();
            }
        }
        return new EngineIteration(game, theta, solver, manager, type);
    }

    /** Goes to where the solver begins. */
    void start();

    /**
     * Goes to a start that plays a policy.
     *
     * @param policy what everybody plays at first; not modified
     * @throws InvalidInputException if the solver has its own start
     */
    void start(Policy policy);

    /**
     * Goes on from a state that was reached before.
     *
     * @param state what {@link #state} returned; not modified
     * @param steps the steps taken up to it
     */
    void resume(NDArray state, int steps);

    /** Takes one step. */
    void step();

    /**
     * Measures where the iteration is.
     *
     * @return plain exploitability and value
     */
    Solution.Measurement measure();

    /**
     * Reads where the iteration is.
     *
     * @param owner the owner of the result
     * @return the solver's state
     */
    NDArray state(NDManager owner);

    /**
     * Reads where the iteration is, without the engine.
     *
     * @return a copy of the state's numbers, last axis fastest
     */
    double[] numbers();

    /**
     * Reads the policy of a state.
     *
     * @param state what {@link #state} returned once; its manager owns the result; not modified
     * @return its policy, (H, S, A)
     */
    Policy policy(NDArray state);

    @Override
    void close();
}
