package mfg.envs.bids;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;

/**
 * One auction of a log.
 *
 * @param bidders n, how many compete in it, whether the log has their bids or not; at least 2
 * @param bids (1 to n), one of each bidder of whom there is one, in any order; finite and not negative; not copied
 * @param covariates what else is known of the good, the same columns in each auction; none for auctions of one kind; not copied
 */
public record Auction(int bidders, double[] bids, double... covariates) {

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if there are too few bidders, too few or too many bids, or a number is not finite or a bid negative
     */
    public Auction {
        if (bidders < 2) {
            throw new InvalidInputException("an auction needs at least 2 bidders, not " + bidders);
        }
        if (bids.length < 1 || bids.length > bidders) {
            throw new InvalidInputException(
                    "an auction of %d bidders has from 1 to %d bids, not %d".formatted(bidders, bidders, bids.length));
        }
        for (double bid : bids) {
            if (!(bid >= 0) || Double.isInfinite(bid)) {
                throw new InvalidInputException("a bid must be a finite number that is not negative, not " + bid);
            }
        }
        for (double covariate : covariates) {
            if (!Double.isFinite(covariate)) {
                throw new InvalidInputException("a covariate must be a finite number, not " + covariate);
            }
        }
    }

    /** Refuses a log in which there is no auction, or one without the bid of somebody. */
    static void requireAllBids(List<Auction> auctions) {
        requireSome(auctions);
        for (Auction auction : auctions) {
            if (auction.bids().length < auction.bidders()) {
                throw new InvalidInputException("an auction of %d bidders must have a bid of each, not %d bids"
                        .formatted(auction.bidders(), auction.bids().length));
            }
        }
    }

    /** Refuses an empty log. */
    static void requireSome(List<Auction> auctions) {
        if (auctions.isEmpty()) {
            throw new InvalidInputException("there must be at least one auction");
        }
    }

    /** Auctions by their number of bidders, in the order of the log. */
    static SortedMap<Integer, List<Auction>> byBidders(List<Auction> auctions) {
        return auctions.stream().collect(Collectors.groupingBy(Auction::bidders, TreeMap::new, Collectors.toList()));
    }
}
