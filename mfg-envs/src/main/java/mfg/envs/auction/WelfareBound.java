package mfg.envs.auction;

/**
 * No mechanism earns more than what its goods are worth to those who get them: bidders gain at least 0. At a price lambda of
 * a good, whom to sell to and when is a decision problem of each bidder's own:
 *
 * <pre>R_h(s) = max(E R_{h+1}(s'), s - lambda + W_h(⊥)), R_h(⊥) = W_h(⊥) = sum_s' w(s' | ⊥) R_{h+1}(s').</pre>
 */
final class WelfareBound {

    private WelfareBound() {}

    static double of(Bidders bidders) {
        return SupplyPrice.least(lambda -> at(bidders, lambda));
    }

    private static double at(Bidders bidders, double lambda) {
        int n = bidders.values();
        double[] worth = new double[n + 1];
        for (int h = bidders.rounds() - 1; h >= 0; h--) {
            double[] now = new double[n + 1];
            now[n] = bidders.expect(n, worth);
            for (int s = 0; s < n; s++) {
                now[s] = Math.max(bidders.expect(s, worth), bidders.value(s) - lambda + now[n]);
            }
            worth = now;
        }
        return lambda * bidders.goods() + Bidders.dot(bidders.mu(), worth);
    }
}
