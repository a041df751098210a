package mfg.envs.players;

import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.envs.StateSimulator;

/**
 * A game of N players who all follow one policy, but for player 0, who may follow another. Chance is a function of a seed: each
 * player has draws of its own in each round, so that what player 0 does changes nobody else's.
 */
public interface NPlayerGame {

    /** The most players that are simulated. */
    int MOST_PLAYERS = 10_000_000;

    /**
     * What came of a play.
     *
     * @param objective the designer's objective, in the units of the mean-field objective: per capita
     * @param meanReward the sum of rewards over rounds, averaged over all players
     * @param firstReward the same of player 0 alone
     */
    record Play(double objective, double meanReward, double firstReward) {}

    /** A table to play at, with memory of its own: for one thread at a time. */
    interface Simulation {

        /**
         * Plays once.
         *
         * @param seed decides all that is random
         * @param start which quantile of {@code mu0} player 0 starts from, in [0, 1); uniform ones make it a player like any
         *     other, and evenly spread ones a less noisy average
         * @param first what player 0 plays
         * @return what came of it
         */
        Play play(long seed, double start, Actions first);

        /**
         * Returns what a single player faced, summed over all plays so far: what {@link NPlayerGame#bestResponse} reads. Such
         * arrays of several simulations add up.
         *
         * @return a copy
         */
        double[] experience();
    }

    /**
     * Returns the number of players.
     *
     * @return N
     */
    int players();

    /**
     * Returns the size of the game.
     *
     * @return rounds H, states S and actions A
     */
    GameShape shape();

    /**
     * Tells what players do who choose by a policy: an action that is not legal counts as one that is.
     *
     * @param policy {@code pi[h](a | s)}, (H, S, A), last axis fastest; not modified
     * @return the policy that is played, which may be the same object; by default all actions are legal
     */
    default double[] legal(double[] policy) {
        return policy;
    }

    /**
     * Prepares to play.
     *
     * @param policy what everybody but player 0 plays
     * @return a simulation; any two of the same game and policy play alike
     */
    Simulation simulation(Actions policy);

    /**
     * Lets everybody decide for itself.
     *
     * @return a simulator of all N players, who see their own state and the round; any two of the same game play alike
     */
    StateSimulator simulator();

    /**
     * Answers the average of what a single player faced with the best policy that knows the round and the player's own state,
     * by dynamic programming.
     *
     * @param experience a sum of {@link Simulation#experience}s; not modified
     * @return the best response, ties to the first action
     */
    Actions bestResponse(double[] experience);

    /**
     * Checks a number of players.
     *
     * @param players N
     * @throws InvalidInputException if it is not between 2 and {@link #MOST_PLAYERS}
     */
    static void checkPlayers(int players) {
        if (players < 2 || players > MOST_PLAYERS) {
            throw new InvalidInputException(
                    "there must be between 2 and %d players, not %d".formatted(MOST_PLAYERS, players));
        }
    }
}
