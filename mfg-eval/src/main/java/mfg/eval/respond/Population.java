package mfg.eval.respond;

import java.io.IOException;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.envs.Simulator;
import mfg.envs.taxi.TaxiGame;
import mfg.eval.learn.LearnConfig;
import mfg.eval.run.RunFolder;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.OneAmong;

/** What a run of {@code learn} left: a game, and what all its players do. One of them may learn to do better. */
abstract class Population implements AutoCloseable {

    /**
     * Opens a run.
     *
     * @param players who shall respond
     * @param seed decides all that is random in what is watched
     * @throws InvalidInputException if there is no such player, or the run has not come to its end
     */
    static Population of(RunFolder files, LearnConfig config, List<Integer> players, long seed) throws IOException {
        Population population = config.game() instanceof TaxiGame game
                ? new TaxiPopulation(files, config, game, seed)
                : new GamePopulation(files, config);
        try {
            for (int player : players) {
                if (player < 0 || player >= population.players()) {
                    throw new InvalidInputException(
                            "the player must be between 0 and %d, not %d".formatted(population.players() - 1, player));
                }
            }
            population.watch(players);
            return population;
        } catch (RuntimeException | Error e) {
            population.close();
            throw e;
        }
    }

    /** N. */
    abstract int players();

    /** Everybody, in several copies of the game; for one thread. */
    abstract Simulator seat();

    /** What everybody does who was seated. */
    abstract Episodes.Policy policy(Simulator seated);

    /** Watches what those players meet, where learning needs it. */
    void watch(List<Integer> players) {}

    /**
     * Has a player learn to respond.
     *
     * @param quiet whether progress is told by the caller
     */
    abstract Answer answer(int player, BestResponse.Plan plan, boolean quiet);

    @Override
    public abstract void close();

    /**
     * What a player has learned to do instead.
     *
     * @param learning how it learned
     * @param zone that it goes to; 0 where there are none
     * @param seconds that it took
     * @param way plays an episode by it, and returns what the player earns in each copy
     */
    record Answer(BestResponse learning, int zone, double seconds, Way way) {}

    /** Plays an episode among the others. */
    @FunctionalInterface
    interface Way {
        double[] play(OneAmong among, long seed);
    }
}
