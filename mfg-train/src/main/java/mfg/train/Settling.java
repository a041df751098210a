package mfg.train;

import mfg.core.InvalidInputException;

/**
 * Brings the population to rest: runs the inner iteration to its fixed point. First come steps of the solver's own length, for
 * one design may have several equilibria, and what the population does first decides which it finds. Then come long steps, which
 * arrive soonest. Where they get no nearer, as a population that circles between two bids, they are halved.
 *
 * @param own how many steps have the solver's own length
 * @param stretch how many times as long the first of the others are
 * @param gap how far from rest will do, see {@link Settled}
 * @param most how many others there are at most
 */
public record Settling(int own, double stretch, double gap, int most) {

    /** After how many steps the distance is measured. */
    private static final int BLOCK = 50;

    /** By how much a block of steps must bring the population nearer, unless so much cannot be hoped for. */
    private static final double NEARER = 0.7;

    private static final double SHORTEST = 0.1;

    /**
     * Where the iteration ended.
     *
     * @param <Z> what holds a state
     * @param state the last state, to be released
     * @param steps how many it took
     * @param gap the policy's move in the last step, weighted by the population, over the part of the way that a step goes, {@code
     *     eta tau} under mirror descent: about how far the policy still is from rest; not a number where the iteration overflowed
     */
    record Settled<Z>(Z state, int steps, double gap) {}

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of range
     */
    public Settling {
        if (own < 0 || !(stretch > 0) || !(gap > 0) || most < 1) {
            throw new InvalidInputException(
                    "a population comes to rest by a positive stretch and gap, and at least one step");
        }
    }

    /**
     * Runs the iteration.
     *
     * @param <Z> what holds a state
     * @param step the step
     * @param pace the part of the way to a fixed point that a step goes at least, {@code eta tau} under mirror descent
     * @return where it ended; whether that is near enough to rest is for the caller to see
     */
    <Z> Settled<Z> run(EquilibriumStep<Z> step, double pace) {
        Z state = step.start();
        try {
            int t = 0;
            while (t < own) {
                state = replace(step, state, step.next(state, t++));
            }
            double length = Math.min(stretch, 1 / pace);
            double nearest = Double.POSITIVE_INFINITY;
            double distance = Double.POSITIVE_INFINITY;
            while (t < own + most && distance > gap) {
                int block = Math.min(BLOCK, own + most - t);
                for (int i = 1; i < block; i++) {
                    state = replace(step, state, step.next(state, t++, length));
                }
                Z next = step.next(state, t++, length);
                Z before = state;
                state = next;
                try {
                    distance = step.move(before, next) / (length * pace);
                } finally {
                    step.release(before);
                }
                double hoped = Math.sqrt(Math.pow(1 - length * pace, block));
                if (!(distance < Math.max(NEARER, hoped) * nearest)) {
                    length = Math.max(length / 2, Math.min(length, SHORTEST));
                }
                nearest = Math.min(nearest, distance);
            }
            return new Settled<>(state, t, distance);
        } catch (RuntimeException | Error e) {
            step.release(state);
            throw e;
        }
    }

    private static <Z> Z replace(EquilibriumStep<Z> step, Z old, Z next) {
        step.release(old);
        return next;
    }
}
