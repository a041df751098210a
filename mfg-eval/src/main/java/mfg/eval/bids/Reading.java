package mfg.eval.bids;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/** How a log is written, as options. What is empty is found in the file. */
public record Reading(
        @Parameter(about = "the column of bids, by its name or number; without it usual names are sought")
        String valueColumn,

        @Parameter(about = "the column of who bids; of each the highest bid in an auction counts")
        String bidderColumn,

        @Parameter(about = "the column of auctions") String auctionColumn,

        @Parameter(about = "the column of how many lots an auction has; otherwise --lots")
        String lotsColumn,

        @Parameter(about = "the column of how many bidders an auction has; otherwise --bidders")
        String biddersColumn,

        @Parameter(
                about =
                        "columns that tell goods apart, such as size,log(age),category: bids are compared as if all goods were the average one")
        String covariates,

        @Parameter(about = "whether the first row may name the columns", value = "true")
        boolean header,

        @Parameter(
                about =
                        "what stands between columns: a character, comma, semicolon, tab, bar or space; it is found if not given")
        String separator,

        @Parameter(
                about = "what stands before decimals",
                value = FOUND,
                oneOf = {FOUND, "point", "comma"})
        String decimal,

        @Parameter(about = "of the text, such as UTF-16; it is found if not given")
        String encoding) {

    private static final String FOUND = "found";

    private static final Map<String, Character> SEPARATORS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "\\t", '\t', "bar", '|', "space", ' ');

    /**
     * The same for the reader.
     *
     * @throws InvalidInputException if an option is not understood
     */
    public Hints hints() {
        return new Hints(
                given(valueColumn),
                given(bidderColumn),
                given(auctionColumn),
                given(biddersColumn),
                given(lotsColumn),
                covariates.isEmpty()
                        ? List.of()
                        : Arrays.stream(covariates.split(",", -1))
                                .map(String::strip)
                                .toList(),
                header,
                column(),
                decimal.equals(FOUND) ? null : decimal.equals("point") ? DecimalMark.POINT : DecimalMark.COMMA,
                given(encoding));
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable Character column() {
        if (separator.isEmpty() || SEPARATORS.containsKey(separator)) {
            return SEPARATORS.get(separator);
        }
        if (separator.length() != 1 || "\"#\r\n".contains(separator)) {
            throw new InvalidInputException(
                    "--separator must be one character, comma, semicolon, tab, bar or space, not " + separator);
        }
        return separator.charAt(0);
    }
}
