package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * What a solver found.
 *
 * @param state the last state of the iteration, owned by the manager given to {@link #find}
 * @param iterations the number of steps taken
 * @param last the last measurement
 */
public record Solution(NDArray state, int iterations, Measurement last) {

    /**
     * How good a policy is.
     *
     * @param exploitability the plain exploitability
     * @param value the plain value of the game to a player, {@code V(L, pi)}
     */
    public record Measurement(double exploitability, double value) {}

    /**
     * When to stop, and how often to look.
     *
     * @param iterations the most steps to take, at least 0
     * @param tolerance stop once the plain exploitability is at most this; negative never stops early
     * @param every measure after every so many steps, at the start and at the end
     */
    public record Stopping(int iterations, double tolerance, int every) {

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Stopping {
            if (iterations < 0 || every < 1) {
                throw new InvalidInputException(
                        "a solver needs iterations >= 0, measured every 1 or more, not %d and %d"
                                .formatted(iterations, every));
            }
        }
    }

    /** Watches a solver at work. */
    @FunctionalInterface
    public interface Listener {

        /** Watches nothing. */
        Listener NONE = (iteration, measurement) -> {};

        /**
         * Called after each measurement.
         *
         * @param iteration the number of steps taken so far
         * @param measurement how good the policy is now
         */
        void measured(int iteration, Measurement measurement);
    }

    /**
     * Runs a solver.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param solver the iteration
     * @param stopping when to stop
     * @param manager the owner of the result; intermediate arrays are freed step by step
     * @param type float32 or float64
     * @param listener told of every measurement
     * @return the solution
     */
    public static Solution find(
            MeanFieldGame<?> game,
            NDList theta,
            Solver solver,
            Stopping stopping,
            NDManager manager,
            DataType type,
            Listener listener) {
        try (Iteration iteration = Iteration.of(game, theta, solver, manager, type)) {
            iteration.start();
            Measurement measurement = iteration.measure();
            listener.measured(0, measurement);
            int k = 0;
            while (k < stopping.iterations() && !(measurement.exploitability() <= stopping.tolerance())) {
                k++;
                iteration.step();
                if (k % stopping.every() == 0 || k == stopping.iterations()) {
                    measurement = iteration.measure();
                    listener.measured(k, measurement);
                }
            }
            return new Solution(iteration.state(manager), k, measurement);
        }
    }
}
