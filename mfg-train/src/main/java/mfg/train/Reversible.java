package mfg.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import mfg.core.InvalidInputException;

/**
 * Takes the iteration back step by step. Each step keeps the few numbers that generated it, and every k-th its state, from
 * which the way back starts afresh: rounding errors grow with every step that is taken back.
 *
 * @param every k, at least 1
 */
public record Reversible(int every) implements Adjoint {

    /** Often enough for single precision. */
    public static final Reversible DEFAULT = new Reversible(20);

    /**
     * Checks the distance.
     *
     * @throws InvalidInputException if it is below 1
     */
    public Reversible {
        if (every < 1) {
            throw new InvalidInputException("reversible needs a state every 1 steps or more, not " + every);
        }
    }

    @Override
    public <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor) {
        if (!(step instanceof ReversibleStep<Z> reversible)) {
            throw new InvalidInputException(
                    "the reversible adjoint needs a step that can be taken back: the fast step of auctions");
        }
        List<Z> states = new ArrayList<>();
        states.add(step.start());
        for (int t = 0; t < steps; t++) {
            Z state = states.get(t);
            states.add(isKept(t, steps) ? step.next(state, t) : reversible.nextInPlace(state));
        }
        for (int t = steps; t >= 0; t--) {
            Z state = states.get(t);
            if (!isKept(t, steps)) {
                reversible.rebuild(state, states.get(t + 1));
            }
            if (t < steps) {
                step.release(states.remove(t + 1));
            }
            visitor.accept(state, t);
        }
        step.release(states.get(0));
    }

    private boolean isKept(int t, int steps) {
        return t == steps || t % every == 0;
    }

    @Override
    public String toString() {
        return "reversible:" + every;
    }
}
