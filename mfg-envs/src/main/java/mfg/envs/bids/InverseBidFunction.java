package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;

/**
 * An estimated inverse bid function on a grid: which value a bid of auctions among n bidders stands for.
 *
 * @param bidders n
 * @param bids (k) ascending, at even shares of the bids that were kept
 * @param values (k) the value behind each, in the unit of bids
 * @param intervals (k) of each value by itself
 */
public record InverseBidFunction(int bidders, double[] bids, double[] values, List<Interval> intervals) {

    private static final int GRID = 41;

    /**
     * Estimates the function.
     *
     * @param alike auctions of one number of bidders, with all their bids
     * @throws InvalidInputException as {@link InverseBid} does, or if all bids are trimmed
     */
    static InverseBidFunction estimate(List<Auction> alike, Boundary boundary, AuctionBootstrap bootstrap) {
        int bidders = alike.get(0).bidders();
        double[] bids = Ascending.bids(alike);
        InverseBid inverse = new InverseBid(bidders, bids, boundary);
        double[] kept = Arrays.stream(bids).filter(bid -> !inverse.trims(bid)).toArray();
        if (kept.length == 0) {
            throw new InvalidInputException(
                    "all bids in auctions of %d bidders are too close to the lowest or highest; correct the boundary instead"
                            .formatted(bidders));
        }
        double[] grid = IntStream.range(0, GRID)
                .mapToDouble(k -> Ascending.quantile(kept, (k + 0.5) / GRID))
                .toArray();
        return new InverseBidFunction(
                bidders,
                grid,
                inverse.values(grid),
                bootstrap.intervals(
                        alike, resample -> new InverseBid(bidders, Ascending.bids(resample), boundary).values(grid)));
    }

    /**
     * Whether the function falls somewhere by more than chance explains: an interval lies below one of a lower bid. In equilibrium
     * higher values bid more, so then these bidders do not bid as the model says.
     *
     * @return whether an interval lies entirely below another further left
     */
    public boolean falls() {
        double highest = Double.NEGATIVE_INFINITY;
        for (Interval interval : intervals) {
            if (interval.high() < highest) {
                return true;
            }
            highest = Math.max(highest, interval.low());
        }
        return false;
    }
}
