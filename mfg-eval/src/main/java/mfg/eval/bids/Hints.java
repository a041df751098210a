package mfg.eval.bids;

import java.util.List;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a log tells of it. Columns are told by their name or, where none has that name, by their number from 1.
 *
 * @param bid the column of bids; null: this and the next two are found by usual names, such as amount
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

    /**
     * Checks them.
     *
     * @throws InvalidInputException if bidders or auctions have a column, but bids have none
     */
    public Hints {
        if (bid == null && (bidder != null || auction != null)) {
            throw new InvalidInputException("--bidder-column and --auction-column need --value-column");
        }
    }
}
