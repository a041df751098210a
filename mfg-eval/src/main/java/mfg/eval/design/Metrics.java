package mfg.eval.design;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.train.Evaluation;
import mfg.train.IncentiveDesign.Iteration;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;

/** What happened in each iteration of a run: one row of {@code metrics.csv} each. Row 0 is the validation of the start. */
final class Metrics {

    private static final List<String> HEADER = List.of(
            "iteration",
            "objective",
            "gradientNorm",
            "learningRate",
            "seconds",
            "validationObjective",
            "exploitability",
            "regularizedExploitability");

    private final List<Iteration> rows = new ArrayList<>();
    private final int validationSteps;

    /** An empty table of a run that validates after so many steps. */
    Metrics(int validationSteps) {
        this.validationSteps = validationSteps;
    }

    /** The types of the columns, for reading the file as a table. */
    static ColumnType[] columnTypes() {
        ColumnType[] types = new ColumnType[HEADER.size()];
        Arrays.fill(types, ColumnType.DOUBLE);
        types[0] = ColumnType.INTEGER;
        return types;
    }

    void add(Iteration row) {
        rows.add(row);
    }

    List<Iteration> rows() {
        return rows;
    }

    /** The iterations of training, without the row of the start. */
    List<Iteration> iterations() {
        return List.copyOf(rows.subList(1, rows.size()));
    }

    /** Writes the table, whole or not at all. */
    void save(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(HEADER);
            for (Iteration row : rows) {
                csv.writeRecord(
                        Integer.toString(row.number()),
                        number(row.objective()),
                        number(row.gradientNorm()),
                        number(row.learningRate()),
                        number(row.seconds()),
                        validated(row, Evaluation::objective),
                        validated(row, Evaluation::exploitability),
                        validated(row, Evaluation::regularizedExploitability));
            }
        }
        AtomicFile.write(file, text.toString());
    }

    private static String validated(Iteration row, ToDoubleFunction<Evaluation> figure) {
        Evaluation validation = row.validation();
        return validation == null ? "" : number(figure.applyAsDouble(validation));
    }

    /** Not a number where there is none, as in row 0; read back exactly. */
    private static String number(double x) {
        return Double.isNaN(x) ? "" : Double.toString(x);
    }

    /** Reads the rows up to an iteration: what came after it will be done again. */
    static Metrics load(Path file, int lastIteration, int validationSteps) throws IOException {
        Metrics metrics = new Metrics(validationSteps);
        if (!Files.exists(file)) {
            throw new InvalidInputException("the run has lost its %s".formatted(file.getFileName()));
        }
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : csv) {
                int iteration = Integer.parseInt(row.getField("iteration"));
                if (iteration <= lastIteration && iteration == metrics.rows.size()) {
                    metrics.add(metrics.parse(iteration, row));
                }
            }
        } catch (NumberFormatException | NoSuchElementException | CsvParseException | UncheckedIOException e) {
            throw new InvalidInputException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        }
        if (metrics.rows.size() <= lastIteration) {
            throw new InvalidInputException(
                    "%s is damaged: iteration %d of %d is missing".formatted(file, metrics.rows.size(), lastIteration));
        }
        return metrics;
    }

    private Iteration parse(int iteration, NamedCsvRecord row) {
        @Nullable
        Evaluation validation = row.getField("validationObjective").isEmpty()
                ? null
                : new Evaluation(
                        validationSteps,
                        field(row, "validationObjective"),
                        field(row, "exploitability"),
                        field(row, "regularizedExploitability"));
        return new Iteration(
                iteration,
                field(row, "objective"),
                field(row, "gradientNorm"),
                field(row, "learningRate"),
                field(row, "seconds"),
                validation);
    }

    private static double field(NamedCsvRecord row, String name) {
        String text = row.getField(name);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    /** The last validation; there is one from row 0 on. */
    Evaluation lastValidation() {
        @Nullable Evaluation last = null;
        for (Iteration row : rows) {
            last = row.validation() == null ? last : row.validation();
        }
        return Objects.requireNonNull(last);
    }

    /** The median time of a gradient, or NaN if there was none. */
    double secondsPerGradient() {
        double[] seconds = rows.stream()
                .mapToDouble(Iteration::seconds)
                .filter(s -> !Double.isNaN(s))
                .sorted()
                .toArray();
        return seconds.length == 0 ? Double.NaN : (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
    }

    /** The objective before the last step, or NaN if there was none. */
    double lastObjective() {
        return rows.isEmpty() ? Double.NaN : rows.get(rows.size() - 1).objective();
    }

    /** The norm of the last gradient, before clipping, or NaN if there was none. */
    double lastGradientNorm() {
        return rows.isEmpty() ? Double.NaN : rows.get(rows.size() - 1).gradientNorm();
    }
}
