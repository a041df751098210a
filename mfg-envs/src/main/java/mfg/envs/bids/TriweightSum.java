package mfg.envs.bids;

import java.util.Arrays;

/**
 * Sums of triweight kernels {@code K(u) = 35/32 (1 - u^2)^3} around many points, each in a time that does not grow with their number:
 * K is a polynomial, so sums over the points within a bandwidth are differences of cumulated powers. Powers are of distances to the
 * middle of a cell one bandwidth wide, so that they stay small and rounding does, too. A cell begins at the first point behind the last.
 */
final class TriweightSum {

    private static final int POWERS = 7;

    /** Those of {@code (1 - u^2)^3}, by half the power. */
    private static final double[] COEFFICIENTS = {1, -3, 3, -1};

    private static final int[][] BINOMIAL = {{1}, {}, {1, 2, 1}, {}, {1, 4, 6, 4, 1}, {}, {1, 6, 15, 20, 15, 6, 1}};

    private final double[] points;
    private final double bandwidth;
    private final int[] begin; // of the cell of each point: the index of its first
    private final int[] end; // the index behind its last
    private final double[] powers; // (i, p): (-t)^p of the first i points, t bandwidths from the middle of their cell

    /**
     * Takes points.
     *
     * @param points ascending; not copied
     * @param bandwidth positive
     */
    TriweightSum(double[] points, double bandwidth) {
        this.points = points;
        this.bandwidth = bandwidth;
        this.begin = new int[points.length];
        this.end = new int[points.length];
        this.powers = new double[(points.length + 1) * POWERS];
        for (int from = 0; from < points.length; from = end[from]) {
            int to = Math.max(from + 1, Ascending.below(points, points[from] + bandwidth));
            Arrays.fill(begin, from, to, from);
            Arrays.fill(end, from, to, to);
        }
        for (int i = 0; i < points.length; i++) {
            double t = offset(points[i], i);
            double power = 1;
            for (int p = 0; p < POWERS; p++) {
                powers[(i + 1) * POWERS + p] = powers[i * POWERS + p] + power;
                power *= -t;
            }
        }
    }

    /** {@code sum_i K((x - x_i) / bandwidth)}. */
    double at(double x) {
        int to = Ascending.below(points, x + bandwidth);
        double sum = 0;
        for (int from = Ascending.below(points, x - bandwidth); from < to; ) {
            int next = Math.min(to, end[from]);
            sum += of(offset(x, from), from, next);
            from = next;
        }
        return 35.0 / 32 * sum;
    }

    /** Over points of one cell, x being s bandwidths from its middle; without the 35/32. */
    private double of(double s, int from, int to) {
        double sum = 0;
        for (int q = 0; q < COEFFICIENTS.length; q++) {
            double moment = 0; // sum_i (s - t_i)^(2 q)
            for (int p = 0; p <= 2 * q; p++) {
                moment = moment * s + BINOMIAL[2 * q][p] * (powers[to * POWERS + p] - powers[from * POWERS + p]);
            }
            sum += COEFFICIENTS[q] * moment;
        }
        return sum;
    }

    /** How many bandwidths x lies from the middle of the cell of the i-th point. */
    private double offset(double x, int i) {
        return (x - points[begin[i]]) / bandwidth - 0.5;
    }
}
