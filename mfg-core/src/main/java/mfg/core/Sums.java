package mfg.core;

/** Sums of doubles, four side by side: Java keeps the order of additions, and one after the other each waits for the last. */
public final class Sums {

    private Sums() {}

    /**
     * Adds numbers up.
     *
     * @param x the numbers; not modified
     * @param from the first index
     * @param to the index behind the last
     * @return {@code sum_i x(i)}
     */
    public static double of(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Adds products up.
     *
     * @param x numbers, from 0 on; not modified
     * @param y others; not modified
     * @param at where they begin
     * @param n how many
     * @return {@code sum_i x(i) y(at + i)}
     */
    public static double product(double[] x, double[] y, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += x[i] * y[at + i];
            s1 += x[i + 1] * y[at + i + 1];
            s2 += x[i + 2] * y[at + i + 2];
            s3 += x[i + 3] * y[at + i + 3];
        }
        for (; i < n; i++) {
            s0 += x[i] * y[at + i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
