package mfg.core.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Inner loops on arrays of one primitive type: conversions here, those of policies in {@link TableKernels}, those of a neural
 * mechanism in {@link NetworkKernels}. Every method writes the arrays that are marked "out", and adds to those that are marked
 * "added to"; nothing else is modified. Nothing is checked but by Java itself.
 *
 * <p>What is not finite stays so: where an input is NaN or infinite, every output that it enters is NaN or infinite, but for the
 * limits of {@link #softplus}. A row of logits with a NaN or an infinity has no probabilities, so all of them are NaN. Otherwise
 * what overflowed would end as an ordinary objective.
 *
 * <p>Each implementation gives the same bits on every call; two implementations agree up to rounding.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public interface Kernels<F> extends TableKernels<F>, NetworkKernels<F> {

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
}
