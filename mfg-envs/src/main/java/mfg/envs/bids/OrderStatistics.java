package mfg.envs.bids;

import java.util.List;
import java.util.Map;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.special.Beta;

/**
 * The distribution of the j-th highest of n independent values,
 *
 * <pre>
 * F_{n-j+1:n} = sum_{k < j} (n choose k) F^(n-k) (1 - F)^k,
 * </pre>
 *
 * <p>on average over auctions, and back to F (Athey and Haile 2002, equation 5). The sum is the incomplete beta function
 * {@code I_F(n-j+1, j)}.
 */
final class OrderStatistics {

    private static final double ROUNDING = 1e-12;
    private static final int EVALUATIONS = 1000;

    private final int rank;
    private final int auctions;
    private final int[] bidders; // the different n, ascending
    private final int[] count; // of auctions of each

    /**
     * Takes numbers of bidders.
     *
     * @param auctions at least one, of which nothing but the number of bidders counts
     * @param rank j, from 1
     */
    OrderStatistics(List<Auction> auctions, int rank) {
        this.rank = rank;
        this.auctions = auctions.size();
        Map<Integer, List<Auction>> alike = Auction.byBidders(auctions);
        this.bidders = alike.keySet().stream().mapToInt(n -> n).toArray();
        this.count = alike.values().stream().mapToInt(List::size).toArray();
    }

    /** In which share of auctions the j-th highest value is at most v; 1 where there are fewer than j bidders. */
    double cumulative(double f) {
        return rank <= 2 ? highest(f) : others(f);
    }

    /** {@code F^n} or {@code n F^(n-1) - (n-1) F^n}: those that long logs need, with powers from the last. */
    private double highest(double f) {
        double power = 1;
        double sum = 0;
        for (int i = 0; i < bidders.length; i++) {
            int n = bidders[i];
            int steps = i == 0 ? n - 1 : n - bidders[i - 1];
            power *= steps == 1 ? f : Math.pow(f, steps);
            sum += count[i] * power * (rank == 1 ? f : n - (n - 1) * f);
        }
        return sum / auctions;
    }

    private double others(double f) {
        double sum = 0;
        for (int i = 0; i < bidders.length; i++) {
            int n = bidders[i];
            sum += count[i] * (rank > n ? 1 : Beta.regularizedBeta(f, n - rank + 1.0, rank));
        }
        return sum / auctions;
    }

    /**
     * F(v) where that share is known, up to {@value #ROUNDING} too high rather than too low.
     *
     * @param share in [0, 1]
     * @param least what F(v) is known to reach
     */
    double parent(double share, double least) {
        if (share == 1) {
            return 1; // near 1 the share is flat in F
        }
        if (cumulative(least) >= share) {
            return least;
        }
        return new BracketingNthOrderBrentSolver(ROUNDING, 5)
                .solve(EVALUATIONS, f -> cumulative(f) - share, least, 1, AllowedSolution.RIGHT_SIDE);
    }
}
