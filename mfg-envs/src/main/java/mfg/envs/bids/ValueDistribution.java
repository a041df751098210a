package mfg.envs.bids;

import java.util.Arrays;
import java.util.stream.IntStream;

/** An estimated distribution F of values, which steps up at finitely many of them. */
public final class ValueDistribution {

    private final double[] values;
    private final double[] cumulative;

    /**
     * Takes the steps of F.
     *
     * @param values (m) at least one, ascending
     * @param cumulative (m) F at each value; not falling, the last 1
     */
    ValueDistribution(double[] values, double[] cumulative) {
        this.values = values;
        this.cumulative = cumulative;
    }

    /**
     * The empirical distribution of a sample, {@code F(v) = #{v_i <= v} / m}.
     *
     * @param sample (m) at least one, in any order; not modified
     * @return its distribution
     */
    public static ValueDistribution of(double[] sample) {
        double[] cumulative = new double[sample.length];
        Arrays.setAll(cumulative, k -> (k + 1.0) / sample.length);
        return new ValueDistribution(Ascending.sorted(sample), cumulative);
    }

    /**
     * Evaluates F.
     *
     * @param value any number
     * @return F(value), the share of values that do not exceed it
     */
    public double cumulative(double value) {
        return before(Ascending.upTo(values, value));
    }

    /**
     * The share of values that a price excludes.
     *
     * @param value any number
     * @return the limit of F from below
     */
    public double below(double value) {
        return before(stepsBelow(value));
    }

    /**
     * Inverts F.
     *
     * @param share in (0, 1]
     * @return the least value with {@code F(value) >= share}
     */
    public double quantile(double share) {
        return values[Math.min(values.length - 1, Ascending.below(cumulative, share))];
    }

    /**
     * The same distribution in fewer steps: equal values become one step, and where there are still too many, steps are at the quantiles
     * {@code (i + 1/2) / most}, at even shares.
     *
     * @param most how many steps there may be, at least 1
     * @return F, or what differs from it by no more than {@code 1/(2 most)}
     */
    public ValueDistribution inSteps(int most) {
        int[] last = IntStream.range(0, values.length)
                .filter(k -> k + 1 == values.length || values[k + 1] > values[k])
                .toArray();
        return last.length <= most
                ? new ValueDistribution(
                        Arrays.stream(last).mapToDouble(k -> values[k]).toArray(),
                        Arrays.stream(last).mapToDouble(k -> cumulative[k]).toArray())
                : of(IntStream.range(0, most)
                                .mapToDouble(i -> quantile((i + 0.5) / most))
                                .toArray())
                        .inSteps(most);
    }

    /**
     * Draws a value.
     *
     * @param uniform in [0, 1)
     * @return at which step it is, from 0
     */
    int draw(double uniform) {
        return Math.min(values.length - 1, Ascending.upTo(cumulative, uniform));
    }

    /** How many steps F has. */
    int steps() {
        return values.length;
    }

    /** How many steps are below a value. */
    int stepsBelow(double value) {
        return Ascending.below(values, value);
    }

    /** Where the k-th step is, from 0. */
    double value(int k) {
        return values[k];
    }

    /** F below the k-th step, from 0; with k the number of steps, 1. */
    double before(int k) {
        return k == 0 ? 0 : cumulative[k - 1];
    }
}
