package mfg.core.catalogue;

import mfg.core.Constants;
import mfg.core.MeanFieldGame;
import mfg.core.Round;

/**
 * A game that can be solved: it is a mean-field game.
 *
 * @param <R> its kind of round
 */
public interface SolvableGame<R extends Round> extends Game {
    /**
     * Builds the game by its parameters.
     *
     * @param constants makes and owns the constants
     * @return the game
     */
    MeanFieldGame<R> build(Constants constants);
}
