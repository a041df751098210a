package mfg.envs.bids;

import mfg.core.InvalidInputException;
import mfg.envs.exact.Binomial;

/**
 * What a sale of k alike lots to n bidders is expected to bring, each of whom wants one and has an independent value of F. With J(x) the
 * number of bidders whose value is at least x, {@code S(x) = E min(J(x), k)} and {@code T(x) = P(J(x) > k)}, a sale to the k
 * highest of those who bid at least r brings
 *
 * <pre>
 * revenue r S(r) + k int_r T(x) dx,   worth r S(r) + int_r S(x) dx to its winners,   and sells S(r) lots.
 * </pre>
 *
 * <p>These are the figures of a uniform price at the highest losing bid, of second price, and in equilibrium of first price, too (Myerson
 * 1981; for several lots Maskin and Riley 1989). A posted price sells to any k of those who are ready to pay it.
 */
public final class LotSale {

    private final ValueDistribution values;
    private final int bidders;
    private final int lots;
    private final double[] sold; // [j]: S at the j-th step of F, and 0 behind the last
    private final double[] worth; // [j]: the integral of S from the j-th step on
    private final double[] price; // [j]: that of T
    private final double[] mass; // [j]: that of 1 - F(x-)

    /**
     * What a sale brings.
     *
     * @param revenue what bidders pay, in the unit of values
     * @param worth what the winners' values are together, in the same
     * @param sold how many lots are sold
     */
    public record Outcome(double revenue, double worth, double sold) {

        /** Nothing. */
        public static final Outcome NONE = new Outcome(0, 0, 0);

        /**
         * Adds sales of goods that are worth several times as much.
         *
         * @param other what one of them brings
         * @param count how many there are
         * @param factor how many times as much their goods are worth, over all of them: a sum
         * @return this and all of them
         */
        public Outcome plus(Outcome other, double count, double factor) {
            return new Outcome(
                    revenue + factor * other.revenue, worth + factor * other.worth, sold + count * other.sold);
        }
    }

    /**
     * Prepares the integrals, in a time that grows as the steps of F times the square root of n.
     *
     * @param values F, each of whose steps has a share of its own ({@link ValueDistribution#inSteps})
     * @param bidders n, at least 1
     * @param lots k, at least 1
     * @throws InvalidInputException if there is no bidder or no lot
     */
    public LotSale(ValueDistribution values, int bidders, int lots) {
        if (bidders < 1 || lots < 1) {
            throw new InvalidInputException(
                    "a sale needs at least 1 bidder and 1 lot, not %d and %d".formatted(bidders, lots));
        }
        this.values = values;
        this.bidders = bidders;
        this.lots = lots;
        int steps = values.steps();
        this.sold = new double[steps + 1];
        this.worth = new double[steps + 1];
        this.price = new double[steps + 1];
        this.mass = new double[steps + 1];
        for (int j = steps - 1; j >= 0; j--) {
            sold[j] = sold(j);
            double width = j + 1 < steps ? values.value(j + 1) - values.value(j) : 0;
            worth[j] = worth[j + 1] + width * sold[j + 1];
            price[j] = price[j + 1] + (width == 0 ? 0 : width * beyond(j + 1));
            mass[j] = mass[j + 1] + width * (1 - values.before(j + 1));
        }
    }

    /** S at the j-th step. */
    private double sold(int j) {
        return Binomial.expectation(bidders, 1 - values.before(j), winners -> Math.min(winners, lots));
    }

    /** T there. */
    private double beyond(int j) {
        return lots >= bidders ? 0 : 1 - Binomial.below(bidders, 1 - values.before(j), lots + 1);
    }

    /**
     * Sells to the highest bidders.
     *
     * @param reserve r, below which nothing is sold
     * @return what is expected
     */
    public Outcome efficient(double reserve) {
        int from = values.stepsBelow(reserve);
        if (from == values.steps()) {
            return Outcome.NONE;
        }
        double ahead = values.value(from) - reserve;
        return new Outcome(
                reserve * sold[from] + lots * (price[from] + ahead * beyond(from)),
                reserve * sold[from] + worth[from] + ahead * sold[from],
                sold[from]);
    }

    /**
     * Sells at a posted price, by lot where more are ready to pay it than there are lots.
     *
     * @param price what a lot costs
     * @return what is expected
     */
    public Outcome posted(double price) {
        int from = values.stepsBelow(price);
        if (from == values.steps()) {
            return Outcome.NONE;
        }
        double share = 1 - values.before(from);
        double value = values.value(from) + mass[from] / share; // of a bidder who is ready to pay
        return new Outcome(price * sold[from], value * sold[from], sold[from]);
    }

    /**
     * What everybody bids in first price, if all bid in equilibrium: who has the value v gains {@code int_r^v q(x) dx} in expectation, q(x)
     * being the probability with which x wins, so the bid is v less this over q(v). Where several have the same value they would bid at
     * random around it, and pay this much on average.
     *
     * @param reserve r
     * @return (steps) a bid for each value at which F steps up, in their order; not a number below r
     */
    double[] firstPriceBids(double reserve) {
        double[] bids = new double[values.steps()];
        double gain = 0;
        double last = reserve;
        for (int j = 0; j < bids.length; j++) {
            double value = values.value(j);
            if (value < reserve) {
                bids[j] = Double.NaN;
                continue;
            }
            gain += (value - last) * wins(1 - values.before(j));
            last = value;
            double share = values.before(j + 1) - values.before(j);
            bids[j] = value - gain * bidders * share / (sold[j] - sold[j + 1]);
        }
        return bids;
    }

    /** How likely somebody wins whom another surpasses with a probability. */
    private double wins(double surpassed) {
        return Binomial.below(bidders - 1, surpassed, lots);
    }
}
