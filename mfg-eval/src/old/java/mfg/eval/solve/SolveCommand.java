package mfg.eval.solve;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Solution;
import mfg.core.Solver;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves a game. */
@Command(
        name = "solve",
        description = "Finds an equilibrium of a game from the literature, in double precision.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg solve mfglib-beach-bar",
            "  ./mfg solve crowd-modelling --algorithm fictitious-play --iterations 200",
            "  ./mfg solve beach-bar --eta 0.1 --tau 0.001 --iterations 2000 --json"
        })
public final class SolveCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "GAME",
            description = "left-right, rps, sis, mfglib-beach-bar, crowd-modelling or beach-bar")
    private String game = "";

    @Option(
            names = "--algorithm",
            description = "omd (online mirror descent), fictitious-play or fixed-point (${DEFAULT-VALUE}).")
    private String algorithm = "omd";

    @Option(names = "--iterations", paramLabel = "N", description = "Iterations (10; beach-bar 1000).")
    private @Nullable Integer iterations;

    @Option(names = "--eta", paramLabel = "X", description = "Step size of omd (1; beach-bar 0.1).")
    private @Nullable Double eta;

    @Option(names = "--tau", paramLabel = "X", description = "Entropy regularization (0; beach-bar 0.001).")
    private @Nullable Double tau;

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds, instead of the game's.")
    private @Nullable Integer horizon;

    @Option(names = "--json", description = "Print the result as one JSON object, the last line of stdout.")
    private boolean json;

    /** What {@code solve} reports: the plain exploitability after 0, 1, 2, .. iterations, and the last policy's value. */
    private record Result(String game, String algorithm, int iterations, List<Double> exploitability, double value) {}

    @Override
    public Integer call() {
        SolvableGame known = SolvableGame.named(game);
        Solver solver = solver(known);
        int steps = iterations != null ? iterations : known.iterations();
        int rounds = horizon != null ? horizon : known.rounds();
        Solution.Stopping stopping = new Solution.Stopping(steps, Double.NEGATIVE_INFINITY, 1);
        Result result;
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            result = solve(known.name(), known.build().apply(constants, rounds), solver, stopping, manager);
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

    private Solver solver(SolvableGame known) {
        double regularization = tau != null ? tau : known.tau();
        if (!(regularization >= 0) || Double.isInfinite(regularization)) {
            throw new InvalidInputException("--tau must be 0 or more, not " + regularization);
        }
        return switch (algorithm) {
            case "omd" -> new OnlineMirrorDescent(eta != null ? eta : known.eta(), regularization);
            case "fictitious-play" -> new FictitiousPlay(regularization);
            case "fixed-point" -> new FixedPoint(regularization);
            default ->
                throw new InvalidInputException(
                        "--algorithm must be omd, fictitious-play or fixed-point, not " + algorithm);
        };
    }

    private Result solve(
            String name, MeanFieldGame<?> built, Solver solver, Solution.Stopping stopping, NDManager manager) {
        NDList theta = new NDList(); // zeros: the middle of what a designer could choose
        for (ParameterSpec parameter : built.parameters()) {
            theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
        }
        List<Double> exploitability = new ArrayList<>();
        try (Progress progress = Progress.barOnly(name, stopping.iterations())) {
            Solution solution = Solution.find(
                    built, theta, solver, stopping, manager, DataType.FLOAT64, (iteration, measurement) -> {
                        exploitability.add(measurement.exploitability());
                        progress.step(
                                iteration,
                                String.format(Locale.ROOT, "exploitability %.6g", measurement.exploitability()));
                    });
            if (!Double.isFinite(solution.last().exploitability())) {
                throw new DivergedException(
                        "after %d iterations the exploitability is not a number".formatted(solution.iterations()));
            }
            return new Result(
                    name,
                    algorithm,
                    solution.iterations(),
                    exploitability,
                    solution.last().value());
        }
    }

    private static void print(Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT, "%s by %s%n%10s  %s%n", result.game(), result.algorithm(), "iteration", "exploitability");
        int last = result.exploitability().size() - 1;
        for (int k = 0; k <= last; k++) {
            if (k == last || k % Math.max(1, last / 10) == 0) {
                out.printf(
                        Locale.ROOT, "%10d  %.8g%n", k, result.exploitability().get(k));
            }
        }
        out.printf(Locale.ROOT, "value of the last policy %.8g%n", result.value());
    }
}
