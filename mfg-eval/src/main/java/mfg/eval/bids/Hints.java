package mfg.eval.bids;

import java.util.List;
import java.util.Set;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a log tells of it. Columns are told by their name or, where none has that name, by their number from 1.
 *
 * @param bid the column of bids; null: this and the next two are found by usual names, such as amount
 * @param bidder who bids; null if bids have no bidders
 * @param auction in which auction; null if there is only one
 * @param biddersColumn how many competed in the auction, whether they bid or not; null if the log does not tell
 * @param lotsColumn how many there were to win; null if the log does not tell
 * @param covariates what else is wanted of auctions: a column, or {@code log(size)}, the logarithm of column size
 * @param header whether the first row may name the columns
 * @param separator what stands between columns; null: it is found
 * @param decimal the decimal mark; null: it is found
 * @param encoding of the text, by a name that Java knows; null: it is found
 */
public record Hints(
        @Nullable String bid,
        @Nullable String bidder,
        @Nullable String auction,
        @Nullable String biddersColumn,
        @Nullable String lotsColumn,
        List<String> covariates,
        boolean header,
        @Nullable Character separator,
        @Nullable DecimalMark decimal,
        @Nullable String encoding) {

    /** Everything is found. */
    public static final Hints NONE = new Hints(null, null, null, null, null, List.of(), true, null, null, null);

    /**
     * Checks them.
     *
     * @throws InvalidInputException if bidders or auctions have a column, but bids have none, or a covariate is there twice
     */
    public Hints {
        if (bid == null && (bidder != null || auction != null)) {
            throw new InvalidInputException("--bidder-column and --auction-column need --value-column");
        }
        covariates = List.copyOf(covariates);
        if (Set.copyOf(covariates).size() < covariates.size()) {
            throw new InvalidInputException("a covariate is given twice in " + String.join(", ", covariates));
        }
    }

    /** Of a log that tells nothing of auctions but their names. */
    public Hints(
            @Nullable String bid,
            @Nullable String bidder,
            @Nullable String auction,
            List<String> covariates,
            boolean header,
            @Nullable Character separator,
            @Nullable DecimalMark decimal,
            @Nullable String encoding) {
        this(bid, bidder, auction, null, null, covariates, header, separator, decimal, encoding);
    }
}
