package mfg.eval.design;

import ai.djl.basicdataset.tabular.CsvDataset;
import ai.djl.util.Progress;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mfg.core.InvalidInputException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a bid log, as a dataset of DJL. Unlike its base it knows on which line of the file a row begins, and refuses
 * what is no table of UTF-8 text.
 */
final class BidRows extends CsvDataset {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .setTrim(true)
            .get();

    private final Path file;
    private final List<Long> lines = new ArrayList<>();

    private BidRows(Path file, CsvBuilder<?> builder) {
        super(builder);
        this.file = file;
    }

    /**
     * Reads some columns of a file.
     *
     * @param columns their names
     * @throws InvalidInputException if the file is no table, lacks one of them or has no rows
     */
    static BidRows read(Path file, List<String> columns) throws IOException {
        CsvBuilder<?> builder = builder().optCsvFile(file).setCsvFormat(FORMAT).setSampling(1, false);
        columns.forEach(builder::addCategoricalFeature);
        BidRows rows = new BidRows(file, builder.noLabels());
        rows.prepare(null);
        return rows;
    }

    @Override
    public void prepare(@Nullable Progress progress) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("%s is a folder, not a bid log".formatted(file));
        }
        csvRecords = new ArrayList<>();
        try (Reader text = new InputStreamReader(
                        BOMInputStream.builder().setPath(file).get(), // spreadsheets write a byte-order mark
                        StandardCharsets.UTF_8.newDecoder());
                CSVParser parser = csvFormat.parse(text)) {
            checkColumns(parser.getHeaderNames());
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                if (!isBlank(row)) {
                    checkFields(row, line, parser.getHeaderNames().size());
                    csvRecords.add(row);
                    lines.add(line);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("%s is no UTF-8 text".formatted(file), e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? new InvalidInputException("%s is no UTF-8 text".formatted(file), e)
                    : new InvalidInputException("%s is no CSV table: %s".formatted(file, e.getMessage()), e);
        }
        if (csvRecords.isEmpty()) {
            throw new InvalidInputException("%s has no rows below its header".formatted(file));
        }
    }

    private void checkColumns(List<String> names) {
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    "%s is empty; a bid log begins with the names of its columns".formatted(file));
        }
        getFeatures().forEach(feature -> {
            int count = Collections.frequency(names, feature.getName());
            if (count != 1) {
                throw new InvalidInputException("%s, line 1: there %s '%s'; the columns are %s"
                        .formatted(
                                file,
                                count == 0 ? "is no column" : "are %d columns".formatted(count),
                                feature.getName(),
                                String.join(", ", names)));
            }
        });
    }

    private static boolean isBlank(CSVRecord row) {
        return row.size() == 1 && row.get(0).isEmpty();
    }

    private void checkFields(CSVRecord row, long line, int columns) {
        if (row.size() != columns) {
            throw new InvalidInputException(
                    "%s, line %d has %d field(s), but there are %d columns".formatted(file, line, row.size(), columns));
        }
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
