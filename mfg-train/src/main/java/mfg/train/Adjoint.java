package mfg.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Where {@code zeta_t} comes from on the way back: runs the inner iteration and hands out its states in reverse. All
 * schedules give the same gradient; they trade memory for recomputed steps.
 */
public interface Adjoint {

    /**
     * Visits {@code zeta_T, zeta_{T-1}, .., zeta_0} in this order.
     *
     * @param <Z> what holds a dual variable
     * @param step the iteration
     * @param steps T
     * @param visitor called once a state, which is freed afterwards
     */
    <Z> void sweep(EquilibriumStep<Z> step, int steps, Consumer<Z> visitor);

    /**
     * Takes some steps.
     *
     * @param <Z> what holds a dual variable
     * @param step the iteration
     * @param from where to start, left alive
     * @param steps how many, at least 1
     * @return the state reached, new
     */
    static <Z> Z advance(EquilibriumStep<Z> step, Z from, int steps) {
        Z state = step.next(from);
        for (int t = 1; t < steps; t++) {
            Z next = step.next(state);
            step.release(state);
            state = next;
        }
        return state;
    }

    /**
     * Runs a stretch of the iteration, stores it and visits it in reverse.
     *
     * @param <Z> what holds a dual variable
     * @param step the iteration
     * @param first the first state of the stretch; freed, like all others
     * @param states how many states the stretch has, at least 1
     * @param visitor called once a state, the first state last
     */
    static <Z> void storeAndVisit(EquilibriumStep<Z> step, Z first, int states, Consumer<Z> visitor) {
        Deque<Z> stored = new ArrayDeque<>();
        Z state = first;
        stored.push(state);
        while (stored.size() < states) {
            state = step.next(state);
            stored.push(state);
        }
        while (!stored.isEmpty()) {
            Z latest = stored.pop();
            visitor.accept(latest);
            step.release(latest);
        }
    }
}
