package mfg.eval.bids;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a log that describe its auctions.
 *
 * @param bidders how many competed; null if there is no such column
 * @param lots how many there were to win; null if there is no such column
 * @param covariates what else is known
 */
record AuctionColumns(
        @Nullable AuctionColumn bidders, @Nullable AuctionColumn lots, List<Covariate> covariates) {

    List<AuctionColumn> all() {
        return Stream.concat(
                        Stream.of(bidders, lots).filter(Objects::nonNull),
                        covariates.stream().map(Covariate::column))
                .toList();
    }

    /** Refuses categories where only numbers make sense. */
    void requireNumbers() {
        Stream.concat(
                        Stream.of(bidders, lots).filter(Objects::nonNull),
                        covariates.stream().filter(Covariate::logarithm).map(Covariate::column))
                .forEach(AuctionColumn::requireNumbers);
    }
}
