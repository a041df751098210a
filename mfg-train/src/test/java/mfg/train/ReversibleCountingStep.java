package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A {@link CountingStep} that can be taken back: a state may be forgotten once the next is known, and is then of no use. */
final class ReversibleCountingStep extends CountingStep implements ReversibleStep<CountingStep.State> {

    /** The times at which states were forgotten and rebuilt, in order. */
    final List<Integer> forgotten = new ArrayList<>();

    final List<Integer> rebuilt = new ArrayList<>();
    /** The most states alive at once that were not forgotten. */
    int peakWhole;

    private final Set<State> hollow = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<State> left = Collections.newSetFromMap(new IdentityHashMap<>());

    static ReversibleCountingStep swept(Adjoint schedule, int steps) {
        ReversibleCountingStep step = new ReversibleCountingStep();
        step.sweep(schedule, steps);
        return step;
    }

    @Override
    void visit(State state) {
        assertWhole(state);
        super.visit(state);
    }

    private void assertWhole(State state) {
        assertFalse(hollow.contains(state), () -> "the state at " + state.time + " was forgotten");
    }

    private void countWhole() {
        peakWhole = Math.max(peakWhole, alive() - hollow.size());
    }

    @Override
    public State next(State state) {
        assertWhole(state);
        State next = super.next(state);
        left.add(state);
        countWhole();
        return next;
    }

    @Override
    public void forget(State state) {
        assertAlive(state);
        assertTrue(left.contains(state), "no step was taken from the state that is forgotten");
        assertTrue(hollow.add(state), "a state was forgotten twice");
        forgotten.add(state.time);
    }

    @Override
    public void rebuild(State state, State next) {
        assertAlive(state);
        assertAlive(next);
        assertWhole(next);
        assertEquals(state.time + 1, next.time);
        assertTrue(hollow.remove(state), "a state that was not forgotten was rebuilt");
        rebuilt.add(state.time);
        countWhole();
    }

    @Override
    public void release(State state) {
        super.release(state);
        hollow.remove(state);
    }
}
