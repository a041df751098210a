package mfg.envs.bids;

import mfg.core.InvalidInputException;

/**
 * What a second-price auction with a reserve price r is expected to earn from n bidders,
 *
 * <pre>
 * R(r) = v0 F(r-)^n + r n (1 - F(r-)) F(r-)^(n-1) + int_{v >= r} v dF_{n-1:n}(v),
 * </pre>
 *
 * <p>with {@code F_{n-1:n} = n F^(n-1) - (n-1) F^n} the distribution of the second highest value, and v0 what the seller has of a good
 * that is not sold. An ascending auction earns the same, and so does a first-price auction in equilibrium. For a regular F no
 * auction earns more than the best r, which solves {@code r = v0 + (1 - F(r)) / f(r)} whatever n is (Myerson 1981, Riley and
 * Samuelson 1981).
 */
public final class SecondPriceRevenue {

    private final ValueDistribution values;
    private final int bidders;
    private final double unsold;
    private final double[] above; // [k]: the integral from the k-th step on

    /**
     * Prepares the integral.
     *
     * @param values F
     * @param bidders n, at least 1
     * @param unsold v0, what a good is worth to the seller, in the unit of values
     * @throws InvalidInputException if there is no bidder
     */
    public SecondPriceRevenue(ValueDistribution values, int bidders, double unsold) {
        if (bidders < 1) {
            throw new InvalidInputException("an auction needs at least 1 bidder, not " + bidders);
        }
        this.values = values;
        this.bidders = bidders;
        this.unsold = unsold;
        this.above = new double[values.steps() + 1];
        for (int k = values.steps() - 1; k >= 0; k--) {
            above[k] = above[k + 1] + values.value(k) * (second(values.before(k + 1)) - second(values.before(k)));
        }
    }

    /**
     * The expected revenue.
     *
     * @param reserve r; no good is sold below it
     * @return R(r), in the unit of values
     */
    public double at(double reserve) {
        int below = values.stepsBelow(reserve);
        double f = values.before(below);
        double nobody = Math.pow(f, bidders);
        double one = bidders * (1 - f) * Math.pow(f, bidders - 1);
        return unsold * nobody + reserve * one + above[below];
    }

    /**
     * The best reserve price, among the values at which F steps up: up to the next of them a higher price excludes nobody else.
     *
     * @return the lowest of them at which R is largest
     */
    public double bestReserve() {
        double best = values.value(0);
        double most = at(best);
        for (int k = 1; k < values.steps(); k++) {
            double revenue = at(values.value(k));
            if (revenue > most) {
                best = values.value(k);
                most = revenue;
            }
        }
        return best;
    }

    /** F_{n-1:n}. */
    private double second(double f) {
        return bidders * Math.pow(f, bidders - 1) - (bidders - 1) * Math.pow(f, bidders);
    }
}
