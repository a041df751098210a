package mfg.eval.bids;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import mfg.eval.io.Text;
import org.jspecify.annotations.Nullable;

/** A column of names, as numbers; one that is not there has none. */
final class NameColumn {

    private final String name;
    private final @Nullable Cell cell;
    private final Dictionary dictionary = new Dictionary();
    private int[] numbers = {};

    /**
     * A column of which nothing was kept.
     *
     * @param name what it is called in sentences
     * @param cell of it in the row that is being read; null if there is no such column
     */
    NameColumn(String name, @Nullable Cell cell) {
        this.name = name;
        this.cell = cell;
    }

    boolean isBlank() {
        return cell != null && cell.isEmpty();
    }

    /** Makes room. */
    void resize(int rows) {
        numbers = Arrays.copyOf(numbers, rows);
    }

    /**
     * Keeps the cell.
     *
     * @param otherwise its number if there is no column
     */
    void keep(int index, int otherwise) {
        if (cell == null) {
            numbers[index] = otherwise;
        } else {
            cell.compose();
            numbers[index] = dictionary.number(cell);
        }
    }

    /** Where in a file something is that has a number here, for sentences. */
    String place(String what, int number) {
        return names().isEmpty() ? "" : ", %s '%.40s'".formatted(what, names().get(number));
    }

    /** Whether the last of so many rows has such a name, with anything but letters around it. */
    boolean isLast(Pattern pattern, int rows) {
        return cell != null
                && pattern.matcher(names().get(numbers[rows - 1]).replaceAll("\\P{L}+$|^\\P{L}+", ""))
                        .matches();
    }

    String name() {
        return name;
    }

    /** Not a copy. */
    int[] numbers() {
        return numbers;
    }

    List<String> names() {
        return dictionary.names();
    }

    /** How many there are, in words. */
    String describe() {
        return cell == null ? "not told apart" : Text.of("%d (column %s)", names().size(), name);
    }
}
