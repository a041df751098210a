package mfg.eval.bids;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a log tells of it. Columns are told by their name or, where none has that name, by their number from 1.
 *
 * @param bid the column of bids; null with the next two: columns are found by usual names, such as amount
 * @param bidder who bids; null if bids have no bidders
 * @param auction in which auction; null if there is only one
 * @param covariates columns of other numbers that are wanted
 * @param header whether the first row may name the columns
 * @param separator what stands between columns; null: it is found
 * @param decimal the decimal mark; null: it is found
 * @param encoding of the text, by a name that Java knows; null: it is found
 */
public record Hints(
        @Nullable String bid,
        @Nullable String bidder,
        @Nullable String auction,
        List<String> covariates,
        boolean header,
        @Nullable Character separator,
        @Nullable DecimalMark decimal,
        @Nullable String encoding) {

    /** Everything is found. */
    public static final Hints NONE = new Hints(null, null, null, List.of(), true, null, null, null);

    /** Whether columns are sought by usual names. */
    boolean seeksColumns() {
        return Stream.of(bid, bidder, auction).allMatch(Objects::isNull);
    }
}
