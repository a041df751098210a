package mfg.eval.io;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Text in aligned columns between bars, which Markdown takes for a table, too.
 *
 * @param <R> what a row is made of
 */
public final class TextTable<R> {

    private final List<R> rows;
    private final List<String> header = new ArrayList<>();
    private final List<Function<R, String>> columns = new ArrayList<>();

    private TextTable(List<R> rows) {
        this.rows = rows;
    }

    /** A table without columns yet. */
    public static <R> TextTable<R> of(List<R> rows) {
        return new TextTable<>(rows);
    }

    /** Adds a column. */
    public TextTable<R> column(String name, Function<R, String> cell) {
        header.add(name);
        columns.add(cell);
        return this;
    }

    /** Lines, all of which end. */
    @Override
    public String toString() {
        return text(
                header,
                rows.stream()
                        .map(row ->
                                columns.stream().map(cell -> cell.apply(row)).toList())
                        .toList());
    }

    /**
     * Writes a table.
     *
     * @param header the names of the columns
     * @param rows as many cells each
     * @return lines, all of which end
     */
    public static String text(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, header);
        List<Integer> widths = IntStream.range(0, header.size())
                .mapToObj(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toList();
        all.add(1, widths.stream().map("-"::repeat).toList());
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            text.append('|');
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                text.append(' ')
                        .append(cell)
                        .append(" ".repeat(widths.get(i) - cell.length()))
                        .append(" |");
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
