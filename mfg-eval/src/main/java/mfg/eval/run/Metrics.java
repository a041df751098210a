package mfg.eval.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.view.Charts;

/** {@code metrics.csv}: a row for each step that left one, all of it numbers. What does not exist is empty. */
public final class Metrics {

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    /** What is written, and no {@code NaN}, {@code 1d} or {@code 0x1p3}, which Java reads, too. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

    private Metrics() {}

    static void save(Path file, List<ObjectNode> rows) throws IOException {
        Csv.write(file, rows);
    }

    /**
     * Reads the rows up to a step: what came after it will be done again.
     *
     * @throws InvalidInputException if a row, or a number that the task always has, is missing or is damaged
     */
    static List<ObjectNode> load(Path file, Task<?> task, String unit, int steps) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        for (ObjectNode row : read(file)) {
            int step = step(file, row, unit);
            if (step <= steps) {
                if (!seen.isEmpty() && step <= seen.get(seen.size() - 1)) {
                    throw new InvalidInputException(
                            "%s is damaged: %s %d comes twice, or too late".formatted(file, unit, step));
                }
                check(file, row, task, unit, step);
                rows.add(row);
                seen.add(step);
            }
        }
        for (int k = 0; k <= steps; k++) {
            if (task.hasRow(k) && !seen.contains(k)) {
                throw new InvalidInputException(
                        "%s is damaged: %s %d of %d is missing".formatted(file, unit, k, steps));
            }
        }
        return rows;
    }

    private static void check(Path file, ObjectNode row, Task<?> task, String unit, int step) {
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (field.getValue().isNull() && !task.mayBeEmpty(field.getKey(), step)) {
                throw new InvalidInputException(
                        "%s is damaged: %s %d has no %s".formatted(file, unit, step, field.getKey()));
            }
        }
    }

    private static int step(Path file, ObjectNode row, String unit) {
        JsonNode step = row.path(unit);
        if (!step.isNumber() || step.doubleValue() != step.intValue() || step.intValue() < 0) {
            throw new InvalidInputException("%s is damaged: a row has no %s".formatted(file, unit));
        }
        return step.intValue();
    }

    /**
     * Reads all rows of a table of numbers, to be written again as they were.
     *
     * @throws InvalidInputException if the file is missing, or something in it is no number
     */
    public static List<ObjectNode> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InvalidInputException("the run has lost its %s".formatted(file));
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode texts : Csv.read(file)) {
            ObjectNode row = Json.object();
            for (Map.Entry<String, JsonNode> field : texts.properties()) {
                put(file, row, field.getKey(), field.getValue().asText());
            }
            rows.add(row);
        }
        return rows;
    }

    /** What is written again is what was read: a step stays whole, and what does not exist empty. */
    private static void put(Path file, ObjectNode row, String column, String text) {
        try {
            if (text.isEmpty()) {
                row.putNull(column);
            } else if (WHOLE.matcher(text).matches()) {
                row.put(column, Long.parseLong(text));
            } else {
                row.put(column, finite(text));
            }
        } catch (NumberFormatException e) {
            throw new InvalidInputException("%s is damaged: '%s' is no number".formatted(file, text), e);
        }
    }

    private static double finite(String text) {
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    /** A number of a row; not a number where there is none. */
    public static double number(ObjectNode row, String column) {
        JsonNode value = row.path(column);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** The rows of a run that need not be open. */
    public static List<ObjectNode> of(Path run) throws IOException {
        return read(run.resolve(RunFolder.METRICS));
    }

    /** A column over the first one, of a run that need not be open; rows without a number left out. */
    public static Charts.Series series(String name, Path run, String column) throws IOException {
        return series(name, of(run), column);
    }

    /** A column over another one. */
    public static Charts.Series series(String name, List<ObjectNode> rows, String x, String y) {
        return new Charts.Series(
                name,
                rows.stream().mapToDouble(row -> number(row, x)).toArray(),
                rows.stream().mapToDouble(row -> number(row, y)).toArray());
    }

    /** A column over the first one; rows without a number left out. */
    public static Charts.Series series(String name, List<ObjectNode> rows, String column) {
        return all(
                name,
                rows.stream()
                        .filter(row -> Double.isFinite(number(row, column)))
                        .toList(),
                column);
    }

    /** Whole rows in which nothing is left out: broken where there is no number; empty where there is none at all. */
    public static Charts.Series broken(String name, List<ObjectNode> rows, String column) {
        boolean any = rows.stream().anyMatch(row -> Double.isFinite(number(row, column)));
        return all(name, any ? rows : List.of(), column);
    }

    private static Charts.Series all(String name, List<ObjectNode> rows, String column) {
        String unit = rows.isEmpty() ? "" : rows.get(0).fieldNames().next();
        return series(name, rows, unit, column);
    }

    /** The last number of a column; not a number if there is none. */
    public static double last(List<ObjectNode> rows, String column) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            double number = number(rows.get(i), column);
            if (!Double.isNaN(number)) {
                return number;
            }
        }
        return Double.NaN;
    }
}
