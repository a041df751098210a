package mfg.core;

import java.util.List;

/**
 * The games that one design faces: a single one, or as many as nature draws.
 *
 * @param <R> the games' kind of round
 */
public interface Scenarios<R extends Round> {

    /**
     * The games of one training iteration.
     *
     * @param <R> the games' kind of round
     * @param games at least one
     * @param release frees what was made for this iteration
     */
    record Batch<R extends Round>(List<? extends MeanFieldGame<R>> games, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * Returns what is maximized, on average over games.
     *
     * @return the objective
     */
    Objective<R> objective();

    /**
     * Draws the games of one training iteration, which depend on nothing but the seed and the iteration.
     *
     * @param iteration from 0
     * @return the games, to be closed after use
     */
    Batch<R> training(int iteration);

    /**
     * Says whether each training iteration draws its games anew.
     *
     * @return false where all iterations have the same games
     */
    default boolean areFresh() {
        return false;
    }

    /**
     * Returns the games on which designs are compared, always the same.
     *
     * @return at least one game
     */
    List<? extends MeanFieldGame<R>> validation();

    /**
     * The scenarios of a single game.
     *
     * @param <R> its kind of round
     * @param game the game
     * @param objective what is maximized
     * @return the scenarios
     */
    static <R extends Round> Scenarios<R> single(MeanFieldGame<R> game, Objective<R> objective) {
        return new Scenarios<>() {
            @Override
            public Objective<R> objective() {
                return objective;
            }

            @Override
            public Batch<R> training(int iteration) {
                return new Batch<>(List.of(game), () -> {});
            }

            @Override
            public List<MeanFieldGame<R>> validation() {
                return List.of(game);
            }
        };
    }
}
