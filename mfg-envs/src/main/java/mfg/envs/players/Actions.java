package mfg.envs.players;

import mfg.core.GameShape;
import mfg.core.InvalidInputException;

/** A policy as players follow it: chance in, action out. Must be safe for several threads at a time. */
@FunctionalInterface
public interface Actions {

    /**
     * Chooses an action.
     *
     * @param h the round, from 0
     * @param state the player's state
     * @param random uniform over all longs
     * @return the action
     */
    int action(int h, int state, long random);

    /**
     * Follows a table of probabilities, in constant time.
     *
     * @param shape the size of the game
     * @param probabilities {@code pi[h](a | s)}, (H, S, A), last axis fastest; rows sum to 1 up to rounding; not modified
     * @return the policy
     * @throws InvalidInputException if the length does not fit or a row is no distribution
     */
    static Actions tabular(GameShape shape, double[] probabilities) {
        int states = shape.states();
        if (probabilities.length != shape.policy().size()) {
            throw new InvalidInputException("a policy of shape %s has %d probabilities, not %d"
                    .formatted(shape.policy(), shape.policy().size(), probabilities.length));
        }
        AliasTables tables = new AliasTables(shape.rounds() * states, shape.actions());
        tables.fill(probabilities);
        return (h, state, random) -> tables.draw(h * states + state, random);
    }

    /** Follows a table of actions, (H, S). */
    static Actions certain(int states, int[] actions) {
        return (h, state, random) -> actions[h * states + state];
    }
}
