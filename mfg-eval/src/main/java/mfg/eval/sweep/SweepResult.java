package mfg.eval.sweep;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Json;
import mfg.eval.io.Summary;
import mfg.eval.io.TextTable;
import mfg.eval.run.Result;

/**
 * What {@code sweep} reports, by JSON name.
 *
 * @param rows one for each run: what was varied, its result, its status, and what it is worth among N players
 */
public record SweepResult(List<Row> rows, String runDirectory) implements Summary {

    /** Of an evaluation among N players, what becomes a column. */
    private static final List<String> AMONG_PLAYERS = List.of("objective", "bias", "deviation", "exploitability");

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

        String text(String figure) {
            Result result = outcome.result();
            double number = result == null ? Double.NaN : result.figures().getOrDefault(figure, Double.NaN);
            return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.4f", Math.abs(number) < 5e-5 ? 0 : number);
        }
    }

    /** What the table shows of a design, by figure. */
    private static Map<String, String> ofDesign() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("objective", "G at T");
        columns.put("validationObjective", "at T_val");
        columns.put("longObjective", "at long T");
        columns.put("longExploitability", "exploitability");
        columns.put("longRegularizedExploitability", "regularized");
        return columns;
    }

    private boolean areDesigns() {
        return rows.get(0).outcome().cell().kind() == DesignKind.DESIGN;
    }

    /** The titles of columns, by figure. */
    private Map<String, String> columns() {
        if (areDesigns()) {
            return ofDesign();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        rows.stream()
                .map(row -> row.outcome().result())
                .filter(Objects::nonNull)
                .forEach(result -> result.figures().keySet().forEach(name -> columns.put(name, name)));
        return columns;
    }

    @Override
    public String summary() {
        List<Integer> players = rows.stream()
                .flatMap(row -> row.players().stream().map(NPlayerEvaluation::players))
                .distinct()
                .toList();
        List<String> header = new ArrayList<>();
        rows.get(0).outcome().cell().labels().fieldNames().forEachRemaining(header::add);
        header.addAll(columns().values());
        players.forEach(count -> header.add("bias N=" + count));
        if (areDesigns()) {
            header.add("no zero-dominance");
        }
        header.add("status");
        String text = TextTable.text(
                header, rows.stream().map(row -> texts(row, players)).toList());
        String note = areDesigns() ? "exploitability plain and regularized, at the long T; " : "";
        return text + "%sall of it in %s%n".formatted(note, runDirectory);
    }

    private List<String> texts(Row row, List<Integer> players) {
        List<String> texts = new ArrayList<>();
        for (JsonNode label : row.outcome().cell().labels()) {
            texts.add(Sweep.text(label));
        }
        columns().keySet().forEach(figure -> texts.add(row.text(figure)));
        if (row.players().isEmpty()) {
            players.forEach(count -> texts.add(""));
        }
        row.players().forEach(evaluation -> texts.add(String.format(Locale.ROOT, "%.4f", evaluation.bias())));
        if (areDesigns()) {
            Boolean holds = row.outcome().result() instanceof DesignResult result ? result.noZeroDominance() : null;
            texts.add(holds == null ? "" : holds ? "holds" : "violated");
        }
        texts.add(row.status());
        return texts;
    }
}
