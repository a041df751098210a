package mfg.eval.grid;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mfg.eval.io.Json;
import mfg.eval.run.Result;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run among many.
 *
 * @param <T> its result
 * @param status {@code finished}, why it ended early, or why there is no result
 */
public record Outcome<T extends Result>(
        Cell<?, T> cell, String status, @Nullable T result) {

    static <T extends Result> Outcome<T> ended(Cell<?, T> cell, T result) {
        return new Outcome<>(cell, result.status(), result);
    }

    /**
     * Labels, result and status; where a label and a field of the result have one name, the label stands. A figure is one number, also
     * where the result has it all along.
     */
    @JsonValue
    public ObjectNode row() {
        ObjectNode row = cell.labels().deepCopy();
        if (result != null) {
            Json.fields(result).properties().forEach(field -> row.putIfAbsent(field.getKey(), field.getValue()));
            result.figures().forEach((name, figure) -> {
                if (row.path(name).isArray()) {
                    Json.put(row, name, figure);
                }
            });
        }
        return row.put("status", status);
    }
}
