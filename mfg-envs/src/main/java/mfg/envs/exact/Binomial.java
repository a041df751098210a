package mfg.envs.exact;

import java.util.function.IntToDoubleFunction;

/**
 * Sums over a binomial distribution. Weights are relative to that of the mode and follow from one another by ratios, away from it to
 * either side until they vanish, so nothing overflows and errors are those of rounding.
 */
public final class Binomial {

    /** What is left out is beyond double precision, however large the numbers of players. */
    private static final double NOTHING = 1e-40;

    private Binomial() {}

    /**
     * Sums over the number K of successes in n trials.
     *
     * @param n how many trials, at least 0
     * @param probability of each success; what rounding puts outside of [0, 1] is taken for its end
     * @param f any function of K
     * @return {@code E f(K)}
     */
    public static double expectation(int n, double probability, IntToDoubleFunction f) {
        double p = Math.min(1, Math.max(0, probability)); // sums of shares are rounded
        int mode = (int) Math.min(n, Math.floor((n + 1.0) * p));
        double total = 1;
        double sum = f.applyAsDouble(mode);
        double weight = 1;
        for (int k = mode; k < n && weight > NOTHING; k++) {
            weight *= (n - k) * p / ((k + 1.0) * (1 - p));
            total += weight;
            sum += weight * f.applyAsDouble(k + 1);
        }
        weight = 1;
        for (int k = mode; k > 0 && weight > NOTHING; k--) {
            weight *= k * (1 - p) / ((n - k + 1.0) * p);
            total += weight;
            sum += weight * f.applyAsDouble(k - 1);
        }
        return sum / total;
    }

    /**
     * Counts few successes.
     *
     * @param n how many trials, at least 0
     * @param probability of each success
     * @param many any number
     * @return {@code P(K < many)}
     */
    public static double below(int n, double probability, int many) {
        return expectation(n, probability, k -> k < many ? 1 : 0);
    }
}
