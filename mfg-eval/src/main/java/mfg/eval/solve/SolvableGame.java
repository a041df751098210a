package mfg.eval.solve;

import java.util.List;
import java.util.function.BiFunction;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.envs.beach.BeachBar;
import mfg.envs.examples.CrowdModelling;
import mfg.envs.examples.LeftRight;
import mfg.envs.examples.MfglibBeachBar;
import mfg.envs.examples.RockPaperScissors;
import mfg.envs.examples.Sis;

/**
 * A game that {@code solve} knows, with the defaults of its source. The pricing beach is solved at its middle price, 0.25
 * everywhere.
 *
 * @param name what the command line calls it
 * @param about one line on what it is
 * @param rounds the horizon
 * @param eta the step size of mirror descent
 * @param tau the regularization
 * @param iterations the number of iterations
 * @param build builds the game with a horizon
 */
record SolvableGame(
        String name,
        String about,
        int rounds,
        double eta,
        double tau,
        int iterations,
        BiFunction<Constants, Integer, MeanFieldGame<?>> build) {

    static final List<SolvableGame> ALL = List.of(
            new SolvableGame("left-right", "crowds cost, more on the right", 2, 1, 0, 10, LeftRight::new),
            new SolvableGame("rps", "generalized rock-paper-scissors", 2, 1, 0, 10, RockPaperScissors::new),
            new SolvableGame("sis", "an epidemic", 51, 1, 0, 10, Sis::new),
            new SolvableGame("mfglib-beach-bar", "MFGLib's beach bar", 3, 1, 0, 10, MfglibBeachBar::new),
            new SolvableGame("crowd-modelling", "OpenSpiel's crowd modelling", 10, 1, 0, 10, CrowdModelling::new),
            new SolvableGame(
                    "beach-bar",
                    "the beach with prices, all 0.25",
                    BeachBar.Options.DEFAULT.rounds(),
                    0.1,
                    1e-3,
                    1000,
                    SolvableGame::beach));

    private static MeanFieldGame<?> beach(Constants constants, int rounds) {
        BeachBar.Options base = BeachBar.Options.DEFAULT;
        return new BeachBar(
                constants, new BeachBar.Options(base.spots(), rounds, base.maxPrice(), base.slip(), base.guard()));
    }

    /**
     * Finds a game.
     *
     * @throws InvalidInputException if there is none of that name
     */
    static SolvableGame named(String name) {
        return ALL.stream()
                .filter(game -> game.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no game '%s'; choose one of %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        ALL.stream().map(SolvableGame::name).toList()))));
    }
}
