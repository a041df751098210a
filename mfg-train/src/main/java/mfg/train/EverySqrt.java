package mfg.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjIntConsumer;

/** Stores every k-th state, {@code k = ceil(sqrt T)}, and recomputes one segment at a time: about {@code 2 sqrt T} states. */
public record EverySqrt() implements Adjoint {

    @Override
    public <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor) {
        int segment = (int) Math.ceil(Math.sqrt(steps));
        Deque<Z> checkpoints = new ArrayDeque<>();
        Z state = step.start();
        int t = 0;
        checkpoints.push(state);
        while (t + segment <= steps) {
            state = Adjoint.advance(step, state, t, segment);
            t += segment;
            checkpoints.push(state);
        }
        int states = steps - t + 1; // of the last segment, which may be a single state
        while (!checkpoints.isEmpty()) {
            Adjoint.storeAndVisit(step, checkpoints.pop(), t, states, visitor);
            t -= segment;
            states = segment;
        }
    }

    @Override
    public String toString() {
        return "sqrt";
    }
}
