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

    /** Takes at least one step from a state, which is left alive. */
    static <Z> Z advance(EquilibriumStep<Z> step, Z from, int steps) {
        Z state = step.next(from);
        for (int t = 1; t < steps; t++) {
            Z next = step.next(state);
            step.release(state);
            state = next;
        }
        return state;
    }

    /** Runs a stretch of the iteration, stores it and visits it in reverse; frees every state of it, the first included. */
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
