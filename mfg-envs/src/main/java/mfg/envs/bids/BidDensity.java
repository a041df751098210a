package mfg.envs.bids;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The kernel density of bids, {@code g(b) = 1/(N h) sum_i K((b - b_i) / h)}, with the triweight kernel and the rule-of-thumb bandwidth
 * {@code h = 2.978 * 1.06 s N^(-1/5)} of Guerre, Perrigne and Vuong (2000, section 4), s being the standard deviation of the N bids.
 *
 * <p>With {@link Boundary#CORRECT} the points at y above the lowest bid, y below h, count a second time at {@code g(y) = y + d y^2 +
 * A d^2 y^3} below it, with A = 0.55 and d the slope of the density's logarithm at the boundary; likewise at the highest bid.
 */
final class BidDensity {

    /** A Gaussian kernel's bandwidth times this is a triweight kernel's (Haerdle 1991). */
    private static final double TRIWEIGHT = 2.978;

    private static final double A = 0.55;

    /**
     * The bandwidth at the boundary relative to h1: {@code ((int t^2 K)^2 int K0^2 / ((int t^2 K0)^2 int K^2))^(1/5)}, K being the
     * triweight kernel and {@code K0(t) = 6 + 18 t + 12 t^2} on [-1, 0] the kernel of the boundary (Zhang and Karunamuni 1998).
     */
    private static final double B0 = Math.pow(1.0 / 81 * 4.8 / (0.01 * 350 / 429), 0.2);

    private final double lowest;
    private final double highest;
    private final double bandwidth;
    private final double weight;
    private final TriweightSum sum;

    /**
     * Estimates the density.
     *
     * @param bids (N) ascending, not all the same; not copied
     * @param boundary whether to correct it near the ends
     */
    BidDensity(double[] bids, Boundary boundary) {
        this.lowest = bids[0];
        this.highest = bids[bids.length - 1];
        this.bandwidth = TRIWEIGHT * 1.06 * deviation(bids) * Math.pow(bids.length, -0.2);
        this.weight = 1 / bandwidth / bids.length;
        this.sum = new TriweightSum(boundary == Boundary.CORRECT ? reflected(bids) : bids, bandwidth);
    }

    /** g(b). */
    double at(double bid) {
        return weight * sum.at(bid);
    }

    /** Whether a bid is at least a bandwidth away from the lowest and the highest. */
    boolean isInside(double bid) {
        return bid >= lowest + bandwidth && bid <= highest - bandwidth;
    }

    /** The standard deviation; in units of the range, so that squares of very large or small bids stay numbers. */
    private double deviation(double[] bids) {
        double range = highest - lowest;
        double[] x = Arrays.stream(bids).map(bid -> (bid - lowest) / range).toArray();
        double mean = Arrays.stream(x).average().orElseThrow();
        return range
                * Math.sqrt(Arrays.stream(x).map(y -> (y - mean) * (y - mean)).sum() / (x.length - 1));
    }

    /** The bids and their reflections, ascending. */
    private double[] reflected(double[] bids) {
        double[] above = Arrays.stream(bids).map(bid -> bid - lowest).toArray();
        double[] below = Arrays.stream(bids).map(bid -> highest - bid).toArray();
        return Stream.of(
                        reflections(above).map(y -> lowest - y).toArray(),
                        bids,
                        reflections(below).map(y -> highest + y).toArray())
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
    }

    /** How far behind the boundary the points count again, of points at distances y before it; up to a bandwidth. */
    private DoubleStream reflections(double[] distances) {
        double slope = slope(distances);
        return Arrays.stream(distances)
                .map(y -> y * (1 + slope * y + A * (slope * y) * (slope * y)))
                .filter(y -> y < bandwidth);
    }

    /** The slope of the density's logarithm at the boundary, of points at distances y from it. */
    private double slope(double[] distances) {
        int n = distances.length;
        double h1 = bandwidth * Math.pow(n, -1.0 / 20);
        double h0 = B0 * h1;
        double inside = 0;
        double boundary = 0;
        for (double y : distances) {
            double u = y / h1 - 1;
            if (u < 1) {
                inside += 35.0 / 32 * Math.pow(1 - u * u, 3);
            }
            double t = y / h0;
            if (t <= 1) {
                boundary += 6 - 18 * t + 12 * t * t;
            }
        }
        double least =
                1 / (highest - lowest) / n / n; // the density at the boundary may be 0; whatever the unit of bids
        return (Math.log(inside / (n * h1) + least) - Math.log(Math.max(boundary / (n * h0), least))) / h1;
    }
}
