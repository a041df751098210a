package mfg.eval.design;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;

/**
 * How a bid log is laid out, found by a look at its first rows.
 *
 * @param file the log
 * @param separator between columns
 * @param hasHeader whether the first row names the columns
 * @param first the cells of the first row
 */
record BidLayout(Path file, Separator separator, boolean hasHeader, List<String> first) {

    /** So much is looked at. */
    private static final int HEAD = 1 << 16;

    private static final int ROWS = 20;

    /** What may stand between columns; where several would do, the earlier, for commas stand in numbers, too. */
    enum Separator {
        TAB('\t'),
        BAR('|'),
        SEMICOLON(';'),
        COMMA(',');

        private final char character;

        Separator(char character) {
            this.character = character;
        }

        private CSVFormat format() {
            return CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(character)
                    .setTrim(true)
                    .get();
        }

        /** In the plural. */
        String words() {
            return name().toLowerCase(Locale.ROOT) + "s";
        }
    }

    /**
     * Looks at a log.
     *
     * @param columns what is sought there, by name or number; of several separators that would do, one that shows these wins
     * @throws InvalidInputException if the file is empty or no UTF-8 text
     */
    static BidLayout of(Path file, List<String> columns) throws IOException {
        String head = head(file);
        List<BidLayout> all = new ArrayList<>();
        List<BidLayout> even = new ArrayList<>();
        for (Separator separator : Separator.values()) {
            List<List<String>> rows = rows(head, separator);
            List<String> first = rows.isEmpty() ? List.of("") : rows.get(0);
            BidLayout layout = new BidLayout(file, separator, first.stream().noneMatch(BidNumber::isOne), first);
            all.add(layout);
            if (first.size() > 1
                    && rows.stream().allMatch(row -> row.size() == first.size() || row.equals(List.of("")))) {
                even.add(layout);
            }
        }
        // where rows differ in length, or there is one column, the first row decides: a comma before all others
        return even.stream()
                .filter(layout -> columns.stream().allMatch(layout::has))
                .findFirst()
                .or(() -> even.stream().findFirst())
                .or(() -> all.stream().reduce((some, more) -> more.columns() >= some.columns() ? more : some))
                .orElseThrow();
    }

    private static String head(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("%s is a folder, not a bid log".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(64);
            boolean marked = start.length > 1 && start[0] + start[1] == -3; // FE FF or FF FE
            if (marked || IntStream.range(0, start.length).anyMatch(i -> start[i] == 0)) {
                throw new InvalidInputException("%s is UTF-16 or no text at all; save it as UTF-8".formatted(file));
            }
        }
        char[] head = new char[HEAD];
        int length = 0;
        try (Reader text = reader(file)) {
            for (int more = 0; more >= 0 && length < HEAD; more = text.read(head, length, HEAD - length)) {
                length += more;
            }
        }
        if (length == 0) {
            throw new InvalidInputException(
                    "%s is empty; a bid log begins with the names of its columns".formatted(file));
        }
        return new String(head, 0, length);
    }

    /** UTF-8, with or without the byte-order mark that spreadsheets write. */
    static Reader reader(Path file) throws IOException {
        return new InputStreamReader(BOMInputStream.builder().setPath(file).get(), StandardCharsets.UTF_8.newDecoder());
    }

    /** The first rows; as many as come before something that is no table. */
    private static List<List<String>> rows(String head, Separator separator) {
        List<List<String>> rows = new ArrayList<>();
        try (CSVParser parser = separator.format().parse(new StringReader(head))) {
            for (CSVRecord row : parser) {
                rows.add(row.toList());
                if (rows.size() == ROWS) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return rows;
        }
        boolean cut = head.length() == HEAD && rows.size() < ROWS && rows.size() > 1;
        return cut ? rows.subList(0, rows.size() - 1) : rows;
    }

    /** The format of the whole file. Columns are called by their numbers there, from 1. */
    CSVFormat format() {
        String[] numbers = IntStream.rangeClosed(1, first.size())
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        return separator
                .format()
                .builder()
                .setHeader(numbers)
                .setSkipHeaderRecord(hasHeader)
                .get();
    }

    int columns() {
        return first.size();
    }

    private boolean has(String column) {
        return (hasHeader && first.contains(column)) || isNumber(column);
    }

    private boolean isNumber(String column) {
        return column.matches("[1-9]\\d{0,5}") && Integer.parseInt(column) <= first.size();
    }

    /**
     * Finds a column: by its name, by its name but for case and surrounding spaces, or by its number.
     *
     * @return its number, from 1
     * @throws InvalidInputException if there is none, or several
     */
    int column(String name) {
        if (hasHeader) {
            List<Predicate<String>> ways = List.of(name::equals, heading -> heading.equalsIgnoreCase(name.strip()));
            for (Predicate<String> way : ways) {
                int[] found = IntStream.range(0, first.size())
                        .filter(i -> way.test(first.get(i)))
                        .toArray();
                if (found.length > 1) {
                    throw new InvalidInputException(
                            "%s, line 1: there are %d columns '%s'; choose one by its number, from 1 to %d"
                                    .formatted(file, found.length, name, first.size()));
                }
                if (found.length == 1) {
                    return found[0] + 1;
                }
            }
        }
        if (isNumber(name)) {
            return Integer.parseInt(name);
        }
        String cells = String.join(", ", first);
        throw new InvalidInputException((hasHeader
                        ? "%s, line 1: there is no column '%s'; the columns are %.200s"
                        : "%s, line 1: there is no column '%s', for this looks like a row, not a header: %.100s; "
                                + "without a header columns have numbers, as in --value-column 1")
                .formatted(file, name, cells));
    }
}
