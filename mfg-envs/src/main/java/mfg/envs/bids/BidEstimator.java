package mfg.envs.bids;

import java.util.List;
import java.util.function.Function;

/**
 * How values are estimated from one log, as a {@link BidRule} has decided. It is the same for all resamples, which are drawn from
 * {@code auctions}.
 *
 * @param auctions what counts of the log, in its order; at least one auction, with the bids that count
 * @param leftOut how many auctions of the log do not
 * @param values the estimate of F from those auctions or a resample of them; may be called by several threads at once
 */
public record BidEstimator(List<Auction> auctions, int leftOut, Function<List<Auction>, ValueDistribution> values) {

    /** Counts what is left out of a log. */
    static BidEstimator of(List<Auction> log, List<Auction> used, Function<List<Auction>, ValueDistribution> values) {
        return new BidEstimator(used, log.size() - used.size(), values);
    }

    /**
     * The estimate from the log.
     *
     * @return F
     */
    public ValueDistribution distribution() {
        return values.apply(auctions);
    }
}
