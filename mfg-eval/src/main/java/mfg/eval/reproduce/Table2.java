package mfg.eval.reproduce;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.bench.BenchProcess;
import mfg.eval.io.Csv;
import mfg.eval.io.Failure;
import mfg.eval.io.Memory;
import mfg.eval.io.Progress;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.reproduce.Table2Cell.Outcome;
import mfg.eval.run.RunFolder;
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
        horizons.forEach(horizon -> Range.atLeast("--horizons", horizon, 1));
        steps.forEach(t -> Range.atLeast("--steps", t, 1));
        Range.atLeast("--inner-steps", innerSteps, 1);
        Range.atLeast("--values", values, 2);
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
        Map<Table2Cell, Outcome> outcomes = measured(all, folder);
        Table2Report report = new Table2Report(outcomes, byHorizon, bySteps);
        Measured measured = new Measured(rows(outcomes), report.claim(), report.text(), folder.toString());
        AtomicFile.write(folder.resolve(NAME + ".txt"), measured.text());
        Charts.attempt(() -> Charts.save(folder.resolve(NAME + "-horizon.png"), report.alongHorizon()));
        Charts.attempt(() -> Charts.save(folder.resolve(NAME + "-steps.png"), report.alongSteps()));
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

    /** What came of all cells: those in the folder's file stand, and it gets each of the others. */
    private Map<Table2Cell, Outcome> measured(Set<Table2Cell> all, Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Map<Table2Cell, Outcome> outcomes = Files.exists(file) ? read(file) : new LinkedHashMap<>();
        List<Table2Cell> left =
                all.stream().filter(cell -> !outcomes.containsKey(cell)).toList();
        RunFolder.make(folder);
        try (Progress progress = new Progress(NAME, all.size() - left.size(), all.size())) {
            for (Table2Cell cell : left) {
                Outcome outcome = measure(cell, cell.method().isFast() ? fast : engine, outcomes);
                outcomes.put(cell, outcome);
                Csv.write(file, rows(outcomes));
                progress.advance("%s: %s".formatted(cell, Table2Report.text(outcome)));
            }
        }
        return outcomes;
    }

    private static Map<Table2Cell, Outcome> read(Path file) throws IOException {
        List<ObjectNode> rows = Csv.read(file);
        try {
            return Table2Cell.read(rows);
        } catch (JacksonException | InvalidInputException e) {
            String reason = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
            throw new InvalidInputException("%s is damaged: %s".formatted(file, reason), e);
        }
    }

    private static List<ObjectNode> rows(Map<Table2Cell, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .map(cell -> cell.getKey().row(cell.getValue()))
                .toList();
    }

    private static Outcome measure(
            Table2Cell cell, Table2Cell.Repetitions repetitions, Map<Table2Cell, Outcome> known) {
        double expected = cell.method() == GradientMethod.NAIVE ? naiveMiB(cell, known) : 0;
        if (expected > SHARE * Memory.availableMiB()) {
            return new Outcome(Text.of("did not run (would need %.1f GiB)", expected / 1024), null);
        }
        try {
            return Outcome.of(BenchProcess.gradient(cell.options(repetitions)));
        } catch (IOException e) {
            return new Outcome("failed: " + Failure.reason(e), null);
        }
    }

    /** The memory of naive differentiation grows with H T: from the largest cell that was measured, if there is one. */
    private static double naiveMiB(Table2Cell cell, Map<Table2Cell, Outcome> outcomes) {
        double ratio = (double) cell.values() / NAIVE_VALUES;
        double perRound = outcomes.entrySet().stream()
                .filter(known -> known.getKey().method() == cell.method()
                        && known.getKey().values() == cell.values()
                        && known.getValue().cost() != null)
                .max(Comparator.comparingLong(known -> known.getKey().rounds()))
                .map(known -> Objects.requireNonNull(known.getValue().cost()).peakRssMiB()
                        / known.getKey().rounds())
                .orElse(NAIVE_MIB / NAIVE_ROUNDS * ratio * ratio);
        return perRound * cell.rounds();
    }
}
