package mfg.eval.sweep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.run.Result;
import mfg.eval.run.Run;

/**
 * What {@code sweep} reports, by JSON name.
 *
 * @param rows one for each run: what was varied, its result, its status, and what it is worth among N players
 * @param standings what the combinations are worth beside each other
 */
public record SweepResult(List<Row> rows, @JsonIgnore Standings standings, String runDirectory) implements Summary {

    /** Of an evaluation among N players, what becomes a column. */
    private static final List<String> AMONG_PLAYERS = List.of("objective", "bias", "deviation", "exploitability");

    private static final int MOST_WARNINGS = 10;

    /**
     * A run.
     *
     * @param status that of the outcome, and why there are no players where there should be
     * @param players what its design is worth among N players, for each N of the sweep; empty where that was not found out
     */
    record Row(Outcome<?> outcome, String status, List<NPlayerEvaluation> players) {

        static Row alone(Outcome<?> outcome) {
            return new Row(outcome, outcome.status(), List.of());
        }

        /** Those of the run, then such as {@code biasN100}. */
        @JsonValue
        ObjectNode fields() {
            ObjectNode row = outcome.row().put("status", status);
            for (NPlayerEvaluation evaluation : players) {
                ObjectNode figures = Json.fields(evaluation);
                AMONG_PLAYERS.forEach(name -> row.set(name + "N" + evaluation.players(), figures.get(name)));
            }
            return row;
        }

        private String figure(String name) {
            Result result = outcome.result();
            double figure = result == null ? Double.NaN : result.figures().getOrDefault(name, Double.NaN);
            return Double.isNaN(figure) ? "" : Numbers.fixed(figure);
        }

        private String bias(int count) {
            return players.stream()
                    .filter(evaluation -> evaluation.players() == count)
                    .map(evaluation -> Text.of("%.4f", evaluation.bias()))
                    .collect(Collectors.joining());
        }

        private String noZeroDominance() {
            Boolean holds = outcome.result() instanceof DesignResult result ? result.noZeroDominance() : null;
            return holds == null ? "" : holds ? "holds" : "violated";
        }
    }

    /** The figures that the table shows, and their titles. */
    private Map<String, String> figures() {
        Map<String, String> titles = new LinkedHashMap<>();
        if (areDesigns()) {
            titles.put("objective", "G at T");
            titles.put("validationObjective", "at T_val");
            titles.put("longObjective", "at long T");
            titles.put("longExploitability", "exploitability");
            titles.put("longRegularizedExploitability", "regularized");
        } else {
            rows.stream()
                    .map(row -> row.outcome().result())
                    .filter(Objects::nonNull)
                    .forEach(result -> result.figures().keySet().forEach(name -> titles.put(name, name)));
        }
        return titles;
    }

    private boolean areDesigns() {
        return rows.get(0).outcome().cell().kind() == DesignKind.DESIGN;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        long ended = rows.stream().filter(row -> row.outcome().result() != null).count();
        facts.add(new Fact("Runs", String.valueOf(ended), "with a result, of " + rows.size()));
        facts.addAll(standings.facts());
        return facts;
    }

    @Override
    public List<String> warnings() {
        List<String> all = rows.stream()
                .flatMap(row -> told(row).stream()
                        .map(words -> "%s: %s".formatted(row.outcome().cell().name(), words)))
                .toList();
        List<String> shown = new ArrayList<>(all.subList(0, Math.min(MOST_WARNINGS, all.size())));
        if (shown.size() < all.size()) {
            shown.add("and %d more, in the runs' own reports".formatted(all.size() - shown.size()));
        }
        return shown;
    }

    /** What is to be known of a run. */
    private static List<String> told(Row row) {
        Result result = row.outcome().result();
        List<String> told = new ArrayList<>();
        if (!row.status().equals(Run.FINISHED)) {
            told.add(row.status());
        }
        told.addAll(result == null ? List.of() : result.warnings());
        return told;
    }

    /** A failure only where nothing came of it at all; else each row tells of itself. */
    @Override
    public boolean hasFailed() {
        return rows.stream().allMatch(row -> row.outcome().result() == null);
    }

    @Override
    public String summary() {
        TextTable<Row> table = TextTable.of(rows);
        rows.get(0)
                .outcome()
                .cell()
                .labels()
                .fieldNames()
                .forEachRemaining(name -> table.column(
                        name, row -> Sweep.text(row.outcome().cell().labels().path(name))));
        figures().forEach((name, title) -> table.column(title, row -> row.figure(name)));
        rows.stream()
                .flatMap(row -> row.players().stream())
                .map(NPlayerEvaluation::players)
                .distinct()
                .forEach(count -> table.column("bias N=" + count, row -> row.bias(count)));
        if (areDesigns()) {
            table.column("no zero-dominance", Row::noZeroDominance);
        }
        table.column("status", Row::status);
        String note = areDesigns() ? "exploitability plain and regularized, at the long T; " : "";
        String best = standings.facts().stream()
                .map(fact -> "%s: %s, %s%n".formatted(fact.label(), fact.value(), fact.note()))
                .collect(Collectors.joining());
        long careful = rows.stream()
                .filter(row -> row.outcome().result() != null && !told(row).isEmpty())
                .count();
        String warning = careful == 0
                ? ""
                : "careful: %d of the runs have warnings of their own; report.html tells them%n".formatted(careful);
        return "%s%s%s%sall of it in %s%n".formatted(table, best, warning, note, runDirectory);
    }
}
