package mfg.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjIntConsumer;

/**
 * Where {@code zeta_t} comes from on the way back: runs the inner iteration and hands out its states in reverse. All
 * schedules give the same gradient; they trade memory for recomputed steps.
 */
public interface Adjoint {

    /**
     * Visits {@code zeta_T, zeta_{T-1}, .., zeta_0} in this order.
     *
     * @param <Z> what holds a state
     * @param step the iteration
     * @param steps T
     * @param visitor called once a state, with its t; the state is freed afterwards
     */
    <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor);

    /**
     * Takes some steps.
     *
     * @param <Z> what holds a state
     * @param step the iteration
     * @param from {@code zeta_t}, left alive
     * @param t the number of steps taken before
     * @param steps how many to take, at least 1
     * @return the state reached, new
     */
    static <Z> Z advance(EquilibriumStep<Z> step, Z from, int t, int steps) {
        Z state = step.next(from, t);
        for (int s = 1; s < steps; s++) {
            Z next = step.next(state, t + s);
            step.release(state);
            state = next;
        }
        return state;
    }

    /**
     * Runs a stretch of the iteration, stores it and visits it in reverse.
     *
     * @param <Z> what holds a state
     * @param step the iteration
     * @param first the first state of the stretch, {@code zeta_t}; freed, like all others
     * @param t the number of steps taken before
     * @param states how many states the stretch has, at least 1
     * @param visitor called once a state, the first state last
     */
    static <Z> void storeAndVisit(EquilibriumStep<Z> step, Z first, int t, int states, ObjIntConsumer<Z> visitor) {
        Deque<Z> stored = new ArrayDeque<>();
        Z state = first;
        stored.push(state);
        while (stored.size() < states) {
            state = step.next(state, t + stored.size() - 1);
            stored.push(state);
        }
        while (!stored.isEmpty()) {
            Z latest = stored.pop();
            visitor.accept(latest, t + stored.size());
            step.release(latest);
        }
    }
}
