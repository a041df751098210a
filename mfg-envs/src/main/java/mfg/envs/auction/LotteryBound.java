package mfg.envs.auction;

/**
 * The bound for values that stay and bidders who win once and dislike risk, {@code u(x) = (e^(kx) - 1) / k} with k below 0. What
 * they pay may be left to chance, and fear of that chance might be sold.
 *
 * <p>Let {@code x(s, p)} be the probability that value s wins and pays p. Nobody pays more than its value, and nobody would rather
 * bid as the next lower value does. For all {@code gamma >= 0} and {@code lambda >= 0} therefore nobody earns more than
 *
 * <pre>
 * lambda goods + sum_s max(0, max_{0 <= p <= s} r(s, p)),
 * r(s, p) = mu(s) (rho p + (1 - rho) s - lambda) + gamma(s) u(s - p) - gamma(s+1) u(s + 1/n - p).
 * </pre>
 *
 * <p>Taken are {@code gamma(s) = rho e^(-ks) sum_{t >= s} mu(t) e^(k min(t, m))} for every price m: there r(s, .) is largest where s
 * pays m. For uniform values a linear program finds no better gamma.
 */
final class LotteryBound {

    private final Bidders bidders;
    private final double k;

    private LotteryBound(Bidders bidders) {
        this.bidders = bidders;
        this.k = bidders.utility().curvature();
    }

    static double of(Bidders bidders) {
        LotteryBound bound = new LotteryBound(bidders);
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < bidders.values(); m++) {
            least = Math.min(least, bound.least(bidders.value(m)));
        }
        return least;
    }

    /** Over the price of a good. */
    private double least(double price) {
        int n = bidders.values();
        double[] weight = new double[n + 1]; // gamma(s) e^(ks)
        for (int s = n - 1; s >= 0; s--) {
            double marginal = Math.exp(k * Math.min(bidders.value(s), price));
            weight[s] = weight[s + 1] + bidders.revenue() * bidders.mu()[s] * marginal;
        }
        double[] most = new double[n]; // max_p r(s, p) for goods that cost nothing
        for (int s = 0; s < n; s++) {
            most[s] = most(s, weight[s], weight[s + 1]);
        }
        return SupplyPrice.least(lambda -> {
            double bound = lambda * bidders.goods();
            for (int s = 0; s < n; s++) {
                bound += Math.max(0, most[s] - lambda * bidders.mu()[s]);
            }
            return bound;
        });
    }

    /** r(s, .) has one stationary point at most, so its maximum is there or at an end. */
    private double most(int s, double weight, double next) {
        double value = bidders.value(s);
        double most = Math.max(earned(s, 0, weight, next), earned(s, value, weight, next));
        double slope = bidders.mu()[s] * bidders.revenue();
        if (slope > 0 && weight > next) {
            double stationary = Math.log((weight - next) / slope) / k;
            if (stationary > 0 && stationary < value) {
                most = Math.max(most, earned(s, stationary, weight, next));
            }
        }
        return most;
    }

    private double earned(int s, double price, double weight, double next) {
        double value = bidders.value(s);
        double above = bidders.value(s + 1);
        double rho = bidders.revenue();
        return bidders.mu()[s] * (rho * price + (1 - rho) * value)
                + weight * Math.exp(-k * value) * utility(value - price)
                - next * Math.exp(-k * above) * utility(above - price);
    }

    private double utility(double surplus) {
        return Math.expm1(k * surplus) / k;
    }
}
