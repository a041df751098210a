package mfg.eval.learn;

import java.nio.file.Path;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.CrowdGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.LearnableGame;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.SimulatedGame;
import mfg.envs.players.NPlayerGame;
import mfg.eval.config.Binder;

/**
 * All that decides the numbers of a run of {@code learn}.
 *
 * @param game that is played
 * @param algorithm the learner
 * @param epochs T
 * @param players N, where the game has no number of players of its own
 * @param seed decides who is who and all that is random
 */
public record LearnConfig(
        @Parameter(about = "what to learn") LearnableGame game,

        @Parameter(about = "how to learn", value = "symm-pmd")
        Learner algorithm,

        @Parameter(about = "steps of the policy", value = "100", min = 0)
        int epochs,

        @Parameter(
                about = "players, in a game whose mean field is known",
                value = "200",
                min = 1,
                max = NPlayerGame.MOST_PLAYERS,
                shared = true)
        int players,

        @Parameter(about = "who is who, and all that is random", value = "1")
        long seed) {

    /** Its kind: tables where a game has them, else networks. */
    public static final Binder.Kind<LearnConfig> KIND = new Binder.Kind<>(
            "learn",
            LearnConfig.class,
            Map.of(),
            Map.of(
                    SimulatedGame.class, Map.of("algorithm", "ppo", "epochs", "150"),
                    SolvableGame.class, Map.of("repetitions", "200", "keep-values", "true")));

    /** Checks that the learner can learn the game. */
    public LearnConfig {
        if (!algorithm.learns(game)) {
            throw new InvalidInputException("--algorithm %s cannot learn %s; it is for %s"
                    .formatted(Game.nameOf(algorithm.getClass()), game.name(), algorithm.learnsWhat()));
        }
    }

    /** How many play. */
    public int playing() {
        if (game instanceof CrowdGame crowd) {
            return crowd.crowd(seed).players();
        }
        return game instanceof SimulatedGame<?> simulated ? simulated.players() : players;
    }

    /** What the learner is called. */
    public String learner() {
        return Game.nameOf(algorithm.getClass());
    }

    /**
     * The learner of a run, where it leaves networks.
     *
     * @throws InvalidInputException if it leaves none
     */
    public Networks networks(Path run) {
        if (algorithm instanceof Networks networks) {
            return networks;
        }
        throw new InvalidInputException("%s was learned by %s, which leaves no networks".formatted(run, learner()));
    }
}
