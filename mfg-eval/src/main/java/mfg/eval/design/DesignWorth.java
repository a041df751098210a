package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mfg.core.Constants;
import mfg.core.MeanFieldGame;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.catalogue.DesignableGame;
import mfg.nn.Devices;
import mfg.train.Evaluation;

/** What the start of a design is worth, without training and without a folder. */
public final class DesignWorth {

    private DesignWorth() {}

    /**
     * Evaluates where a design starts.
     *
     * @param steps of the population, increasing
     * @return one for each number of steps, the mean over validation games
     * @throws mfg.core.DivergedException if it comes to nothing
     */
    public static List<Evaluation> along(DesignConfig config, List<Integer> steps) throws IOException {
        return along(config, config.game(), steps);
    }

    /**
     * Evaluates where a design starts as the report of a run does.
     *
     * @param steps of the population
     * @return the least of the last steps, the mean over validation games
     * @throws mfg.core.DivergedException if it comes to nothing
     */
    public static Evaluation after(DesignConfig config, int steps) throws IOException {
        return Evaluation.least(along(config, config.last(steps)));
    }

    private static <R extends Round> List<Evaluation> along(
            DesignConfig config, DesignableGame<R> game, List<Integer> steps) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(
                        Devices.named(config.computing().device()));
                Constants constants = new Constants(manager, config.type())) {
            Scenarios<R> scenarios = game.scenarios(constants, config.seed());
            NDList theta = Start.of(config, scenarios, manager);
            List<List<Evaluation>> byGame = new ArrayList<>();
            for (MeanFieldGame<R> one : scenarios.validation()) {
                byGame.add(Evaluation.along(
                        config.problem(scenarios, one, steps.get(0)),
                        config.step(),
                        theta,
                        steps,
                        manager,
                        config.type(),
                        null));
            }
            return Evaluation.means(byGame);
        }
    }
}
