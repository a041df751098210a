package mfg.eval.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.eval.bench.GradientCost;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.reproduce.Table2Cell.Outcome;
import mfg.eval.reproduce.Table2Cell.Published;
import org.jspecify.annotations.Nullable;

/** The cells that were measured, kept in a file from which measuring goes on. */
final class Table2File {

    private final Path file;
    private final Map<Table2Cell, Outcome> outcomes = new LinkedHashMap<>();

    private Table2File(Path file) {
        this.file = file;
    }

    /** Reads what a folder holds: what was measured stands, and the rest will be tried again. */
    static Table2File in(Path folder) throws IOException {
        Table2File cells = new Table2File(folder.resolve(Table2.FILE));
        if (Files.exists(cells.file)) {
            for (ObjectNode row : Csv.read(cells.file)) {
                if (row.path("status").asText().equals(Outcome.MEASURED)) {
                    cells.read(row);
                }
            }
        }
        return cells;
    }

    private void read(ObjectNode row) {
        try {
            GradientCost cost = Json.read(row, GradientCost.class);
            GradientMethod method = GradientMethod.named(row.path("column").asText());
            Table2Cell cell = new Table2Cell(method, cost.horizon(), cost.innerSteps(), cost.values());
            outcomes.put(cell, Outcome.of(cost));
        } catch (JacksonException | InvalidInputException e) {
            String reason = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
            throw new InvalidInputException("%s is damaged: %s".formatted(file, reason), e);
        }
    }

    @Nullable
    Outcome get(Table2Cell cell) {
        return outcomes.get(cell);
    }

    @Nullable
    GradientCost cost(Table2Cell cell) {
        Outcome outcome = outcomes.get(cell);
        return outcome == null ? null : outcome.cost();
    }

    Set<Table2Cell> all() {
        return outcomes.keySet();
    }

    void put(Table2Cell cell, Outcome outcome) throws IOException {
        outcomes.put(cell, outcome);
        Csv.write(file, rows());
    }

    /** A row for each cell: its column, what came of it, all that was measured, and what the paper reports. */
    List<ObjectNode> rows() {
        return outcomes.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ObjectNode row(Table2Cell cell, Outcome outcome) {
        ObjectNode row = Json.object();
        row.put("column", cell.method().column());
        row.put("status", outcome.status());
        row.put("horizon", cell.horizon());
        row.put("innerSteps", cell.innerSteps());
        row.put("values", cell.values());
        if (outcome.cost() != null) {
            row.setAll(Json.fields(outcome.cost()));
        }
        Published published = cell.published(cell.method().isNaive());
        if (published != null && Double.isFinite(published.seconds())) {
            row.put("publishedSeconds", published.seconds());
            row.put("publishedDeviation", published.deviation());
            row.put("publishedMiB", published.mebibytes());
        }
        return row;
    }
}
