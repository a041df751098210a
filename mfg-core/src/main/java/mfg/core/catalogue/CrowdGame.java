package mfg.core.catalogue;

import mfg.core.symmetry.AnonymousGame;

/** A game of finitely many players who differ a little, which tables learn from its plays. */
public interface CrowdGame extends LearnableGame {
    /**
     * Seats the players by the game's parameters.
     *
     * @param seed decides who is who
     * @return the game
     */
    AnonymousGame crowd(long seed);
}
