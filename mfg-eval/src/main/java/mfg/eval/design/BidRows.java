package mfg.eval.design;

import ai.djl.basicdataset.tabular.CsvDataset;
import ai.djl.util.Progress;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a bid log, as a dataset of DJL. Unlike its base it knows on which line of the file a row begins, and refuses
 * what is no table of UTF-8 text.
 */
final class BidRows extends CsvDataset {

    private final BidLayout layout;
    private final Path file;
    private final List<Long> lines = new ArrayList<>();

    private BidRows(BidLayout layout, CsvBuilder<?> builder) {
        super(builder);
        this.layout = layout;
        this.file = layout.file();
    }

    /**
     * Reads some columns of a file.
     *
     * @param columns their names or numbers
     * @throws InvalidInputException if the file is no table, lacks one of them or has no rows
     */
    static BidRows read(Path file, List<String> columns) throws IOException {
        try {
            BidLayout layout = BidLayout.of(file, columns);
            CsvBuilder<?> builder =
                    builder().optCsvFile(file).setCsvFormat(layout.format()).setSampling(1, false);
            columns.forEach(column -> builder.addCategoricalFeature(Integer.toString(layout.column(column))));
            BidRows rows = new BidRows(layout, builder.noLabels());
            rows.prepare(null);
            return rows;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("%s is no UTF-8 text".formatted(file), e);
        }
    }

    @Override
    public void prepare(@Nullable Progress progress) throws IOException {
        csvRecords = new ArrayList<>();
        try (Reader text = BidLayout.reader(file);
                CSVParser parser = csvFormat.parse(text)) {
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                if (!isBlank(row)) {
                    checkFields(row, line);
                    csvRecords.add(row);
                    lines.add(line);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw coding;
            }
            throw new InvalidInputException("%s is no CSV table: %s".formatted(file, e.getMessage()), e);
        }
        if (csvRecords.isEmpty()) {
            throw new InvalidInputException("%s has no rows below its header".formatted(file));
        }
    }

    private static boolean isBlank(CSVRecord row) {
        return row.size() == 1 && row.get(0).isEmpty();
    }

    private void checkFields(CSVRecord row, long line) {
        if (row.size() != layout.columns()) {
            throw new InvalidInputException("%s, line %d has %d field(s), but there are %d columns, separated by %s"
                    .formatted(
                            file,
                            line,
                            row.size(),
                            layout.columns(),
                            layout.separator().words()));
        }
    }

    BidLayout layout() {
        return layout;
    }

    int count() {
        return csvRecords.size();
    }

    /** The columns that were asked for, in that order. */
    List<String> cells(int row) {
        return getRowDirect(row, getFeatures());
    }

    /** Where a cell stands, in words. */
    String place(int row, String column) {
        return "%s, line %d, column %s".formatted(file, lines.get(row), column);
    }
}
