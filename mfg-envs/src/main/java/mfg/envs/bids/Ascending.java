package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;

/** Numbers in ascending order. */
final class Ascending {

    private Ascending() {}

    /** All bids of auctions. */
    static double[] bids(List<Auction> auctions) {
        return sorted(auctions.stream()
                .flatMapToDouble(auction -> Arrays.stream(auction.bids()))
                .toArray());
    }

    /** A sorted copy. */
    static double[] sorted(double[] x) {
        double[] copy = x.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** How many are less than y. */
    static int below(double[] x, double y) {
        int from = 0;
        int to = x.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (x[middle] < y) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** How many are at most y. */
    static int upTo(double[] x, double y) {
        return below(x, Math.nextUp(y));
    }

    /** The least of them that at least a share q does not exceed, for q in (0, 1]. */
    static double quantile(double[] x, double q) {
        return x[Math.min(x.length, Math.max(1, (int) Math.ceil(q * x.length))) - 1];
    }
}
