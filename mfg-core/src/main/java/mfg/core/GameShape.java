package mfg.core;

import ai.djl.ndarray.types.Shape;

/**
 * The size of a game.
 *
 * @param rounds the horizon H, at least 1
 * @param states the number of states S, at least 1
 * @param actions the number of actions A, at least 1
 */
public record GameShape(int rounds, int states, int actions) {

    /**
     * Checks the sizes.
     *
     * @throws InvalidInputException if one of them is below 1, or no array holds a policy
     */
    public GameShape {
        if (rounds < 1 || states < 1 || actions < 1) {
            throw new InvalidInputException("a game needs at least one round, state and action, not %d, %d and %d"
                    .formatted(rounds, states, actions));
        }
        Sizes.product("rounds x states x actions", rounds, states, actions);
    }

    /**
     * Returns the shape of a policy, its logits and its values.
     *
     * @return (H, S, A)
     */
    public Shape policy() {
        return new Shape(rounds, states, actions);
    }
}
