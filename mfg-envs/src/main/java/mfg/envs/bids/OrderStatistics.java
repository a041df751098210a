package mfg.envs.bids;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The distribution of the j-th highest of n independent values,
 *
 * <pre>
 * F_{n-j+1:n} = sum_{k < j} (n choose k) F^(n-k) (1 - F)^k,
 * </pre>
 *
 * <p>on average over auctions, and back to F (Athey and Haile 2002, equation 5).
 */
final class OrderStatistics {

    private static final double ROUNDING = 1e-12;

    private final int rank;
    private final int auctions;
    private final Map<Integer, Long> count; // of auctions by their number of bidders

    /**
     * Takes numbers of bidders.
     *
     * @param auctions at least one, of which nothing but the number of bidders counts
     * @param rank j, from 1
     */
    OrderStatistics(List<Auction> auctions, int rank) {
        this.rank = rank;
        this.auctions = auctions.size();
        this.count = auctions.stream().collect(Collectors.groupingBy(Auction::bidders, Collectors.counting()));
    }

    /** In which share of auctions the j-th highest value is at most v; 1 where there are fewer than j bidders. */
    double cumulative(double f) {
        double sum = 0;
        for (Map.Entry<Integer, Long> entry : count.entrySet()) {
            sum += entry.getValue() * cumulative(entry.getKey(), f);
        }
        return sum / auctions;
    }

    private double cumulative(int n, double f) {
        double choose = 1;
        double sum = 0;
        for (int k = 0; k < Math.min(rank, n + 1); k++) {
            sum += choose * Math.pow(f, n - k) * Math.pow(1 - f, k);
            choose *= (n - k) / (k + 1.0);
        }
        return sum;
    }

    /** F(v) where that share is known, by bisection. */
    double parent(double share) {
        if (share == 1) {
            return 1; // near 1 the share is flat in F
        }
        double low = 0;
        double high = 1;
        while (high - low > ROUNDING) {
            double middle = (low + high) / 2;
            if (cumulative(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
