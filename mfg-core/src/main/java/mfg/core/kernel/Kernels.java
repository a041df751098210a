package mfg.core.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Inner loops on arrays of one primitive type. Tables (see {@link Table}) hold logits in base 2, {@code z = zeta / ln 2}, up to a
 * constant of each row; {@code lse(s) = log2 sum_a 2^z(s,a)}. Arrays by state have {@code table.rows()} entries from
 * {@code row} on, arrays by action one an action. Every method writes the arrays that are marked "out", and adds to those that
 * are marked "added to"; nothing else is modified. Nothing is checked but by Java itself.
 *
 * <p>What is not finite stays so: where an input is NaN or infinite, every output that it enters is NaN or infinite, but for the
 * limits of {@link #softplus}. A row of logits with a NaN or an infinity has no probabilities, so all of them are NaN. Otherwise
 * what overflowed would end as an ordinary objective.
 *
 * <p>Each implementation gives the same bits on every call; two implementations agree up to rounding.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public interface Kernels<F> {

    /**
     * Returns the fastest loops that this virtual machine offers: with the Vector API where it was started with {@code
     * --add-modules jdk.incubator.vector}, else plain ones. {@code -Dmfg.kernels=loops} asks for plain ones.
     *
     * @return loops on floats
     */
    static Kernels<float[]> floats() {
        return Choice.of(Choice.FLOATS);
    }

    /**
     * Returns the fastest loops that this virtual machine offers, in double precision.
     *
     * @return loops on doubles
     */
    static Kernels<double[]> doubles() {
        return Choice.of(Choice.DOUBLES);
    }

    /**
     * Returns all loops that this virtual machine offers, whatever {@code -Dmfg.kernels} asks for.
     *
     * @return loops on floats, plain ones first
     */
    static List<Kernels<float[]>> allFloats() {
        return Choice.FLOATS;
    }

    /**
     * Returns all loops that this virtual machine offers, in double precision.
     *
     * @return loops on doubles, plain ones first
     */
    static List<Kernels<double[]>> allDoubles() {
        return Choice.DOUBLES;
    }

    /**
     * Returns what these loops are made of.
     *
     * @return such as {@code loops} or {@code vector-512}
     */
    String name();

    /**
     * Creates an array of zeros. Only these loops know where its numbers lie; {@link #toDoubles} reads them.
     *
     * @param length how many numbers
     * @return the array
     */
    F array(int length);

    /**
     * Sets numbers to 0.
     *
     * @param numbers out
     * @param count how many, from 0 on
     */
    void clear(F numbers, int count);

    /**
     * Copies numbers.
     *
     * @param from source
     * @param at where they begin
     * @param to out
     * @param toAt where they go
     * @param count how many
     */
    void copy(F from, int at, F to, int toAt, int count);

    /**
     * Returns how much memory a number takes.
     *
     * @return 4 or 8 bytes
     */
    int bytes();

    /**
     * Lays out a table.
     *
     * @param states the number of states
     * @param actions the number of actions
     * @return the layout that suits these loops
     */
    Table table(int states, int actions);

    /**
     * Rounds a length up to what {@link #apply} and {@link #outer} need.
     *
     * @param length at least 0
     * @return the padded length, a multiple of four
     */
    int padded(int length);

    /**
     * Converts numbers.
     *
     * @param from source
     * @param at where it begins
     * @param to out
     * @param toAt where it goes
     * @param count how many numbers
     */
    void toDoubles(F from, int at, double[] to, int toAt, int count);

    /**
     * Converts numbers.
     *
     * @param from source
     * @param at where it begins
     * @param to out
     * @param toAt where it goes
     * @param count how many numbers
     */
    void ofDoubles(double[] from, int at, F to, int toAt, int count);

    /**
     * Reads an array of the engine.
     *
     * @param array of the type of F, any shape; not modified
     * @return its numbers, last axis fastest
     */
    F read(NDArray array);

    /**
     * Hands numbers to the engine.
     *
     * @param manager the owner of the result
     * @param numbers as many as the shape has
     * @param shape the shape
     * @return a new array
     */
    NDArray write(NDManager manager, F numbers, Shape shape);

    // ---- tables ----

    /**
     * Takes a step of mirror descent, {@code next(s,a) = decay (z(s,a) - lse(s)) + c(s) x(a) + b(s) y(a)}; exponentiates, {@code
     * power(s,a) = 2^v} with {@code v = next(s,a) - shift(s)}; and bids, {@code nu(a) = sum_s mu(s) power(s,a) / total(s)}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param at where the tables begin
     * @param lse by state, from {@code row} on
     * @param row where it begins
     * @param decay a factor
     * @param x by action
     * @param y by action
     * @param c by state, from 0 on, as all that follow
     * @param b by state
     * @param shift by state, at least the largest entry of each row of {@code next}, but for rounding
     * @param mu the mass of each state, 0 in the padding
     * @param next out, from {@code at} on; may be {@code z}
     * @param power out, a table from 0 on
     * @param total out, by state: {@code sum_a 2^v}
     * @param moment out, by state: {@code sum_a v 2^v}
     * @param nu out, by action
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void advance(
            Table table,
            F z,
            int at,
            F lse,
            int row,
            double decay,
            F x,
            F y,
            F c,
            F b,
            F shift,
            F mu,
            F next,
            F power,
            F total,
            F moment,
            F nu,
            F scratch);

    /**
     * Normalizes rows.
     *
     * @param table the layout
     * @param shift as given to {@link #advance}
     * @param total as {@link #advance} left it; out: its inverse
     * @param moment as {@link #advance} left it; out: the entropy of each row in nats
     * @param lse out, by state from {@code row} on: {@code log2 sum_a 2^next}
     * @param row where it begins
     */
    void normalize(Table table, F shift, F total, F moment, F lse, int row);

    /**
     * Sums over actions twice: {@code xSum(s) = scale(s) sum_{a >= first} table(s,a) x(a)}, and so for y.
     *
     * @param table the layout
     * @param numbers a table from 0 on
     * @param scale by state
     * @param first the first action that counts
     * @param x by action
     * @param y by action
     * @param xSum out, by state
     * @param ySum out, by state
     */
    void sumActions(Table table, F numbers, F scale, int first, F x, F y, F xSum, F ySum);

    /**
     * Takes a step back: the {@code z} from which {@link #advance} made {@code next}, up to rounding, and its {@link
     * #probabilities}.
     *
     * @param table the layout
     * @param next what the step made, from {@code at} on
     * @param at where the tables begin
     * @param lse by state, from {@code row} on
     * @param row where {@code lse} begins
     * @param decay a factor
     * @param x by action
     * @param y by action
     * @param c by state, from 0 on
     * @param b by state, from 0 on
     * @param z out, from {@code at} on; may be {@code next}
     * @param pi out, from {@code at} on
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void stepBack(Table table, F next, int at, F lse, int row, double decay, F x, F y, F c, F b, F z, F pi, F scratch);

    /**
     * Computes probabilities, {@code pi(s,a) = 2^(z(s,a) - lse(s))}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param at where the tables begin
     * @param lse by state, from {@code row} on
     * @param row where it begins
     * @param pi out, from {@code at} on
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void probabilities(Table table, F z, int at, F lse, int row, F pi, F scratch);

    /**
     * Pulls cotangents of action values back to what depends on the action only, {@code yBar(a) = sum_s b(s) (eta
     * cotangent(s,a) + v(s) pi(s,a))} for {@code a >= first}; and sums them, {@code sum(s) = sum_{a >= first} cotangent(s,a)
     * x(a)}.
     *
     * @param table the layout
     * @param pi probabilities from {@code at} on
     * @param cotangent from {@code at} on
     * @param at where the tables begin
     * @param eta a factor
     * @param v by state, from 0 on
     * @param b by state, from 0 on, 0 in the padding
     * @param first the first action that counts
     * @param x by action
     * @param yBar out, by action from {@code first} on
     * @param sum out, by state
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void pullValues(
            Table table, F pi, F cotangent, int at, double eta, F v, F b, int first, F x, F yBar, F sum, F scratch);

    /**
     * Reads one action's column.
     *
     * @param table the layout
     * @param from a table, from {@code at} on
     * @param at where it begins
     * @param action the action
     * @param column out, by state
     */
    void column(Table table, F from, int at, int action, F column);

    /**
     * Pulls back to logits, in place: {@code cotangent(s,a) = decay * cotangent(s,a) + pi(s,a) (mu(s) (nuBar(a) - n(s)) + c(s) x(a) +
     * b(s) y(a) + k(s) + e(s) (lse(s) - z(s,a)))} with {@code n(s) = sum_a pi(s,a) nuBar(a)}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param pi probabilities from {@code at} on
     * @param cotangent from {@code at} on; modified
     * @param at where the tables begin
     * @param lse by state, from {@code row} on
     * @param row where {@code lse} begins
     * @param decay a factor
     * @param x by action
     * @param y by action
     * @param nuBar by action
     * @param mu by state, as all that follow
     * @param c by state
     * @param b by state
     * @param k by state
     * @param e by state
     * @param n out, by state
     */
    void pullLogits(
            Table table,
            F z,
            F pi,
            F cotangent,
            int at,
            F lse,
            int row,
            double decay,
            F x,
            F y,
            F nuBar,
            F mu,
            F c,
            F b,
            F k,
            F e,
            F n);

    // ---- networks ----

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
     * Adds numbers.
     *
     * @param from numbers
     * @param at where they begin
     * @param to added to
     * @param toAt where it begins
     * @param count how many
     */
    void add(F from, int at, F to, int toAt, int count);

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
