package mfg.eval.bids;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;

/**
 * How a table is written.
 *
 * @param file the text
 * @param separator what stands between columns
 * @param comments whether lines that begin with # are none of the table
 * @param header whether there are names of columns
 * @param first the cells of the header or, without one, of the first row
 * @param headLine on which line that is, from 1
 */
record Dialect(LogFile file, char separator, boolean comments, boolean header, List<String> first, long headLine) {

    private static final Map<Character, String> WORDS =
            Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "bars", ' ', "spaces");

    /** For tables that are written so. */
    static CsvReader.CsvReaderBuilder csv(char separator, boolean comments) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .commentStrategy(comments ? CommentStrategy.READ : CommentStrategy.NONE);
    }

    /** A separator in the plural. */
    static String words(char separator) {
        return WORDS.getOrDefault(separator, "'%s'".formatted(separator));
    }

    /** Whether a row has a field for each column, and no other. Blank ones at the end do not count. */
    boolean fits(int fields, int filled) {
        return fields >= filled(first) && filled <= first.size();
    }

    /** How many cells there are up to the last that is not blank. */
    static int filled(List<String> cells) {
        int filled = cells.size();
        while (filled > 0 && cells.get(filled - 1).isEmpty()) {
            filled--;
        }
        return filled;
    }

    /**
     * Where the wanted columns are.
     *
     * @throws InvalidInputException if that is not clear
     */
    Columns columns(Hints hints) {
        return Columns.find(hints, header, first, "%s, line %d".formatted(file.path(), headLine));
    }

    /** What a column is called. */
    String name(int column) {
        return header && !first.get(column).isEmpty() ? first.get(column) : String.valueOf(column + 1);
    }

    /** In words. */
    String describe(DecimalMark decimal) {
        List<String> words = new ArrayList<>();
        words.add(file.charset().name());
        if (first.size() > 1) {
            words.add("separated by " + words(separator));
        }
        words.add("decimal " + decimal);
        words.add(header ? "header on line " + headLine : "no header");
        return String.join(", ", words);
    }
}
