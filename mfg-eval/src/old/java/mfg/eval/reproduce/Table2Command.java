package mfg.eval.reproduce;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.bench.BenchGradientCommand;
import mfg.eval.bench.BenchProcess;
import mfg.eval.io.Charts;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.io.Json;
import mfg.eval.io.Memory;
import mfg.eval.io.Progress;
import mfg.eval.io.RunFolder;
import mfg.eval.reproduce.Table2Cell.Outcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the cost of one gradient, beside the paper's. */
@Command(
        name = "table2",
        description = {
            "Time and memory of one gradient of A1 beside the paper's Table 2.",
            "Also how they grow with T. Each cell is measured in a process of its own; what would not fit the memory is not tried."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce table2",
            "  ./mfg reproduce table2 --budget full --out runs/table2",
            "  ./mfg reproduce table2 --horizons 50 --steps 400"
        })
final class Table2Command implements Callable<Integer> {

    /** What naive differentiation was seen to need at H = 4, T = 400 and 100 values and bids. */
    private static final double NAIVE_MIB = 1378;

    private static final int NAIVE_ROUNDS = 4 * 400;
    private static final int NAIVE_VALUES = 100;

    /** The methods whose cost is shown as T grows. */
    private static final List<GradientMethod> GROWING = List.of(
            GradientMethod.NAIVE,
            GradientMethod.AUTODIFF_STORE,
            GradientMethod.AUTODIFF_SQRT,
            GradientMethod.FAST_STORE,
            GradientMethod.FAST_SQRT,
            GradientMethod.FAST_REVERSIBLE);

