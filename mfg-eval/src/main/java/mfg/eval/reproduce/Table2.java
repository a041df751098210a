package mfg.eval.reproduce;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.bench.BenchProcess;
import mfg.eval.bench.GradientCost;
import mfg.eval.io.Failure;
import mfg.eval.io.Memory;
import mfg.eval.io.Progress;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Table2Cell.Outcome;
import mfg.eval.view.Charts;

/**
 * The cost of one gradient, to be measured beside the paper's.
 *
 * @param horizons H of the table's rows; the first is that along which T grows
 * @param steps T along which cost is seen to grow
 * @param innerSteps the table's T
 * @param values the number of values and of bids
 * @param engine how gradients by the engine are measured
 * @param fast how all others are
 */
public record Table2(
        List<Integer> horizons,
        List<Integer> steps,
        int innerSteps,
        int values,
        Table2Cell.Repetitions engine,
        Table2Cell.Repetitions fast) {

    /** What it is called. */
    public static final String NAME = "table2";

    /** The file of its cells, from which measuring goes on. */
    public static final String FILE = NAME + ".csv";

    /** The paper's claim. */
    public static final String CLAIM = "less time and far less memory than naive differentiation";

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

    public Table2 {
        horizons.forEach(horizon -> atLeast("--horizons", horizon, 1));
        steps.forEach(t -> atLeast("--steps", t, 1));
        atLeast("--inner-steps", innerSteps, 1);
        atLeast("--values", values, 2);
    }

    private static void atLeast(String option, int number, int least) {
        if (number < least) {
            throw new InvalidInputException("%s must be at least %d, not %d".formatted(option, least, number));
        }
    }

    /** What a budget allows, at the paper's sizes. */
    public static Table2 of(Reproduction.Budget budget) {
        return new Table2(
                budget.of(List.of(5, 10), List.of(5, 10, 25, 50)),
                budget.of(List.of(100, 200, 400, 800), List.of(100, 200, 400, 800, 1600, 3200)),
                400,
                100,
                budget.of(new Table2Cell.Repetitions(0, 1), new Table2Cell.Repetitions(1, 3)),
                budget.of(new Table2Cell.Repetitions(20, 10), new Table2Cell.Repetitions(40, 20)));
    }

    /**
     * What was measured.
     *
     * @param claim how the paper's claim stands, by method
     * @param text tables and claim
     */
    public record Measured(
            List<ObjectNode> cells,
            Map<String, Verdict> claim,
            @JsonIgnore String text,
            String runDirectory) implements Summary {

        /** How the claim stands for all methods. */
        public Verdict verdict() {
            return Verdict.joint(claim);
        }

        @Override
        public String summary() {
            return "%s%nall of it in %s%n".formatted(text, runDirectory);
        }
    }

    /** Measures what a folder lacks, and leaves tables and charts there. */
    public Measured measure(Path folder) throws IOException {
        Table2File cells = Table2File.in(folder);
        List<Table2Cell> byHorizon = new ArrayList<>();
        for (int horizon : horizons) {
            methods().forEach(method -> byHorizon.add(new Table2Cell(method, horizon, innerSteps, values)));
        }
        List<Table2Cell> bySteps = new ArrayList<>();
        for (int t : steps) {
            GROWING.forEach(method -> bySteps.add(new Table2Cell(method, horizons.get(0), t, values)));
        }
        Set<Table2Cell> all = new LinkedHashSet<>(byHorizon);
        all.addAll(bySteps);
        Files.createDirectories(folder);
        measure(all, cells);
        Table2Report report = new Table2Report(cells, byHorizon, bySteps);
        Measured measured = new Measured(cells.rows(), report.claim(), report.text(), folder.toString());
        AtomicFile.write(folder.resolve(NAME + ".txt"), measured.text());
        Table2Charts charts = new Table2Charts(cells);
        Charts.attempt(() -> charts.horizon(folder.resolve(NAME + "-horizon.png"), byHorizon));
        Charts.attempt(() -> charts.steps(folder.resolve(NAME + "-steps.png"), bySteps));
        return measured;
    }

    private static List<GradientMethod> methods() {
        List<GradientMethod> methods = new ArrayList<>(
                List.of(GradientMethod.NAIVE, GradientMethod.AUTODIFF_SQRT, GradientMethod.FAST_REVERSIBLE));
        if (Engine.getInstance().getGpuCount() > 0) {
            methods.addAll(List.of(GradientMethod.GPU_NAIVE, GradientMethod.GPU_SQRT));
        }
        return methods;
    }

    private void measure(Set<Table2Cell> all, Table2File cells) throws IOException {
        List<Table2Cell> left =
                all.stream().filter(cell -> cells.cost(cell) == null).toList();
        try (Progress progress = new Progress("table2", all.size() - left.size(), all.size())) {
            for (Table2Cell cell : left) {
                Outcome outcome = measure(cell, cell.method().isFast() ? fast : engine, cells);
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
            GradientCost cost = cells.cost(known);
            boolean alike = known.method() == cell.method() && known.values() == cell.values();
            if (alike && cost != null && known.rounds() > largest) {
                largest = known.rounds();
                perRound = cost.peakRssMiB() / largest;
            }
        }
        return perRound * cell.rounds();
    }
}
