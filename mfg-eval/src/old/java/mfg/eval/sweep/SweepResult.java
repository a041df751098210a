package mfg.eval.sweep;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Json;
import mfg.eval.io.Summary;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sweep} reports, by JSON name.
 *
 * @param rows one for each run: what was varied, its result, its status, and what it is worth among N players
 */
record SweepResult(List<Row> rows, String runDirectory) implements Summary {

    /** Of an evaluation among N players, what becomes a column. */
    private static final List<String> AMONG_PLAYERS = List.of("objective", "bias", "deviation", "exploitability");

    /**
     * A run.
     *
     * @param players what its design is worth among N players, for each N of the sweep; empty where that was not found out
     */
    record Row(RunGrid.Outcome outcome, List<NPlayerEvaluation> players) {

        /** Those of the run, then such as {@code biasN100}. */
        @JsonValue
        ObjectNode fields() {
            ObjectNode row = outcome.row();
            for (NPlayerEvaluation evaluation : players) {
                ObjectNode figures = Json.fields(evaluation);
                AMONG_PLAYERS.forEach(name -> row.set(name + "N" + evaluation.players(), figures.get(name)));
            }
            return row;
        }
    }

    /** What the table shows of a result. */
    private record Column(String name, ToDoubleFunction<DesignResult> figure) {

        String text(@Nullable DesignResult result) {
            return result == null ? "" : String.format(Locale.ROOT, "%.4f", figure.applyAsDouble(result));
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("G at T", DesignResult::objective),
            new Column("at T_val", DesignResult::validationObjective),
            new Column("at long T", DesignResult::longObjective),
            new Column("exploitability", DesignResult::longExploitability),
            new Column("regularized", DesignResult::longRegularizedExploitability));

    @Override
    public String summary() {
        List<Integer> players = rows.stream()
                .flatMap(row -> row.players().stream().map(NPlayerEvaluation::players))
                .distinct()
                .toList();
        List<String> header = new ArrayList<>();
        rows.get(0).outcome().cell().labels().fieldNames().forEachRemaining(header::add);
        COLUMNS.forEach(column -> header.add(column.name()));
        players.forEach(count -> header.add("bias N=" + count));
        header.addAll(List.of("no zero-dominance", "status"));
        return TextTable.text(
                        header, rows.stream().map(row -> texts(row, players)).toList())
                + "exploitability plain and regularized, at the long T; all of it in %s%n".formatted(runDirectory);
    }

    private static List<String> texts(Row row, List<Integer> players) {
        List<String> texts = new ArrayList<>();
        for (JsonNode label : row.outcome().cell().labels()) {
            texts.add(SweepFile.text(label));
        }
        DesignResult result = row.outcome().result();
        COLUMNS.forEach(column -> texts.add(column.text(result)));
        if (row.players().isEmpty()) {
            players.forEach(count -> texts.add(""));
        }
        row.players().forEach(evaluation -> texts.add(String.format(Locale.ROOT, "%.4f", evaluation.bias())));
        Boolean noZeroDominance = result == null ? null : result.noZeroDominance();
        texts.add(noZeroDominance == null ? "" : noZeroDominance ? "holds" : "violated");
        texts.add(row.outcome().status());
        return texts;
    }
}
