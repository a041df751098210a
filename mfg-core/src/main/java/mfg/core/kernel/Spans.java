package mfg.core.kernel;

import java.util.List;

/**
 * Loops over spans, numbers that lie side by side in an array. This class has them as plain loops; {@code VectorSpans} has them
 * with the Vector API.
 *
 * <p>A span is an array and the place of its first number. A result may be the same span as an argument, but not overlap one
 * otherwise. Each implementation gives the same bits on every call; two implementations agree up to rounding.
 */
public class Spans {

    /** Exponentials of what is below are 0. */
    static final double NOTHING = -700;

    Spans() {}

    /**
     * Returns the fastest loops that this virtual machine offers: with the Vector API where it was started with {@code
     * --add-modules jdk.incubator.vector}, else plain ones. {@code -Dmfg.kernels=loops} asks for plain ones.
     *
     * @return loops
     */
    public static Spans fastest() {
        return Choice.of(Choice.SPANS);
    }

    /**
     * Returns all loops that this virtual machine offers, whatever {@code -Dmfg.kernels} asks for.
     *
     * @return loops, plain ones first
     */
    public static List<Spans> all() {
        return Choice.SPANS;
    }

    /**
     * {@code to = plus + scale * x}.
     *
     * @param to out
     * @param o where it begins
     * @param plus what is added
     * @param c where it begins
     * @param scale the factor
     * @param x what is multiplied
     * @param a where it begins
     * @param n how many numbers
     */
    public void add(double[] to, int o, double[] plus, int c, double scale, double[] x, int a, int n) {
        for (int i = 0; i < n; i++) {
            to[o + i] = plus[c + i] + scale * x[a + i];
        }
    }

    /**
     * {@code to = plus + scale * x}, of a number that is added to all.
     *
     * @param to out
     * @param o where it begins
     * @param plus what is added
     * @param scale the factor
     * @param x what is multiplied
     * @param a where it begins
     * @param n how many numbers
     */
    public void add(double[] to, int o, double plus, double scale, double[] x, int a, int n) {
        for (int i = 0; i < n; i++) {
            to[o + i] = plus + scale * x[a + i];
        }
    }

    /**
     * {@code to = plus + scale * x * y}.
     *
     * @param to out
     * @param o where it begins
     * @param plus what is added
     * @param c where it begins
     * @param scale the factor
     * @param x what is multiplied
     * @param a where it begins
     * @param y what with
     * @param b where it begins
     * @param n how many numbers
     */
    public void multiply(
            double[] to, int o, double[] plus, int c, double scale, double[] x, int a, double[] y, int b, int n) {
        for (int i = 0; i < n; i++) {
            to[o + i] = plus[c + i] + scale * x[a + i] * y[b + i];
        }
    }

    /**
     * {@code to = plus + scale * x * y}, of a number that is added to all.
     *
     * @param to out
     * @param o where it begins
     * @param plus what is added
     * @param scale the factor
     * @param x what is multiplied
     * @param a where it begins
     * @param y what with
     * @param b where it begins
     * @param n how many numbers
     */
    public void multiply(double[] to, int o, double plus, double scale, double[] x, int a, double[] y, int b, int n) {
        for (int i = 0; i < n; i++) {
            to[o + i] = plus + scale * x[a + i] * y[b + i];
        }
    }

    /**
     * {@code sum_i x_i y_i}.
     *
     * @param x what is multiplied
     * @param a where it begins
     * @param y what with
     * @param b where it begins
     * @param n how many numbers
     * @return the sum
     */
    public double dot(double[] x, int a, double[] y, int b, int n) {
        double even = 0; // two sums at once, of which a processor need not wait for either
        double odd = 0;
        int i = 0;
        for (; i < n - 1; i += 2) {
            even += x[a + i] * y[b + i];
            odd += x[a + i + 1] * y[b + i + 1];
        }
        return even + (i < n ? x[a + i] * y[b + i] + odd : odd);
    }

    /**
     * {@code sum_i x_i}.
     *
     * @param x what is summed
     * @param a where it begins
     * @param n how many numbers
     * @return the sum
     */
    public double sum(double[] x, int a, int n) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i < n - 1; i += 2) {
            even += x[a + i];
            odd += x[a + i + 1];
        }
        return even + (i < n ? x[a + i] + odd : odd);
    }

    /**
     * {@code max_i x_i}, NaN if one of them is.
     *
     * @param x the numbers
     * @param a where they begin
     * @param n how many, at least 1
     * @return the largest
     */
    public double max(double[] x, int a, int n) {
        double max = x[a];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[a + i]);
        }
        return max;
    }

    /**
     * Takes exponentials of numbers that are not positive. Those below 1e-304 are 0.
     *
     * @param x in and out: {@code e^x}; at most 0
     * @param a where the numbers begin
     * @param n how many
     */
    public void exp(double[] x, int a, int n) {
        for (int i = a; i < a + n; i++) {
            double exponent = Math.max(x[i] / DoubleLoops.LN2, DoubleBits.FLOOR);
            x[i] = x[i] < NOTHING ? 0 : DoubleBits.wholePower(exponent) * DoubleBits.fractionPower(exponent);
        }
    }
}
