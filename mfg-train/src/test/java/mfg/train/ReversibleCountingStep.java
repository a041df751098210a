package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A {@link CountingStep} that can be taken back: a step in place leaves a state of which nothing can be made but itself. */
final class ReversibleCountingStep extends CountingStep implements ReversibleStep<CountingStep.State> {

    /** The times from which steps were taken in place, and those that were rebuilt, in order. */
    final List<Integer> left = new ArrayList<>();

    final List<Integer> rebuilt = new ArrayList<>();
    /** The most states alive at once whose memory was not used up. */
    int peakWhole;

    private final Set<State> hollow = Collections.newSetFromMap(new IdentityHashMap<>());

    static ReversibleCountingStep swept(Adjoint schedule, int steps) {
        ReversibleCountingStep step = new ReversibleCountingStep();
        step.sweep(schedule, steps);
        return step;
    }

    @Override
    void visit(State state, int t) {
        assertWhole(state);
        super.visit(state, t);
    }

    private void assertWhole(State state) {
        assertAlive(state);
        assertFalse(hollow.contains(state), () -> "the state at " + state.time + " was used after its memory was");
    }

    @Override
    public State start() {
        return counted(super.start());
    }

    @Override
    public State next(State state, int t, double stretch) {
        assertWhole(state);
        return counted(super.next(state, t, stretch));
    }

    @Override
    public State nextInPlace(State state) {
        assertWhole(state);
        left.add(state.time);
        hollow.add(state);
        return counted(super.next(state, state.time, 1));
    }

    private State counted(State state) {
        peakWhole = Math.max(peakWhole, alive() - hollow.size());
        return state;
    }

    @Override
    public void rebuild(State state, State next) {
        assertAlive(state);
        assertWhole(next);
        assertEquals(state.time + 1, next.time);
        assertTrue(hollow.remove(state), "a state that was whole was rebuilt");
        hollow.add(next);
        rebuilt.add(state.time);
    }

    @Override
    public void release(State state) {
        super.release(state);
        hollow.remove(state);
    }
}
