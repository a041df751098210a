package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import mfg.core.Streams;

/** A distribution of values, and auctions among bidders who have them and bid in equilibrium. */
final class KnownValues {

    static final KnownValues UNIFORM = new KnownValues("uniform", 1, v -> 1);
    static final KnownValues BETA = new KnownValues("beta(2, 5)", 1, v -> v * Math.pow(1 - v, 4));
    static final KnownValues LOGNORMAL =
            new KnownValues("lognormal(0, 0.5)", 20, v -> v == 0 ? 0 : Math.exp(-2 * Math.log(v) * Math.log(v)) / v);

    private static final int CELLS = 40_000;

    private final String name;
    private final double[] values;
    private final double[] cumulative;

    private KnownValues(String name, double highest, DoubleUnaryOperator density) {
        this.name = name;
        this.values = IntStream.rangeClosed(0, CELLS)
                .mapToDouble(k -> highest * k / CELLS)
                .toArray();
        this.cumulative = integral(Arrays.stream(values).map(density).toArray());
        double all = cumulative[CELLS];
        Arrays.setAll(cumulative, k -> cumulative[k] / all);
    }

    private double[] integral(double[] y) {
        double[] sum = new double[y.length];
        for (int k = 1; k < y.length; k++) {
            sum[k] = sum[k - 1] + (y[k] + y[k - 1]) / 2 * (values[k] - values[k - 1]);
        }
        return sum;
    }

    @Override
    public String toString() {
        return name;
    }

    ValueDistribution distribution() {
        return new ValueDistribution(values, cumulative);
    }

    double cumulative(double value) {
        return interpolated(values, cumulative, value);
    }

    double quantile(double share) {
        return interpolated(cumulative, values, share);
    }

    /** What each of the grid's values bids in a first-price auction: v - int_0^v F^(n-1) / F(v)^(n-1). */
    private double[] bids(int bidders) {
        double[] wins =
                Arrays.stream(cumulative).map(f -> Math.pow(f, bidders - 1)).toArray();
        double[] surplus = integral(wins);
        return IntStream.rangeClosed(0, CELLS)
                .mapToDouble(k -> wins[k] == 0 ? values[k] : values[k] - surplus[k] / wins[k])
                .toArray();
    }

    double[][] draw(int bidders, int auctions, long seed) {
        SplittableRandom random = new SplittableRandom(Streams.seed(seed, "values"));
        return IntStream.range(0, auctions)
                .mapToObj(a -> random.doubles(bidders).map(this::quantile).toArray())
                .toArray(double[][]::new);
    }

    /** First-price auctions among bidders who have these values. */
    List<Auction> firstPrice(double[][] drawn) {
        double[] bids = bids(drawn[0].length);
        return Arrays.stream(drawn)
                .map(v -> new Auction(
                        v.length,
                        Arrays.stream(v).map(x -> interpolated(values, bids, x)).toArray()))
                .toList();
    }

    List<Auction> firstPrice(int bidders, int auctions, long seed) {
        return firstPrice(draw(bidders, auctions, seed));
    }

    private static double interpolated(double[] x, double[] y, double at) {
        int k = Math.min(x.length - 1, Math.max(1, Ascending.below(x, at)));
        return y[k - 1] + (y[k] - y[k - 1]) * (at - x[k - 1]) / (x[k] - x[k - 1]);
    }
}
