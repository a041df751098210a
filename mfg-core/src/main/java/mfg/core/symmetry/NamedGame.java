package mfg.core.symmetry;

import mfg.core.GameShape;

/**
 * A dynamic game of N named players on shared finite states and actions (SYMM Def. 1). Player {@code i} in state {@code s}
 * who plays {@code a} earns {@code R_i(s, a, rho)} and moves by {@code P_i(. | s, a, rho)}, where {@code rho} holds the (state,
 * action) pair of each other player. Each sees its own state only.
 */
public interface NamedGame {

    /**
     * Returns the number of players.
     *
     * @return N, at least 2
     */
    int players();

    /**
     * Returns the size of the game.
     *
     * @return rounds H, states S and actions A
     */
    GameShape shape();

    /**
     * Returns the distribution that every player's first state is drawn from.
     *
     * @return S nonnegative numbers that sum to 1; a new array
     */
    double[] initialStates();

    /**
     * Returns the reward {@code R_i(s, a, rho)}.
     *
     * @param i the player, 0 to N - 1
     * @param s its state
     * @param a its action
     * @param others {@code rho}, (N - 1): the pair {@code s_j * A + a_j} of each other player j, in the order of their names;
     *     not modified
     * @return the reward
     */
    double reward(int i, int s, int a, int[] others);

    /**
     * Computes the transition {@code P_i(. | s, a, rho)}.
     *
     * @param i the player
     * @param s its state
     * @param a its action
     * @param others {@code rho}, (N - 1), as for {@link #reward}; not modified
     * @param next out: S probabilities
     */
    void transition(int i, int s, int a, int[] others, double[] next);

    /**
     * Returns the number of (state, action) pairs.
     *
     * @return {@code S * A}
     */
    default int pairs() {
        return shape().states() * shape().actions();
    }
}
