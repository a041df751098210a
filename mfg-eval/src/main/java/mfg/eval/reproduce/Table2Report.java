package mfg.eval.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import mfg.eval.bench.GradientCost;
import mfg.eval.io.Provenance;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.reproduce.Table2Cell.Outcome;
import mfg.eval.reproduce.Table2Cell.Published;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/**
 * Table 2 in text and charts, and whether the paper's claim holds.
 *
 * @param outcomes what was measured
 * @param byHorizon the cells of the table, row by row
 * @param bySteps the cells along which T grows, row by row
 */
record Table2Report(Map<Table2Cell, Outcome> outcomes, List<Table2Cell> byHorizon, List<Table2Cell> bySteps) {

    private @Nullable GradientCost cost(Table2Cell cell) {
        Outcome outcome = outcomes.get(cell);
        return outcome == null ? null : outcome.cost();
    }

    // ---- text ----

    /** What came of a cell: seconds, the most memory of its process, and in parentheses what it keeps for the way back. */
    static String text(@Nullable Outcome outcome) {
        GradientCost cost = outcome == null ? null : outcome.cost();
        if (cost == null) {
            return outcome == null ? "" : outcome.status();
        }
        return Text.of("%.3g s, %.0f MiB (%.1f)", cost.secondsMedian(), cost.peakRssMiB(), cost.stateMiB());
    }

    private static String text(@Nullable Published published) {
        if (published == null) {
            return "";
        }
        return Double.isNaN(published.seconds())
                ? "did not run"
                : Text.of("%.2f ± %.2f s, %.0f MiB", published.seconds(), published.deviation(), published.mebibytes());
    }

    /** Both tables and the claim. */
    String text() {
        Table2Cell any = byHorizon.get(0);
        Text text = new Text();
        text.line("Table 2: one gradient of A1, T = %d, %d values and bids", any.innerSteps(), any.values());
        text.line("published: JAX on one H100; here: float32, one thread of %s,", Provenance.processor());
        text.line("the median time and the most memory of the process (in parentheses what is kept for the way back)");
        text.line("%n%s", table("H", Table2Cell::horizon, byHorizon, true));
        text.line("as T grows, H = %d", bySteps.get(0).horizon());
        text.line("%n%s", table("T", Table2Cell::innerSteps, bySteps, false));
        text.line("The paper's claim, %s:", Table2.CLAIM);
        claim().forEach((method, verdict) -> text.line("  %s %s", method, verdict));
        return text.toString();
    }

    /** One row for each value of a key, one column for each method. */
    private String table(String name, ToIntFunction<Table2Cell> key, List<Table2Cell> shown, boolean published) {
        Map<Integer, List<Table2Cell>> byKey =
                shown.stream().collect(Collectors.groupingBy(key::applyAsInt, LinkedHashMap::new, Collectors.toList()));
        List<String> header = new ArrayList<>(List.of(name));
        if (published) {
            header.addAll(List.of("naive, published", "AMID, published"));
        }
        shown.stream().map(cell -> cell.method().label()).distinct().forEach(header::add);
        List<List<String>> rows = new ArrayList<>();
        byKey.forEach((value, row) -> {
            List<String> texts = new ArrayList<>(List.of(value.toString()));
            if (published) {
                texts.add(text(row.get(0).published(true)));
                texts.add(text(row.get(0).published(false)));
            }
            row.forEach(cell -> texts.add(text(outcomes.get(cell))));
            rows.add(texts);
        });
        return TextTable.text(header, rows);
    }

    // ---- the claim ----

    /** Whether the paper's claim holds for each method that is no naive one, by label. */
    Map<String, Verdict> claim() {
        Map<String, Verdict> claim = new LinkedHashMap<>();
        byHorizon.stream()
                .map(Table2Cell::method)
                .filter(method -> !method.isNaive())
                .distinct()
                .forEach(method -> claim.put(method.label(), verdict(method)));
        return claim;
    }

