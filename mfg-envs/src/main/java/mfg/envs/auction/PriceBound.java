package mfg.envs.auction;

/**
 * The bound for values that stay and bidders who gain what they do not pay; those who won may come back with a new value.
 *
 * <p>A bidder can bid as one of the next lower value does until it wins, so {@code V_0(s) - V_0(s-1) >= X(s-1) / n}, where X is
 * the probability to win before the end, not decreasing in s. The auctioneer gets what goods are worth less V_0. Bidders who come
 * back win with at most X too, for less time is left, and are at best served at once. What remains is convex in X along every
 * direction of one sign, so the best X is a threshold m:
 *
 * <pre>
 * sum_{s >= m} (mu(s) (s - lambda + S_0) - rho Pr(S > s) / n) + lambda goods,
 * S_h = sum_{s >= m} w(s | ⊥) max(0, s - lambda + S_{h+1}) + w(⊥ | ⊥) S_{h+1},  S_{H-1} = 0.
 * </pre>
 *
 * <p>It also holds for values that stay and bidders who win once and like risk. See docs/bounds.md for the proofs.
 */
final class PriceBound {

    private PriceBound() {}

    static double of(Bidders bidders) {
        return SupplyPrice.least(lambda -> at(bidders, lambda));
    }

    private static double at(Bidders bidders, double lambda) {
        double best = 0;
        for (int m = 0; m < bidders.values(); m++) {
            best = Math.max(best, threshold(bidders, lambda, m));
        }
        return lambda * bidders.goods() + best;
    }

    private static double threshold(Bidders bidders, double lambda, int m) {
        int n = bidders.values();
        double[] back = bidders.w()[n];
        double later = 0;
        for (int h = bidders.rounds() - 2; h >= 0 && bidders.comeBack(); h--) {
            double now = back[n] * later;
            for (int s = m; s < n; s++) {
                now += back[s] * Math.max(0, bidders.value(s) - lambda + later);
            }
            later = now;
        }
        double[] above = bidders.above(bidders.mu());
        double worth = 0;
        for (int s = m; s < n; s++) {
            worth += bidders.mu()[s] * (bidders.value(s) - lambda + later) - bidders.revenue() * above[s] / n;
        }
        return worth;
    }
}
