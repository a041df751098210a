package mfg.eval.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Round;
import mfg.core.kernel.Kernels;
import mfg.eval.design.DesignCommand;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.Experiment;
import mfg.eval.design.Start;
import mfg.eval.io.Devices;
import mfg.eval.io.Json;
import mfg.eval.io.Memory;
import mfg.eval.io.Progress;
import mfg.train.Adjoint;
import mfg.train.DesignProblem;
import mfg.train.Draw;
import mfg.train.EquilibriumStep;
import mfg.train.Gradient;
import mfg.train.GradientEstimator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures one gradient. */
@Command(
        name = "gradient",
        description = "Measures the gradient of a setting: time, memory, value.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg bench gradient",
            "  ./mfg bench gradient --horizon 50 --repetitions 5 --json",
            "  ./mfg bench gradient --horizon 5 --step autodiff --adjoint sqrt",
            "  ./mfg bench gradient --setting A3 --threads 2"
        })
public final class BenchGradientCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--setting", description = "The setting (${DEFAULT-VALUE}).")
    private String setting = "A1";

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds, instead of the setting's.")
    private String horizon = "";

    @Option(names = "--values", paramLabel = "N", description = "Values and bids, instead of the setting's.")
    private String values = "";

    @Option(names = "--inner-steps", paramLabel = "T", description = "Mirror-descent steps.")
    private String innerSteps = "";

    @Option(names = "--method", description = "amid, naive, implicit or two-point (${DEFAULT-VALUE}).")
    private String method = "amid";

    @Option(names = "--step", description = "auto, fast or autodiff (${DEFAULT-VALUE}).")
    private String step = "auto";

    @Option(names = "--adjoint", description = "auto, store, sqrt, revolve:C or reversible:K (${DEFAULT-VALUE}).")
    private String adjoint = "auto";

    @Option(names = "--precision", description = "float32 or float64 (${DEFAULT-VALUE}).")
    private String precision = "float32";

    @Option(names = "--device", description = "cpu or gpu (${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Threads for a setting's draws (${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--repetitions", paramLabel = "N", description = "Gradients measured (${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Gradients before the first that is measured (as many as are measured).")
    private @Nullable Integer warmUp;

    @Option(names = "--init", paramLabel = "START", description = "default, sine or a snapshot (${DEFAULT-VALUE}).")
    private String init = "default";

    @Option(names = "--json", description = "Print the result as one JSON object, the last line of stdout.")
    private boolean json;

    /**
     * What is reported.
     *
     * @param kernels which loops the fast step has
     * @param secondsMedian of one gradient
     * @param secondsMin of one gradient
     * @param forwardSecondsMedian of the inner iteration alone; that of all draws where a setting draws
     * @param stateMiB what the reverse pass keeps of one game; with naive, by how much memory grew: the process's, on a
     *     GPU the device's
     * @param peakRssMiB the peak memory of the process
     * @param value the objective
     */
    public record Result(
            String setting,
            int horizon,
            int values,
            int innerSteps,
            String method,
            String step,
            String adjoint,
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
            double gradientNorm) {}

    @Override
    public Integer call() throws IOException {
        if (repetitions < 1) {
            throw new InvalidInputException("--repetitions must be at least 1, not " + repetitions);
        }
        if (warmUp != null && warmUp < 0) {
            throw new InvalidInputException("--warm-up must be 0 or more, not " + warmUp);
        }
        DesignConfig config = DesignCommand.config(arguments());
        Result result;
        try (NDManager manager = NDManager.newBaseManager(Devices.named(config.device()));
                Constants constants = new Constants(manager, config.type())) {
            result = measure(config, Experiment.of(config, constants), manager);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(result));
        } else {
            print(result, out);
        }
        out.flush();
        return 0;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(setting));
        addGiven(arguments, "--horizon", horizon);
        addGiven(arguments, "--values", values);
        addGiven(arguments, "--inner-steps", innerSteps);
        addGiven(arguments, "--method", method);
        addGiven(arguments, "--step", step);
        addGiven(arguments, "--adjoint", adjoint);
        addGiven(arguments, "--precision", precision);
        addGiven(arguments, "--device", device);
        addGiven(arguments, "--init", init);
        addGiven(arguments, "--threads", String.valueOf(threads));
        return arguments;
    }

    private static void addGiven(List<String> arguments, String option, String value) {
        if (!value.isEmpty()) {
            arguments.add(option);
            arguments.add(value);
        }
    }

    private <R extends Round> Result measure(DesignConfig config, Experiment<R> experiment, NDManager manager)
            throws IOException {
        NDList theta = Start.of(config, experiment, manager);
        if (theta.isEmpty()) {
            throw new InvalidInputException("there is nothing to design in " + setting);
        }
        GradientEstimator estimator = config.estimator();
        double usedBefore = Memory.usedMiB(manager.getDevice());
        double[] seconds = new double[repetitions];
        double[] forwardSeconds = new double[repetitions];
        double value = 0;
        double norm = 0;
        double stateMiB = 0;
        int unmeasured = warmUp != null ? warmUp : repetitions;
        try (Progress progress = Progress.barOnly("measuring", unmeasured + repetitions)) {
            for (int i = -unmeasured; i < repetitions; i++) {
                long start = System.nanoTime();
                try (Draw<R> draw = Draw.of(experiment.scenarios(), config.plan(), 0);
                        Gradient gradient = draw.gradient(estimator, theta)) {
                    seconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-9;
                    value = gradient.objective();
                    norm = gradient.norm();
                    stateMiB = gradient.stateBytes() / (1024.0 * 1024);
                }
                forwardSeconds[Math.max(i, 0)] = forward(config, experiment, theta);
                progress.advance("");
            }
        }
        double peakRssMiB = Memory.peakRssMiB();
        // the engine keeps what it had of a GPU's memory
        double most = manager.getDevice().isGpu() ? Memory.usedMiB(manager.getDevice()) : peakRssMiB;
        return new Result(
                config.setting(),
                config.horizon(),
                config.values(),
                config.innerSteps(),
                method,
                step,
                adjoint,
                precision,
                device,
                threads,
                Kernels.floats().name(),
                repetitions,
                unmeasured,
                median(seconds),
                Arrays.stream(seconds).min().orElseThrow(),
                median(forwardSeconds),
                method.equals("naive") ? most - usedBefore : stateMiB,
                peakRssMiB,
                value,
                norm);
    }

    /** The seconds that the inner iterations of one gradient take without it. */
    private static <R extends Round> double forward(DesignConfig config, Experiment<R> experiment, NDList theta) {
        long start = System.nanoTime();
        try (Draw<R> draw = Draw.of(experiment.scenarios(), config.plan(), 0)) {
            for (DesignProblem<R> problem : draw.problems()) {
                try (EquilibriumStep<?> step =
                        config.stepMethod().step(problem, theta, theta.head().getManager(), config.type())) {
                    run(step, config.innerSteps());
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

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void print(Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s, H = %d, %d values and bids, T = %d, %s by %s step, adjoint %s, %s on %s (%s)%n",
                result.setting,
                result.horizon,
                result.values,
                result.innerSteps,
                result.method,
                result.step,
                result.adjoint,
                result.precision,
                result.device,
                result.kernels);
        out.printf(
                Locale.ROOT,
                "  gradient   %.4f s (median of %d), %.4f s at best; the inner iteration alone %.4f s%n",
                result.secondsMedian,
                result.repetitions,
                result.secondsMin,
                result.forwardSecondsMedian);
        out.printf(
                Locale.ROOT,
                "  memory     %.1f MiB kept for the way back, %.0f MiB the process at most%n",
                result.stateMiB,
                result.peakRssMiB);
        out.printf(Locale.ROOT, "  objective  %.8f, gradient norm %.8g%n", result.value, result.gradientNorm);
    }
}
