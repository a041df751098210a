package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import mfg.eval.bench.GradientCost;
import mfg.eval.io.Provenance;
import mfg.eval.io.TextTable;
import mfg.eval.reproduce.Table2Cell.Outcome;
import mfg.eval.reproduce.Table2Cell.Published;
import org.jspecify.annotations.Nullable;

/** Table 2 in text, and whether the paper's claim holds. */
final class Table2Report {

    private final Table2File cells;
    private final List<Table2Cell> byHorizon;
    private final List<Table2Cell> bySteps;

    /**
     * Prepares a report.
     *
     * @param cells what was measured
     * @param byHorizon the cells of the table, row by row
     * @param bySteps the cells along which T grows, row by row
     */
    Table2Report(Table2File cells, List<Table2Cell> byHorizon, List<Table2Cell> bySteps) {
        this.cells = cells;
        this.byHorizon = byHorizon;
        this.bySteps = bySteps;
    }

    /** What came of a cell: seconds, the most memory of its process, and in parentheses what it keeps for the way back. */
    static String text(@Nullable Outcome outcome) {
        GradientCost cost = outcome == null ? null : outcome.cost();
        if (cost == null) {
            return outcome == null ? "" : outcome.status();
        }
        return String.format(
                Locale.ROOT, "%.3g s, %.0f MiB (%.1f)", cost.secondsMedian(), cost.peakRssMiB(), cost.stateMiB());
    }

    private static String text(@Nullable Published published) {
        if (published == null) {
            return "";
        }
        return Double.isNaN(published.seconds())
                ? "did not run"
                : String.format(
                        Locale.ROOT,
                        "%.2f ± %.2f s, %.0f MiB",
                        published.seconds(),
                        published.deviation(),
                        published.mebibytes());
    }

    /** Both tables and the claim. */
    String text() throws IOException {
        Table2Cell any = byHorizon.get(0);
        StringBuilder text = new StringBuilder();
        line(text, "Table 2: one gradient of A1, T = %d, %d values and bids", any.innerSteps(), any.values());
        line(text, "published: JAX on one H100; here: float32, one thread of %s,", Provenance.processor());
        line(text, "the median time and the most memory of the process (in parentheses what is kept for the way back)");
        line(text, "");
        table(text, "H", Table2Cell::horizon, byHorizon, true);
        line(text, "");
        line(text, "as T grows, H = %d", bySteps.get(0).horizon());
        line(text, "");
        table(text, "T", Table2Cell::innerSteps, bySteps, false);
        line(text, "");
        line(text, "The paper's claim, %s:", Table2.CLAIM);
        claim().forEach((method, verdict) -> line(text, "  %s %s", method, verdict));
        return text.toString();
    }

    /** One row for each value of a key, one column for each method. */
    private void table(
            StringBuilder text, String name, ToIntFunction<Table2Cell> key, List<Table2Cell> shown, boolean published) {
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
            row.forEach(cell -> texts.add(text(cells.get(cell))));
            rows.add(texts);
        });
        text.append(TextTable.text(header, rows));
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }

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
            GradientCost cost = cell.method() == method ? cells.cost(cell) : null;
            if (cost != null) {
                GradientCost naive = cells.cost(cell.by(method.naive()));
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
                "%s of the time, %s of the memory%s"
                        .formatted(
                                range(time),
                                range(memory),
                                alone.isEmpty() ? "" : "; naive did not run at " + String.join(", ", alone)));
    }

    private static String range(DoubleSummaryStatistics ratios) {
        String least = String.format(Locale.ROOT, "%.2g", ratios.getMin());
        String most = String.format(Locale.ROOT, "%.2g", ratios.getMax());
        return least.equals(most) ? least : least + " to " + most;
    }
}
