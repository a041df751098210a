package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A step whose states only know their time; counts what a schedule does and refuses what it must not do. */
class CountingStep implements EquilibriumStep<CountingStep.State> {

    /** A state of the iteration, by identity. */
    static final class State {
        final int time;

        State(int time) {
            this.time = time;
        }
    }

    final List<Integer> visited = new ArrayList<>();
    int steps;
    /** The most states alive at once, the input and the output of a step included. */
    int peak;
    /** The most states alive at a visit. */
    int peakAtVisits;

    private final Set<State> alive = Collections.newSetFromMap(new IdentityHashMap<>());

    static CountingStep swept(Adjoint schedule, int steps) {
        CountingStep step = new CountingStep();
        step.sweep(schedule, steps);
        return step;
    }

    final void sweep(Adjoint schedule, int steps) {
        schedule.sweep(this, steps, this::visit);
        assertEquals(0, alive.size(), () -> schedule + " leaves states behind after " + steps + " steps");
    }

    void visit(State state, int t) {
        assertEquals(state.time, t);
        assertAlive(state);
        peakAtVisits = Math.max(peakAtVisits, alive.size());
        visited.add(state.time);
    }

    @Override
    public State start() {
        return born(0);
    }

    @Override
    public State next(State state, int t, double stretch) {
        assertAlive(state);
        assertEquals(state.time, t);
        steps++;
        return born(state.time + 1);
    }

    private State born(int time) {
        State state = new State(time);
        alive.add(state);
        peak = Math.max(peak, alive.size());
        return state;
    }

    /** How many states were not released. */
    final int alive() {
        return alive.size();
    }

    final void assertAlive(State state) {
        assertTrue(alive.contains(state), () -> "the state at " + state.time + " was used after its release");
    }

    @Override
    public void release(State state) {
        assertTrue(alive.remove(state), () -> "the state at " + state.time + " was released twice");
    }

    @Override
    public State objective(State state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public State pullback(State state, int t, State cotangent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pullbackStart(State cotangent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double move(State state, State next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Products<State> products(State state, int t) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double value(State state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray read(State state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Gradient gradient() {
        return new Gradient(0, new NDList(), 0);
    }

    @Override
    public void close() {}
}
