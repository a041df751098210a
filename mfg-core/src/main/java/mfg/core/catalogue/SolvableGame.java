package mfg.core.catalogue;

import mfg.core.Constants;
import mfg.core.MeanFieldGame;
import mfg.core.Round;

/**
 * A game that can be solved: it is a mean-field game. What some number of players learn from its plays can be held against that.
 *
 * @param <R> its kind of round
 */
public interface SolvableGame<R extends Round> extends LearnableGame {
    /**
     * Builds the game by its parameters.
     *
     * @param constants makes and owns the constants
     * @return the game
     */
    MeanFieldGame<R> build(Constants constants);
}
