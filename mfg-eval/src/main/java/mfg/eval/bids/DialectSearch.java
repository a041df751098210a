package mfg.eval.bids;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;

/** Finds how a table is written, from the beginning of its text: what it would be with each separator, and which fits best. */
final class DialectSearch {

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** Excel's own line above a table. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=(.)\"?[,;\t|]*\\R");

    /** In so many rows a header is sought. */
    private static final int TITLES = 20;

    private final LogFile file;
    private final Hints hints;
    private final String head;
    private final long skipped;
    private final List<Character> separators;
    private final boolean comments;

    /** A row of the text that is looked at. */
    private record Line(long number, boolean comment, List<String> cells) {

        int filled() {
            return Dialect.filled(cells);
        }

        boolean hasNumber() {
            return cells.stream().anyMatch(Amount::isOne);
        }
    }

    /** What the text would be with a separator. */
    private record Guess(Dialect dialect, boolean complete, boolean even, boolean clean) {

        int columns() {
            return dialect.first().size();
        }
    }

    private DialectSearch(LogFile file, Hints hints) throws IOException {
        this.file = file;
        this.hints = hints;
        head = file.head();
        if (head.isBlank()) {
            throw new InvalidInputException(
                    "%s is empty; a bid log begins with the names of its columns".formatted(file.path()));
        }
        if (head.indexOf(0) >= 0) {
            throw new InvalidInputException("%s is no text; save it as CSV".formatted(file.path()));
        }
        Matcher told = SEPARATOR_LINE.matcher(head);
        skipped = told.lookingAt() ? 1 : 0;
        separators = hints.separator() != null
                ? List.of(hints.separator())
                : skipped > 0 ? List.of(told.group(1).charAt(0)) : SEPARATORS;
        long hashes = head.lines().filter(line -> line.startsWith("#")).count();
        comments = 2 * hashes < head.lines().count(); // else they are the names of something
    }

    /**
     * Finds it.
     *
     * @throws InvalidInputException if the text is no table with the columns that are wanted, or may be several
     */
    static Dialect find(LogFile file, Hints hints) throws IOException {
        return new DialectSearch(file, hints).find();
    }

    private Dialect find() {
        List<Guess> guesses = new ArrayList<>();
        for (char separator : separators) {
            List<Line> lines = lines(separator);
            if (lines.stream().anyMatch(line -> !line.comment())) {
                guesses.add(guess(separator, lines));
            }
        }
        if (guesses.isEmpty()) {
            throw new InvalidInputException(
                    "%s is no table: in its first row a quoted cell has no end, or something follows it, or it is too long; a quote within quotes is written twice"
                            .formatted(file.path()));
        }
        List<Guess> best = guesses;
        for (Predicate<Guess> way : List.<Predicate<Guess>>of(Guess::complete, Guess::even, Guess::clean)) {
            List<Guess> rest = best.stream().filter(way).toList();
            best = rest.isEmpty() ? best : rest;
        }
        int most = best.stream().mapToInt(Guess::columns).max().orElseThrow();
        if (best.get(0).complete() && best.size() > 1 && most > 1) {
            throw new InvalidInputException("%s may be separated by %s; --separator decides"
                    .formatted(
                            file.path(),
                            best.stream()
                                    .map(guess -> Dialect.words(guess.dialect().separator()))
                                    .collect(Collectors.joining(" or by "))));
        }
        return best.stream()
                .max(Comparator.comparingInt(Guess::columns))
                .orElseThrow()
                .dialect();
    }

    /** All that is a table before the text is cut, or is none. */
    private List<Line> lines(char separator) {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = Dialect.csv(separator, comments).ofCsvRecord(new StringReader(head))) {
            for (CsvRecord row : csv) {
                if (row.getStartingLineNumber() > skipped) {
                    List<String> cells =
                            row.getFields().stream().map(Cell::stripped).toList();
                    lines.add(new Line(row.getStartingLineNumber(), row.isComment(), cells));
                }
            }
        } catch (CsvParseException | IOException e) {
            return lines;
        }
        return head.length() == LogFile.HEAD && lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines;
    }

    private Guess guess(char separator, List<Line> lines) {
        List<Line> rows = lines.stream().filter(line -> !line.comment()).toList();
        int usual =
                rows.stream().collect(Collectors.groupingBy(Line::filled, Collectors.counting())).entrySet().stream()
                        .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .orElseThrow()
                        .getKey();
        // what is shorter than most rows, or has one cell of many, is a title
        List<Line> table = rows.stream()
                .filter(row -> row.cells().size() >= usual && row.filled() >= Math.min(2, usual))
                .toList();
        Dialect dialect = table.stream()
                .limit(TITLES)
                .takeWhile(row -> !row.hasNumber())
                .map(row -> dialect(separator, lines, row))
                .filter(this::isComplete)
                .findFirst()
                .orElseGet(() -> dialect(separator, lines, table.isEmpty() ? rows.get(0) : table.get(0)));
        List<Line> below =
                rows.stream().filter(row -> row.number() >= dialect.headLine()).toList();
        boolean even = below.stream().allMatch(row -> dialect.fits(row.cells().size(), row.filled()));
        boolean clean = below.stream().flatMap(row -> row.cells().stream()).allMatch(cell -> isClean(cell, separator));
        return new Guess(dialect, isComplete(dialect), even, clean);
    }

    /** The table that begins with a row. Its header may be a comment right above it. */
    private Dialect dialect(char separator, List<Line> lines, Line row) {
        boolean named = hints.header() && !row.hasNumber();
        int above = lines.indexOf(row) - 1;
        if (hints.header() && !named && above >= 0 && lines.get(above).comment()) {
            List<String> names = Arrays.stream(lines.get(above).cells().get(0).split(Pattern.quote(separator + ""), -1))
                    .map(Cell::stripped)
                    .toList();
            if (names.size() == row.cells().size() && names.stream().noneMatch(Amount::isOne)) {
                return new Dialect(
                        file, separator, comments, true, names, lines.get(above).number());
            }
        }
        return new Dialect(file, separator, comments, named, row.cells(), row.number());
    }

    private boolean isComplete(Dialect dialect) {
        try {
            dialect.columns(hints);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** Whether no other separator stands in a cell, but in a number. */
    private boolean isClean(String cell, char separator) {
        return Amount.isOne(cell)
                || separators.stream().noneMatch(other -> other != separator && cell.indexOf(other) >= 0);
    }
}