    private Verdict verdict(GradientMethod method) {
        DoubleSummaryStatistics time = new DoubleSummaryStatistics();
        DoubleSummaryStatistics memory = new DoubleSummaryStatistics();
        List<String> alone = new ArrayList<>();
        for (Table2Cell cell : byHorizon) {
            GradientCost cost = cell.method() == method ? cost(cell) : null;
            if (cost != null) {
                GradientCost naive =
                        cost(new Table2Cell(method.naive(), cell.horizon(), cell.innerSteps(), cell.values()));
                if (naive == null) {
                    alone.add("H = " + cell.horizon());
                } else {
                    time.accept(cost.secondsMedian() / naive.secondsMedian());
                    memory.accept(method.memory(cost) / method.memory(naive));
                }
            }
        }
        if (time.getCount() == 0) {
            return new Verdict(Verdict.Outcome.UNTOLD, "there is nothing to compare with");
        }
        boolean all = time.getMax() < 1 && memory.getMax() < 1;
        boolean none = time.getMin() >= 1 && memory.getMin() >= 1;
        return Verdict.of(
                List.of(all, !none),
                "%s of the time, %s of the memory%s",
                range(time),
                range(memory),
                alone.isEmpty() ? "" : "; naive did not run at " + String.join(", ", alone));
    }

    private static String range(DoubleSummaryStatistics ratios) {
        String least = Text.of("%.2g", ratios.getMin());
        String most = Text.of("%.2g", ratios.getMax());
        return least.equals(most) ? least : least + " to " + most;
    }

    // ---- charts ----

    /** The table, with what the paper reports where that can be compared. */
    List<Plot> alongHorizon() {
        String problem =
                "One gradient of A1, T = %d: ".formatted(byHorizon.get(0).innerSteps());
        return List.of(
                Charts.logarithmic(
                        problem + "time",
                        "rounds H",
                        "seconds",
                        measured(byHorizon, Table2Cell::horizon, (method, cost) -> cost.secondsMedian()),
                        published(Published::seconds)),
                Charts.logarithmic(
                        problem + "memory",
                        "rounds H",
                        "MiB at most",
                        measured(byHorizon, Table2Cell::horizon, GradientMethod::memory),
                        published(Published::mebibytes)));
    }

    /** How cost grows with T. */
    List<Plot> alongSteps() {
        String problem = "One gradient of A1, H = %d: ".formatted(bySteps.get(0).horizon());
        return List.of(
                Charts.logarithmic(
                        problem + "time",
                        "mirror-descent steps T",
                        "seconds",
                        measured(bySteps, Table2Cell::innerSteps, (method, cost) -> cost.secondsMedian()),
                        List.of()),
                Charts.logarithmic(
                        problem + "memory",
                        "mirror-descent steps T",
                        "MiB kept for the way back",
                        measured(bySteps, Table2Cell::innerSteps, (method, cost) -> cost.stateMiB()),
                        List.of()));
    }

    /** One line for each method, through what was measured. */
    private List<Charts.Series> measured(
            List<Table2Cell> shown, ToIntFunction<Table2Cell> x, ToDoubleBiFunction<GradientMethod, GradientCost> y) {
        List<Charts.Series> lines = new ArrayList<>();
        for (GradientMethod method : GradientMethod.values()) {
            List<Table2Cell> cells = shown.stream()
                    .filter(cell -> cell.method() == method && cost(cell) != null)
                    .distinct()
                    .sorted(Comparator.comparingInt(x))
                    .toList();
            lines.add(new Charts.Series(
                    method.label(),
                    cells.stream().mapToDouble(x::applyAsInt).toArray(),
                    cells.stream()
                            .mapToDouble(cell -> y.applyAsDouble(method, Objects.requireNonNull(cost(cell))))
                            .toArray()));
        }
        return lines;
    }

    /** The two methods of the paper. */
    private List<Charts.Series> published(ToDoubleFunction<Published> y) {
        List<Charts.Series> points = new ArrayList<>();
        for (boolean naive : new boolean[] {true, false}) {
            List<Published> known = byHorizon.stream()
                    .map(cell -> cell.published(naive))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            points.add(new Charts.Series(
                    (naive ? "naive" : "AMID") + ", published",
                    known.stream().mapToDouble(Published::horizon).toArray(),
                    known.stream().mapToDouble(y).toArray()));
        }
        return points;
    }
}
