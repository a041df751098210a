package mfg.eval.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.catalogue.DesignableGame;
import mfg.core.kernel.Kernels;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.Method;
import mfg.eval.design.Start;
import mfg.eval.io.Memory;
import mfg.eval.io.Progress;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.nn.Devices;
import mfg.train.Adjoint;
import mfg.train.DesignProblem;
import mfg.train.Draw;
import mfg.train.EquilibriumStep;
import mfg.train.Gradient;
import mfg.train.GradientEstimator;
import mfg.train.IncentiveDesign;
import org.jspecify.annotations.Nullable;

/**
 * What one gradient of a design costs, by JSON name.
 *
 * @param values what the game calls so, such as the values and bids of an auction; else the number of states
 * @param adjoint null for methods that have none
 * @param kernels which loops the fast step has
 * @param secondsMedian of one gradient
 * @param secondsMin of one gradient
 * @param forwardSecondsMedian of the inner iteration alone; that of all draws where a game draws
 * @param stateMiB what the reverse pass keeps of one game; with naive, by how much memory grew: the process's, on a
 *     GPU the device's
 * @param peakRssMiB the peak memory of the process
 * @param value the objective
 */
public record GradientCost(
        String setting,
        int horizon,
        int values,
        int innerSteps,
        String method,
        String step,
        @Nullable String adjoint,
        String precision,
        String device,
        int threads,
        String kernels,
        int repetitions,
        int warmUp,
        double secondsMedian,
        double secondsMin,
        double forwardSecondsMedian,
        double stateMiB,
        double peakRssMiB,
        double value,
        double gradientNorm)
        implements Summary {

    /**
     * How often to measure.
     *
     * @param threads for the draws of a game
     * @param repetitions gradients measured
     * @param warmUp gradients before the first that is measured
     */
    public record Effort(int threads, int repetitions, int warmUp) {}

    /**
     * Measures.
     *
     * @throws InvalidInputException if there is nothing to differentiate
     */
    public static GradientCost measure(DesignConfig config, Effort effort) throws IOException {
        GradientEstimator estimator = config.training().method().estimator(config);
        if (estimator == null) {
            throw new InvalidInputException("%s takes no gradient".formatted(config.method()));
        }
        config.checkGame();
        try (NDManager manager = NDManager.newBaseManager(
                        Devices.named(config.computing().device()));
                Constants constants = new Constants(manager, config.type())) {
            return measure(config, config.game(), estimator, effort, manager, constants);
        }
    }

    private static <R extends Round> GradientCost measure(
            DesignConfig config,
            DesignableGame<R> game,
            GradientEstimator estimator,
            Effort effort,
            NDManager manager,
            Constants constants)
            throws IOException {
        Scenarios<R> scenarios = game.scenarios(constants, config.seed());
        IncentiveDesign.Plan plan = config.plan(0, effort.threads());
        NDList theta = Start.of(config, scenarios, manager);
        if (theta.isEmpty()) {
            throw Method.nothingToDesign(game.name());
        }
        double usedBefore = Memory.usedMiB(manager.getDevice());
        int repetitions = effort.repetitions();
        double[] seconds = new double[repetitions];
        double[] forwardSeconds = new double[repetitions];
        double value = 0;
        double norm = 0;
        double stateMiB = 0;
        try (Progress progress = Progress.patient("measuring", effort.warmUp() + repetitions)) {
            for (int i = -effort.warmUp(); i < repetitions; i++) {
                long start = System.nanoTime();
                try (Draw<R> draw = Draw.of(scenarios, scenarios.objective(), plan, 0);
                        Gradient gradient = draw.gradient(estimator, theta)) {
                    seconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-9;
                    value = gradient.objective();
                    norm = gradient.norm();
                    stateMiB = gradient.stateBytes() / (1024.0 * 1024);
                }
                forwardSeconds[Math.max(i, 0)] = forward(config, scenarios, plan, theta);
                progress.advance("");
            }
        }
        double peakRssMiB = Memory.peakRssMiB();
        // the engine keeps what it had of a GPU's memory
        double most = manager.getDevice().isGpu() ? Memory.usedMiB(manager.getDevice()) : peakRssMiB;
        GameShape shape = scenarios.validation().get(0).shape();
        String values = Tree.flat(config).get("values");
        Method method = config.training().method();
        return new GradientCost(
                game.name(),
                shape.rounds(),
                values == null ? shape.states() : Integer.parseInt(values),
                config.population().innerSteps(),
                config.method(),
                config.computing().step(),
                method instanceof Method.ByAdjoint amid ? amid.adjoint() : null,
                config.computing().precision(),
                config.computing().device(),
                effort.threads(),
                Kernels.floats().name(),
                repetitions,
                effort.warmUp(),
                median(seconds),
                Arrays.stream(seconds).min().orElseThrow(),
                median(forwardSeconds),
                method instanceof Method.ByGraph ? most - usedBefore : stateMiB,
                peakRssMiB,
                value,
                norm);
    }

    /** The seconds that the inner iterations of one gradient take without it. */
    private static <R extends Round> double forward(
            DesignConfig config, Scenarios<R> scenarios, IncentiveDesign.Plan plan, NDList theta) {
        long start = System.nanoTime();
        try (Draw<R> draw = Draw.of(scenarios, scenarios.objective(), plan, 0)) {
            for (DesignProblem<R> problem : draw.problems()) {
                try (EquilibriumStep<?> step =
                        config.step().step(problem, theta, theta.head().getManager(), config.type())) {
                    run(step, plan.innerSteps());
                }
            }
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private static <Z> void run(EquilibriumStep<Z> step, int steps) {
        Z start = step.start();
        step.release(Adjoint.advance(step, start, 0, steps));
        step.release(start);
    }

    /** The middle one, or the mean of the two there. */
    static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public String summary() {
        return Text.of(
                """
                %s, H = %d, %d values, T = %d, %s by %s step%s, %s on %s (%s)
                  gradient   %.4f s (median of %d), %.4f s at best; the inner iteration alone %.4f s
                  memory     %.1f MiB kept for the way back, %.0f MiB the process at most
                  objective  %.8f, gradient norm %.8g
                """,
                setting,
                horizon,
                values,
                innerSteps,
                method,
                step,
                adjoint == null ? "" : ", adjoint " + adjoint,
                precision,
                device,
                kernels,
                secondsMedian,
                repetitions,
                secondsMin,
                forwardSecondsMedian,
                stateMiB,
                peakRssMiB,
                value,
                gradientNorm);
    }
}
