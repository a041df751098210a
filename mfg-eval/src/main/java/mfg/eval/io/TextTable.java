package mfg.eval.io;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in aligned columns between bars, which Markdown takes for a table, too. */
public final class TextTable {

    private TextTable() {}

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
