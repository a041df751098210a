package mfg.envs.symmetry;

import mfg.core.GameShape;

/** A game of N players with states, played by tables, with memory of its own: for one thread at a time. */
public interface Plays {

    /**
     * Returns the size of the game.
     *
     * @return rounds H, states S and actions A
     */
    GameShape shape();

    /**
     * Returns the number of players.
     *
     * @return N
     */
    int players();

    /**
     * Plays once.
     *
     * @param seed decides all that is random
     * @param policies what everybody plays; not modified
     * @param out what happened
     */
    void play(long seed, Policies policies, Trajectory out);
}
