package mfg.envs.bids;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import mfg.core.InvalidInputException;

/**
 * The inverse bid function of first-price auctions among n bidders, {@code v = b + G(b) / ((n - 1) g(b))}: whoever bids b in
 * equilibrium has the value v (Guerre, Perrigne and Vuong 2000, equation 3). G is the empirical distribution of bids and g their
 * density.
 */
final class InverseBid {

    /** Below this a density is a guess. */
    static final int LEAST_BIDS = 20;

    /** Bids that differ by a smaller share of the highest are the same: a bandwidth must be many times as wide as rounding. */
    private static final double SAME = 1e-13;

    private final int bidders;
    private final double[] bids;
    private final Boundary boundary;
    private final BidDensity density;

    /**
     * Estimates the function.
     *
     * @param bidders n
     * @param bids (N) of all auctions among n bidders, ascending; not copied
     * @param boundary what becomes of bids near the lowest and the highest
     * @throws InvalidInputException if there are fewer than 20 bids, or all are the same to thirteen digits
     */
    InverseBid(int bidders, double[] bids, Boundary boundary) {
        if (bids.length < LEAST_BIDS) {
            throw new InvalidInputException("auctions of %d bidders have %d bids, but a density needs at least %d"
                    .formatted(bidders, bids.length, LEAST_BIDS));
        }
        if (isSame(bids[0], bids[bids.length - 1])) {
            throw new InvalidInputException("all bids in auctions of %d bidders are the same".formatted(bidders));
        }
        this.bidders = bidders;
        this.bids = bids;
        this.boundary = boundary;
        this.density = new BidDensity(bids, boundary);
    }

    /** Whether auctions of one number of bidders have bids enough, and not all the same. */
    static boolean suffices(List<Auction> alike) {
        DoubleSummaryStatistics bids = alike.stream()
                .flatMapToDouble(auction -> Arrays.stream(auction.bids()))
                .summaryStatistics();
        return bids.getCount() >= LEAST_BIDS && !isSame(bids.getMin(), bids.getMax());
    }

    private static boolean isSame(double lowest, double highest) {
        return highest - lowest <= SAME * highest;
    }

    /** Whether a bid is too close to the lowest or highest to tell its value. */
    boolean trims(double bid) {
        return boundary == Boundary.TRIM && !density.isInside(bid);
    }

    /** v at a bid, in the unit of bids; infinite far from all bids. */
    double value(double bid) {
        double share = (double) Ascending.upTo(bids, bid) / bids.length;
        return share == 0 ? bid : bid + share / ((bidders - 1) * density.at(bid));
    }

    /** v at each bid. */
    double[] values(double[] at) {
        return Arrays.stream(at).map(this::value).toArray();
    }
}
