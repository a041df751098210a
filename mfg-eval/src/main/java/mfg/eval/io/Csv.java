package mfg.eval.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;

/** Results as tables: a row each, a column for each field. */
public final class Csv {

    private Csv() {}

    /** Writes a table, whole or not at all. What a row lacks and what is null stays empty; lists get a column an entry. */
    public static void write(Path file, List<ObjectNode> results) throws IOException {
        List<Map<String, String>> rows = results.stream().map(Csv::row).toList();
        Set<String> header = new LinkedHashSet<>();
        rows.forEach(row -> header.addAll(row.keySet()));
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(header);
            for (Map<String, String> row : rows) {
                csv.writeRecord(
                        header.stream().map(name -> row.getOrDefault(name, "")).toList());
            }
        }
        AtomicFile.write(file, text.toString());
    }

    private static Map<String, String> row(ObjectNode result) {
        Map<String, String> row = new LinkedHashMap<>();
        result.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    row.put("%s%d".formatted(field.getKey(), i + 1), text(value.get(i)));
                }
            } else {
                row.put(field.getKey(), text(value));
            }
        });
        return row;
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    /**
     * Reads a table.
     *
     * @return its rows, all fields of which are texts
     * @throws InvalidInputException if it is none
     */
    public static List<ObjectNode> read(Path file) throws IOException {
        List<ObjectNode> results = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : csv) {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                row.getFieldsAsMap().forEach(result::put);
                results.add(result);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new InvalidInputException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        }
        return results;
    }
}
