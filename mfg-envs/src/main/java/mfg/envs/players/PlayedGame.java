package mfg.envs.players;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.Round;
import mfg.core.catalogue.DesignableGame;

/**
 * A designable game with rules of its own for N players. All others are played by {@link IndependentPlayers}.
 *
 * @param <R> its kind of round
 */
public interface PlayedGame<R extends Round> extends DesignableGame<R> {
    /**
     * Seats the players.
     *
     * @param game one of its mean fields
     * @param theta the design, float64; not modified
     * @param players N
     * @param manager where to compute; nothing stays in it
     * @return the game of N players
     */
    NPlayerGame seat(MeanFieldGame<R> game, NDList theta, int players, NDManager manager);

    /**
     * Seats the players of any designable game.
     *
     * @param <R> its kind of round
     * @param entry what the catalogue has
     * @param game one of its mean fields
     * @param objective what the designer wants
     * @param theta the design, float64; not modified
     * @param players N
     * @param manager where to compute; nothing stays in it
     * @return the game of N players
     */
    static <R extends Round> NPlayerGame seat(
            DesignableGame<R> entry,
            MeanFieldGame<R> game,
            Objective<R> objective,
            NDList theta,
            int players,
            NDManager manager) {
        return entry instanceof PlayedGame<R> own
                ? own.seat(game, theta, players, manager)
                : new IndependentPlayers<>(game, theta, objective, players, manager);
    }
}
