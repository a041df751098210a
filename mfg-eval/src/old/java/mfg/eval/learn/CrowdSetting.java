package mfg.eval.learn;

import java.util.List;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.symmetry.ARps;
import mfg.envs.symmetry.ASis;
import mfg.envs.symmetry.AsymmetricCongestion;
import mfg.eval.taxi.TaxiConfig;

/**
 * A game of players who are almost alike, with the defaults of its source.
 *
 * @param name what the command line calls it
 * @param about one line on what it is
 * @param players N
 * @param rounds the horizon
 * @param alpha how different transitions are
 * @param beta how different rewards are
 * @param xi0 the step size of the first epoch
 * @param states what its states are called
 * @param build builds it
 */
public record CrowdSetting(
        String name,
        String about,
        int players,
        int rounds,
        double alpha,
        double beta,
        double xi0,
        List<String> states,
        Builder build) {

    /** Every game. */
    public static final List<CrowdSetting> ALL = List.of(
            new CrowdSetting(
                    "a-rps",
                    "rock-paper-scissors",
                    2000,
                    10,
                    0,
                    0.1,
                    5,
                    List.of("rock", "paper", "scissors"),
                    CrowdSetting::rps),
            new CrowdSetting(
                    "a-sis",
                    "an epidemic",
                    1000,
                    20,
                    0.1,
                    0.1,
                    20,
                    List.of("infected", "healthy"),
                    (players, rounds, alpha, beta, seed) -> new ASis(players, rounds, alpha, beta, seed)),
            new CrowdSetting(
                    "congestion",
                    "crowds on a ring of five places",
                    1000,
                    10,
                    0.1,
                    0.1,
                    20,
                    List.of("1", "2", "3", "4", "5"),
                    (players, rounds, alpha, beta, seed) ->
                            new AsymmetricCongestion(players, rounds, 5, alpha, beta, seed)));

    /** Builds a game. */
    @FunctionalInterface
    public interface Builder {

        /** Draws the players from a seed. */
        AnonymousGame of(int players, int rounds, double alpha, double beta, long seed);
    }

    private static AnonymousGame rps(int players, int rounds, double alpha, double beta, long seed) {
        if (alpha != 0) {
            throw new InvalidInputException("all move alike in a-rps: --alpha must be 0 there, not " + alpha);
        }
        return new ARps(players, rounds, beta, seed);
    }

    /**
     * Finds a game.
     *
     * @throws InvalidInputException if there is none of that name
     */
    public static CrowdSetting named(String name) {
        return ALL.stream()
                .filter(setting -> setting.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no game '%s'; choose one of %s, %s"
                        .formatted(
                                name,
                                ALL.stream().map(CrowdSetting::name).collect(Collectors.joining(", ")),
                                TaxiConfig.GAME)));
    }
}
