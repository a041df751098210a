package mfg.train;

import java.util.function.ObjIntConsumer;
import mfg.core.InvalidInputException;

/**
 * Binomial checkpointing (Griewank and Walther 2000, "Revolve"): with c stored states besides {@code zeta_0} and the one at
 * hand, {@code C(c+1+r, c+1)} states can be visited in reverse without taking any step more than r times, and no schedule
 * does better.
 *
 * @param slots c, the number of states stored, at least 1
 */
public record Revolve(int slots) implements Adjoint {

    /**
     * Checks the number of slots.
     *
     * @throws InvalidInputException if it is below 1
     */
    public Revolve {
        if (slots < 1) {
            throw new InvalidInputException("revolve needs at least 1 slot, not " + slots);
        }
    }

    @Override
    public <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor) {
        Z start = step.start();
        reverse(step, start, 0, steps + 1, slots, visitor);
        step.release(start);
    }

    /** Visits the states {@code t + count - 1 .. t}, of which the last is stored, with the given number of free slots. */
    private static <Z> void reverse(
            EquilibriumStep<Z> step, Z from, int t, int count, int free, ObjIntConsumer<Z> visitor) {
        int left = count;
        while (left > 1) {
            int distance = split(left, free);
            Z stored = Adjoint.advance(step, from, t, distance);
            reverse(step, stored, t + distance, left - distance, free - 1, visitor);
            step.release(stored);
            left = distance;
        }
        visitor.accept(from, t);
    }

    /**
     * How far ahead to store the next state, so that what follows can be reversed with one slot less and as many
     * repetitions r, and what precedes it with all slots and one repetition less.
     */
    private static int split(int count, int free) {
        int r = 1;
        while (reach(free, r) < count) {
            r++;
        }
        return Math.toIntExact(Math.max(1, Math.max(reach(free, r - 2), count - reach(free - 1, r))));
    }

    /** {@code C(c + 1 + r, c + 1)}: how many states c free slots and the one at hand reverse with r repetitions. */
    private static long reach(int c, int r) {
        long product = 1;
        for (int i = 1; i <= c + 1; i++) {
            product = product * (r + i) / i;
            if (product > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return product;
    }

    @Override
    public String toString() {
        return "revolve:" + slots;
    }
}
