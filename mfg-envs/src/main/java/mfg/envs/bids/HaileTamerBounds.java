package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;
import mfg.core.InvalidInputException;

/**
 * Bounds on the distribution of values from the bids of ascending auctions, where bidders may stop early or jump (Haile and Tamer
 * 2003, Journal of Political Economy 111). Assumed is only that nobody bids more than the own value, and nobody lets another win at a
 * price that the own value beats by more than the increment. So the j-th highest bid is at most the j-th highest value, and the
 * highest bid and the increment are at least the second highest value.
 *
 * <p>Where the number of bidders is itself bounded, take the lower bound at the least number and the upper bound at the greatest.
 *
 * <p>The upper bound is a least of several estimates, so in small samples it is too low rather than too high.
 */
public final class HaileTamerBounds {

    private HaileTamerBounds() {}

    /**
     * The greatest F that the bids allow, {@code min_j phi_j(G_j(v))}: G_j is the distribution of the j-th highest bid, and phi_j
     * takes that of the j-th highest value to F.
     *
     * @param auctions of one kind of good, each with the last bid of each bidder who made one; who made none may have any value
     * @return the upper bound
     * @throws InvalidInputException if there is no auction
     */
    public static ValueDistribution upper(List<Auction> auctions) {
        Auction.requireSome(auctions);
        List<double[]> ascending = auctions.stream()
                .map(auction -> Ascending.sorted(auction.bids()))
                .toList();
        double[] at = Ascending.bids(auctions);
        double[] cumulative = new double[at.length];
        Arrays.fill(cumulative, 1);
        int ranks = ascending.stream().mapToInt(bids -> bids.length).max().orElseThrow();
        for (int rank = 1; rank <= ranks; rank++) {
            double[] bids = ranked(ascending, rank);
            OrderStatistics values = new OrderStatistics(auctions, rank);
            double bound = 0;
            for (int k = 0;
                    k < bids.length;
                    k++) { // k bids of this rank are below the next, so below it F has this bound
                int below = Ascending.below(at, bids[k]);
                if (below > 0) {
                    bound = values.parent((double) k / bids.length, bound);
                    cumulative[below - 1] = Math.min(cumulative[below - 1], bound);
                }
            }
        }
        for (int k = at.length - 2; k >= 0; k--) {
            cumulative[k] = Math.min(cumulative[k], cumulative[k + 1]);
        }
        return new ValueDistribution(at, cumulative);
    }

    /** The bid of a rank in each auction, ascending; below all others where nobody made it. */
    private static double[] ranked(List<double[]> ascending, int rank) {
        return Ascending.sorted(ascending.stream()
                .mapToDouble(bids -> rank > bids.length ? Double.NEGATIVE_INFINITY : bids[bids.length - rank])
                .toArray());
    }

    /**
     * The least F that the bids allow, {@code phi_2(G(v))}, G being the distribution of the highest bid and an increment.
     *
     * @param auctions of one kind of good, each with its highest bid
     * @param increment by which the next bid would have had to be higher, in the unit of bids; not negative
     * @return the lower bound
     * @throws InvalidInputException if there is no auction, or the increment is negative
     */
    public static ValueDistribution lower(List<Auction> auctions, double increment) {
        if (!(increment >= 0)) {
            throw new InvalidInputException("an increment must not be negative, but is " + increment);
        }
        return AscendingPrices.distribution(auctions, increment);
    }
}
