package mfg.core.kernel;

/**
 * Loops of a neural mechanism: products with matrices, and relus with lists of what they leave.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public interface NetworkKernels<F> {

    /**
     * Rounds a length up to what {@link #apply} and {@link #outer} need.
     *
     * @param length at least 0
     * @return the padded length, a multiple of four
     */
    int padded(int length);

    /**
     * Creates a packed matrix of zeros, for {@link #apply}.
     *
     * @param outputs the number of rows
     * @param inputs the number of columns
     * @return the matrix
     */
    F packed(int outputs, int inputs);

    /**
     * Packs a matrix.
     *
     * @param matrix row by row, (outputs, inputs)
     * @param outputs the number of rows
     * @param inputs the number of columns
     * @param packed out: of these numbers of rows and columns
     */
    void pack(F matrix, int outputs, int inputs, F packed);

    /**
     * Packs the transpose of a matrix.
     *
     * @param matrix row by row, (inputs, outputs)
     * @param outputs the number of rows of the transpose
     * @param inputs its number of columns
     * @param packed out: of these numbers of rows and columns
     */
    void packTransposed(F matrix, int outputs, int inputs, F packed);

    /**
     * Transposes a matrix.
     *
     * @param matrix row by row, (rows, columns)
     * @param rows the number of rows
     * @param columns the number of columns
     * @return a new matrix, row by row, (columns, rows)
     */
    F transpose(F matrix, int rows, int columns);

    /**
     * Multiplies by a matrix and adds: {@code y += sum_j x(j) column(j)} over the listed inputs.
     *
     * @param packed the matrix, as {@link #pack} or {@link #packTransposed} left it
     * @param inputs its number of columns
     * @param x the inputs
     * @param at where they begin
     * @param list which inputs count
     * @param count how many are listed
     * @param y added to; its length is the number of rows, {@link #padded}
     */
    void apply(F packed, int inputs, F x, int at, int[] list, int count, F y);

    /**
     * Adds products of columns: {@code sum(i, j) += sum_{k < count} d(k, i) x(k, j)} for the listed i.
     *
     * @param d row by row
     * @param dStride how far apart they begin
     * @param list which i count, a multiple of four of them; none more than once, but where {@code d(., i)} is zero
     * @param listed how many are listed
     * @param x row by row
     * @param xStride how far apart they begin
     * @param n {@link #padded}
     * @param count the number of rows k
     * @param sum added to, row by row, each of length n
     */
    void outer(F d, int dStride, int[] list, int listed, F x, int xStride, int n, int count, F sum);

    /**
     * Lists what is not negligible, NaN included. In this and the methods that follow, arrays reach as far as {@code padded(count)} from where
     * they begin, numbers in the padding are 0, and so is what is written there.
     *
     * @param x numbers
     * @param at where they begin
     * @param count how many
     * @param least of which size; where it is not finite, 0
     * @param list out: the indices, counted from {@code at}, of those that exceed it in size
     * @return how many are listed
     */
    int list(F x, int at, int count, double least, int[] list);

    /**
     * Creates what {@link #rectify} and {@link #mask} fill.
     *
     * @param count of how many numbers
     * @return none of them positive
     */
    Positives<F> positives(int count);

    /**
     * Keeps what is positive: {@code to = max(from, 0)}, and NaN for -infinity.
     *
     * @param from numbers, from 0 on
     * @param to out
     * @param at where it goes
     * @param count how many
     * @param positives out: which are positive, or NaN in {@code to}
     */
    void rectify(F from, F to, int at, int count, Positives<F> positives);

    /**
     * Keeps a cotangent where the output was positive or NaN, and zeros it elsewhere if it is finite.
     *
     * @param output of {@link #rectify}
     * @param outputAt where it begins
     * @param cotangent from {@code at} on
     * @param at where it begins
     * @param to out, from {@code toAt} on
     * @param toAt where it begins
     * @param count how many
     * @param positives out: which are kept
     */
    void mask(F output, int outputAt, F cotangent, int at, F to, int toAt, int count, Positives<F> positives);

    /**
     * Evaluates {@code log(1 + e^x)} and its derivative; an infinity has the limits of both, and NaN gives NaN.
     *
     * @param x numbers, from 0 on
     * @param count how many
     * @param value out, from 0 on
     * @param slope out, {@code 1 / (1 + e^-x)}
     * @param slopeAt where it goes
     */
    void softplus(F x, int count, F value, F slope, int slopeAt);
}
