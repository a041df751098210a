package mfg.core.kernel;

import java.util.List;

/**
 * What layers of networks are made of, for many samples at a time, on floats. This class has plain loops; {@code VectorProducts} has
 * them with the Vector API.
 *
 * <p>A matrix is part of an array: where it begins, and how far apart its rows lie, {@link #stride} or a multiple. Rows are padded:
 * what lies behind their columns, up to the stride, is 0 in what is read and stays 0 in what is written. Where a method has {@code rows}, it
 * may work on more, up to {@link #rows}; arrays are to be long enough, and what is written there means nothing.
 *
 * <p>Each entry is summed up by itself, in the order of the inner index: a sample's numbers do not depend on those beside it, nor on
 * where it lies. Each implementation gives the same bits on every call; two implementations agree up to rounding. What is not finite
 * stays so.
 */
public class Products {

    /** Rows that are multiplied at a time. */
    static final int ROWS = 8;

    Products() {}

    /**
     * Returns the fastest loops that this virtual machine offers: with the Vector API where it was started with {@code
     * --add-modules jdk.incubator.vector}, else plain ones. {@code -Dmfg.kernels=loops} asks for plain ones.
     *
     * @return loops
     */
    public static Products fastest() {
        return Choice.of(Choice.PRODUCTS);
    }

    /**
     * Returns all loops that this virtual machine offers, whatever {@code -Dmfg.kernels} asks for.
     *
     * @return loops, plain ones first
     */
    public static List<Products> all() {
        return Choice.PRODUCTS;
    }

    /**
     * Returns whether these use vectors. Without, the engine is faster.
     *
     * @return if so, networks are computed by these
     */
    public boolean areVectors() {
        return false;
    }

    /**
     * Rounds a number of rows up.
     *
     * @param rows at least 0
     * @return for how many there must be room
     */
    public final int rows(int rows) {
        return (rows + ROWS - 1) / ROWS * ROWS;
    }

    /**
     * Returns how far apart rows lie. It is an odd number of vectors: rows at a distance of a power of two push each other out of a
     * processor's cache.
     *
     * @param columns of a row
     * @return at least as many
     */
    public int stride(int columns) {
        return oddMultiple(columns, ROWS);
    }

    static int oddMultiple(int columns, int unit) {
        return ((columns + unit - 1) / unit | 1) * unit;
    }

    /**
     * Multiplies and adds, {@code c(i,j) += sum_k a(i,k) b(k,j)}.
     *
     * @param rows i
     * @param inner k
     * @param columns j
     * @param a read at {@code aAt + i aRow + k aInner}: so a matrix may be read as its transpose
     * @param aAt where it begins
     * @param aRow the distance from i to i + 1
     * @param aInner the distance from k to k + 1
     * @param b rows k
     * @param bAt where it begins
     * @param bRow the distance of rows
     * @param c added to, rows i
     * @param cAt where it begins
     * @param cRow the distance of rows
     */
    public void multiply(
            int rows,
            int inner,
            int columns,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                axpy(columns, a[aAt + i * aRow + k * aInner], b, bAt + k * bRow, c, cAt + i * cRow);
            }
        }
    }

    private static void axpy(int n, float factor, float[] x, int from, float[] y, int to) {
        for (int j = 0; j < n; j++) {
            y[to + j] = Math.fma(factor, x[from + j], y[to + j]);
        }
    }

    /**
     * Adds up a sample's rows of a matrix, each times its factor: {@code y(j) = bias(j) + sum_k factor(k) b(row(k), j)}, over {@code from <=
     * k < to}.
     *
     * @param rows which rows of b
     * @param factors of each
     * @param from the first of this sample
     * @param to behind its last
     * @param columns j
     * @param bias what is added to
     * @param biasAt where it begins
     * @param b the matrix
     * @param bAt where it begins
     * @param bRow the distance of its rows
     * @param y out
     * @param yAt where it begins
     */
    public void gather(
            int[] rows,
            float[] factors,
            int from,
            int to,
            int columns,
            float[] bias,
            int biasAt,
            float[] b,
            int bAt,
            int bRow,
            float[] y,
            int yAt) {
        System.arraycopy(bias, biasAt, y, yAt, columns);
        for (int k = from; k < to; k++) {
            axpy(columns, factors[k], b, bAt + rows[k] * bRow, y, yAt);
        }
    }

    /**
     * The way back of {@link #gather}: {@code b(row(k), j) += factor(k) y(j)}.
     *
     * @param rows which rows of b
     * @param factors of each
     * @param from the first of this sample
     * @param to behind its last
     * @param columns j
     * @param y a row
     * @param yAt where it begins
     * @param b added to
     * @param bAt where the matrix begins
     * @param bRow the distance of its rows
     */
    public void scatter(
            int[] rows,
            float[] factors,
            int from,
            int to,
            int columns,
            float[] y,
            int yAt,
            float[] b,
            int bAt,
            int bRow) {
        for (int k = from; k < to; k++) {
            axpy(columns, factors[k], y, yAt, b, bAt + rows[k] * bRow);
        }
    }

    /**
     * Adds up rows, {@code sum(j) += sum_i x(i,j)}.
     *
     * @param rows i
     * @param columns j
     * @param x rows, from 0 on
     * @param xRow the distance of rows
     * @param sum added to
     * @param at where it begins
     */
    public void addRows(int rows, int columns, float[] x, int xRow, float[] sum, int at) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum[at + j] += x[i * xRow + j];
            }
        }
    }

    /**
     * Rectifies, {@code x = max(x, slope x)} with a slope in (0, 1).
     *
     * @param x in and out
     * @param n how many numbers, from 0 on
     * @param slope below zero
     */
    public void rectify(float[] x, int n, float slope) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] > 0 ? x[i] : slope * x[i];
        }
    }

    /**
     * The way back of {@link #rectify}: where the output is not positive, {@code bar = slope bar}.
     *
     * @param output of {@link #rectify}
     * @param bar in and out
     * @param n how many numbers, from 0 on
     * @param slope below zero
     */
    public void unrectify(float[] output, float[] bar, int n, float slope) {
        for (int i = 0; i < n; i++) {
            bar[i] = output[i] > 0 ? bar[i] : slope * bar[i];
        }
    }

    /**
     * A step of Adam (Kingma and Ba 2015) for ascent: {@code mean += (1 - beta1) (g - mean)}, {@code square += (1 - beta2) (g^2 -
     * square)}, {@code theta += rate mean / (scale sqrt(square) + epsilon)}, {@code g = factor gradient}.
     *
     * @param n how many numbers, from 0 on
     * @param gradient not modified
     * @param factor of the gradient
     * @param beta1 how much of the mean stays
     * @param beta2 how much of the square stays
     * @param rate the learning rate, with what makes the mean unbiased
     * @param scale what makes the root of the square unbiased
     * @param epsilon what keeps from dividing by 0
     * @param theta modified
     * @param mean modified
     * @param square modified
     */
    public void adam(
            int n,
            float[] gradient,
            float factor,
            float beta1,
            float beta2,
            float rate,
            float scale,
            float epsilon,
            float[] theta,
            float[] mean,
            float[] square) {
        for (int i = 0; i < n; i++) {
            float g = factor * gradient[i];
            mean[i] += (1 - beta1) * (g - mean[i]);
            square[i] += (1 - beta2) * (g * g - square[i]);
            theta[i] += rate * mean[i] / (scale * (float) Math.sqrt(square[i]) + epsilon);
        }
    }
}
