package mfg.eval.design;

import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.core.MeanFieldGame;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.Solver;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Parameter;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.train.Adam;
import mfg.train.DesignProblem;
import mfg.train.Evaluation;
import mfg.train.GameCheck;
import mfg.train.Improvement;
import mfg.train.IncentiveDesign;
import mfg.train.StepMethod;

/**
 * All that decides the numbers of a run of {@code design}.
 *
 * @param game whose rules are designed
 * @param iterations of training
 * @param seed decides all that is random
 * @param yardsticks whether a report on an auction's design has the best simple mechanisms beside it
 */
public record DesignConfig(
        @Parameter(about = "what to design") DesignableGame<?> game,
        Population population,
        Training training,
        Computing computing,

        @Parameter(about = "training iterations; 0 evaluates the start", value = "300", min = 0)
        int iterations,

        @Parameter(about = "seed of all that is random", value = "1")
        long seed,

        @Parameter(
                about = "whether to search the best simple mechanisms of an auction, to set the design beside them",
                value = "true")
        boolean yardsticks) {

    /** Its kind: with regularization, unless the game says otherwise. */
    public static final Binder.Kind<DesignConfig> KIND =
            new Binder.Kind<>("design", DesignConfig.class, Map.of("tau", "0.001"));

    /** The same where the paper's experiment is usual. */
    public static final Binder.Kind<DesignConfig> PAPER =
            KIND.where(Map.of("method", "amid", "init", "default"), DesignConfig::paper);

    /** How the population learns under a design, and when it is looked at. */
    public record Population(
            @Parameter(about = "how it learns", value = "omd")
            Solver solver,

            @Parameter(about = "steps T while training", value = "100", min = 1)
            int innerSteps,

            @Parameter(about = "steps in validation", value = "200", min = 1)
            int validationSteps,

            @Parameter(about = "steps of the final long evaluation", value = "2000", min = 1)
            int longSteps) {}

    /** How the design is found. */
    public record Training(
            @Parameter(
                    about =
                            "where training starts: default, best (of the simple mechanisms of an auction), posted-price, sine, imitate:RUN (the design of a run of any mechanism) or a snapshot such as runs/X/best.npz",
                    value = "default")
            String init,

            @Parameter(about = "how the design gets better", value = "implicit")
            Method method,

            @Parameter(about = "iterations between two validations", value = "10", min = 1)
            int validateEvery) {}

    /** What computes. It should not change the numbers by more than rounding. */
    public record Computing(
            @Parameter(
                    about = "how a step is computed",
                    value = "auto",
                    oneOf = {"auto", "fast", "traced", "autodiff"})
            String step,

            @Parameter(
                    about = "of the numbers",
                    value = "float32",
                    oneOf = {"float32", "float64"})
            String precision,

            @Parameter(
                    about = "where to compute",
                    value = "cpu",
                    oneOf = {"cpu", "gpu"})
            String device) {}

    private static Map<String, String> paper(Game game) {
        return game instanceof DesignableGame<?> designable ? designable.paper() : Map.of();
    }

    /** The same options, and those of the paper's experiment that were not given. */
    public static Given paper(Catalogue catalogue, Given given) {
        DesignConfig config = Binder.bind(catalogue, PAPER, given);
        Map<String, String> options = new LinkedHashMap<>(Tree.flat(config));
        options.keySet().retainAll(PAPER.preset().apply(config.game()).keySet());
        return given.with(options);
    }

    /** What the population does. */
    public Solver solver() {
        return population.solver();
    }

    /** The type of the numbers. */
    public DataType type() {
        return computing.precision().equals("float32") ? DataType.FLOAT32 : DataType.FLOAT64;
    }

    /** How a step is computed. */
    public StepMethod step() {
        return StepMethod.valueOf(computing.step().toUpperCase(Locale.ROOT));
    }

    /** Looks over a game of the user's own, in the way in which it is to be differentiated. */
    public void checkGame() {
        if (!Catalogue.isBuiltIn(game)) {
            GameCheck.check(game, training.method() instanceof Method.ByGraph ? StepMethod.AUTODIFF : step(), type());
        }
    }

    /** What the method is called. */
    public String method() {
        return Game.nameOf(training.method().getClass());
    }

    /** What an iteration does; the moments are modified where the optimizer has some. */
    Improvement improvement(Adam moments, int iterations) {
        return training.method().improvement(this, moments, iterations);
    }

    /** One of the games, to be looked at after a number of steps of its population. */
    public <R extends Round> DesignProblem<R> problem(Scenarios<R> scenarios, MeanFieldGame<R> one, int steps) {
        return new DesignProblem<>(one, scenarios.objective(), solver(), steps);
    }

    /** The last of some steps, of which the least worth counts. */
    List<Integer> last(int steps) {
        return Evaluation.last(training.method().window(steps), steps);
    }

    /** How to train. */
    public IncentiveDesign.Plan plan(int iterations, int threads) {
        return new IncentiveDesign.Plan(
                solver(),
                population.innerSteps(),
                population.validationSteps(),
                training.method().window(population.validationSteps()),
                iterations,
                step(),
                training.validateEvery(),
                threads);
    }
}
