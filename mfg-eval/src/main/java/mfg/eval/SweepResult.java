package mfg.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sweep} reports, by JSON name.
 *
 * @param rows one for each run: what was varied, its result, and its status
 */
record SweepResult(List<RunGrid.Outcome> rows, String runDirectory) implements Summary {

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
        List<String> header = new ArrayList<>();
        rows.get(0).cell().labels().fieldNames().forEachRemaining(header::add);
        COLUMNS.forEach(column -> header.add(column.name()));
        header.addAll(List.of("no zero-dominance", "status"));
        return TextTable.text(header, rows.stream().map(SweepResult::texts).toList())
                + "exploitability plain and regularized, at the long T; all of it in %s%n".formatted(runDirectory);
    }

    private static List<String> texts(RunGrid.Outcome row) {
        List<String> texts = new ArrayList<>();
        for (JsonNode label : row.cell().labels()) {
            texts.add(SweepFile.text(label));
        }
        DesignResult result = row.result();
        COLUMNS.forEach(column -> texts.add(column.text(result)));
        Boolean noZeroDominance = result == null ? null : result.noZeroDominance();
        texts.add(noZeroDominance == null ? "" : noZeroDominance ? "holds" : "violated");
        texts.add(row.status());
        return texts;
    }
}