    /** How much of the available memory a cell may take. */
    private static final double SHARE = 0.8;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--budget",
            description = "quick (minutes: H up to 10, T up to 800) or full (about an hour: H up to 50, T up to 3200)"
                    + " (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(names = "--horizons", split = ",", paramLabel = "H", description = "The rounds, instead of the budget's.")
    private @Nullable List<Integer> horizons;

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "T",
            description = "The mirror-descent steps along which cost is seen to grow, instead of the budget's.")
    private @Nullable List<Integer> steps;

    @Option(names = "--inner-steps", paramLabel = "T", description = "The table's steps (${DEFAULT-VALUE}).")
    private int innerSteps = 400;

    @Option(names = "--values", paramLabel = "N", description = "Values and bids (${DEFAULT-VALUE}).")
    private int values = 100;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of table2.csv and the charts (runs/table2-TIME); cells that it holds stand.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the result as one JSON object, the last line of stdout.")
    private boolean json;

    /**
     * How much to measure.
     *
     * @param horizons H of the table's rows; the first is that along which T grows
     * @param steps T along which cost is seen to grow
     * @param engine how gradients by the engine are measured
     * @param fast how all others are
     */
    private record Budget(
            List<Integer> horizons, List<Integer> steps, Table2Cell.Repetitions engine, Table2Cell.Repetitions fast) {

        static Budget named(String name) {
            return switch (name) {
                case "quick" ->
                    new Budget(
                            List.of(5, 10),
                            List.of(100, 200, 400, 800),
                            new Table2Cell.Repetitions(0, 1),
                            new Table2Cell.Repetitions(20, 10));
                case "full" ->
                    new Budget(
                            List.of(5, 10, 25, 50),
                            List.of(100, 200, 400, 800, 1600, 3200),
                            new Table2Cell.Repetitions(1, 3),
                            new Table2Cell.Repetitions(40, 20));
                default -> throw new InvalidInputException("--budget must be quick or full, not " + name);
            };
        }

        Table2Cell.Repetitions of(Table2Cell cell) {
            return cell.method().isFast() ? fast : engine;
        }
    }

    /** What is reported. */
    private record Result(List<ObjectNode> cells, Map<String, Verdict> claim, String runDirectory) {}

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        Budget plan = plan();
        Path folder = out != null ? out : RunFolder.fresh("table2");
        Table2File cells = Table2File.in(folder);
        Table2Report report;
        try (Interruption hint = Interruption.hint(folder.resolve(Table2File.NAME), again(folder))) {
            report = measure(plan, cells, folder);
        }
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(Json.line(new Result(cells.rows(), report.claim(), folder.toString())));
        } else {
            stdout.print(report.text());
            stdout.printf("%nall of it in %s%n", folder);
        }
        stdout.flush();
        return 0;
    }

    /** Measures what a folder lacks at the usual sizes, leaves the tables there as text, and says how the claim stands. */
    static Verdict reproduce(Reproduction.Budget budget, Path folder) throws IOException {
        Table2Command command = new Table2Command();
        command.budget = budget.name().toLowerCase(Locale.ROOT);
        Table2Report report = command.measure(command.plan(), Table2File.in(folder), folder);
        AtomicFile.write(folder.resolve("table2.txt"), report.text());
        return report.verdict();
    }

    private Table2Report measure(Budget plan, Table2File cells, Path folder) throws IOException {
        List<Table2Cell> byHorizon = new ArrayList<>();
        for (int horizon : plan.horizons()) {
            methods().forEach(method -> byHorizon.add(new Table2Cell(method, horizon, innerSteps, values)));
        }
        List<Table2Cell> bySteps = new ArrayList<>();
        for (int t : plan.steps()) {
            GROWING.forEach(
                    method -> bySteps.add(new Table2Cell(method, plan.horizons().get(0), t, values)));
        }
        Set<Table2Cell> all = new LinkedHashSet<>(byHorizon);
        all.addAll(bySteps);
        Files.createDirectories(folder);
        measure(all, plan, cells);
        Table2Charts charts = new Table2Charts(cells);
        Charts.attempt(() -> charts.horizon(folder.resolve("table2-horizon.png"), byHorizon));
        Charts.attempt(() -> charts.steps(folder.resolve("table2-steps.png"), bySteps));
        return new Table2Report(cells, byHorizon, bySteps);
    }

    private Budget plan() {
        Budget named = Budget.named(budget);
        Budget plan = new Budget(
                horizons != null ? horizons : named.horizons(),
                steps != null ? steps : named.steps(),
                named.engine(),
                named.fast());
        plan.horizons().forEach(horizon -> atLeast("--horizons", horizon, 1));
        plan.steps().forEach(t -> atLeast("--steps", t, 1));
        atLeast("--inner-steps", innerSteps, 1);
        atLeast("--values", values, 2);
        return plan;
    }

    private static void atLeast(String option, int number, int least) {
        if (number < least) {
            throw new InvalidInputException("%s must be at least %d, not %d".formatted(option, least, number));
        }
    }

    private static List<GradientMethod> methods() {
        List<GradientMethod> methods = new ArrayList<>(
                List.of(GradientMethod.NAIVE, GradientMethod.AUTODIFF_SQRT, GradientMethod.FAST_REVERSIBLE));
        if (Engine.getInstance().getGpuCount() > 0) {
            methods.addAll(List.of(GradientMethod.GPU_NAIVE, GradientMethod.GPU_SQRT));
        }
        return methods;
    }

    /** The arguments that go on in a folder. */
    private String again(Path folder) {
        String given =
                String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
        return out != null ? given : given + " --out " + folder;
    }

    private static void measure(Set<Table2Cell> all, Budget plan, Table2File cells) throws IOException {
        List<Table2Cell> left =
                all.stream().filter(cell -> cells.cost(cell) == null).toList();
        try (Progress progress = new Progress("table2", all.size() - left.size(), all.size())) {
            for (Table2Cell cell : left) {
                Outcome outcome = measure(cell, plan.of(cell), cells);
                cells.put(cell, outcome);
                progress.advance("%s: %s".formatted(cell, Table2Report.text(outcome)));
            }
        }
    }

    private static Outcome measure(Table2Cell cell, Table2Cell.Repetitions repetitions, Table2File cells) {
        double expected = cell.method() == GradientMethod.NAIVE ? naiveMiB(cell, cells) : 0;
        if (expected > SHARE * Memory.availableMiB()) {
            return new Outcome(String.format(Locale.ROOT, "did not run (would need %.1f GiB)", expected / 1024), null);
        }
        try {
            return Outcome.of(BenchProcess.gradient(cell.options(repetitions)));
        } catch (IOException e) {
            return new Outcome("failed: " + Failure.reason(e), null);
        }
    }

    /** The memory of naive differentiation grows with H T: from the largest cell that was measured, if there is one. */
    private static double naiveMiB(Table2Cell cell, Table2File cells) {
        double ratio = (double) cell.values() / NAIVE_VALUES;
        double perRound = NAIVE_MIB / NAIVE_ROUNDS * ratio * ratio;
        long largest = 0;
        for (Table2Cell known : cells.all()) {
            BenchGradientCommand.Result cost = cells.cost(known);
            boolean alike = known.method() == cell.method() && known.values() == cell.values();
            if (alike && cost != null && known.rounds() > largest) {
                largest = known.rounds();
                perRound = cost.peakRssMiB() / largest;
            }
        }
        return perRound * cell.rounds();
    }
}
