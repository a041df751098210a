package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random numbers for kernels and what they left, as plain doubles that their precision holds. Tables lie between two others,
 * whose numbers nobody may touch; their padding is filled, too.
 */
final class Tables<F> {

    private static final double UNTOUCHED = 77;

    final Kernels<F> kernels;
    final Table layout;
    final SplittableRandom random;
    final int states;
    final int actions;

    /** Where tables begin. */
    final int at;

    /** Where numbers by state begin that are kept for each table. */
    final int row;

    Tables(Kernels<F> kernels, int states, int actions, long seed) {
        this.kernels = kernels;
        this.layout = kernels.table(states, actions);
        this.random = new SplittableRandom(seed);
        this.states = states;
        this.actions = actions;
        this.at = layout.size();
        this.row = layout.rows();
    }

    /** How far off sums of a few numbers of size 1 may be. */
    double tolerance() {
        return kernels.bytes() == Double.BYTES ? 1e-13 : 2e-5;
    }

    double draw(double from, double to) {
        double number = random.nextDouble(from, to);
        return kernels.bytes() == Double.BYTES ? number : (float) number;
    }

    double[] draws(int count, double from, double to) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> draw(from, to));
        return numbers;
    }

    /** Numbers by state, 0 in the padding. */
    double[] weights(double from, double to) {
        return Arrays.copyOf(draws(states, from, to), layout.rows());
    }

    double[] byAction(double from, double to) {
        return draws(actions, from, to);
    }

    /** Numbers by state and action, the padding included. */
    double[][] table(double from, double to) {
        double[][] table = new double[layout.rows()][];
        Arrays.setAll(table, s -> byAction(from, to));
        return table;
    }

    // ---- to arrays ----

    F array(double... numbers) {
        F array = kernels.array(numbers.length);
        kernels.ofDoubles(numbers, 0, array, 0, numbers.length);
        return array;
    }

    private F between(double[] numbers) {
        double[] three = new double[3 * numbers.length];
        Arrays.fill(three, UNTOUCHED);
        System.arraycopy(numbers, 0, three, numbers.length, numbers.length);
        return array(three);
    }

    F arrayFromRow(double[] byState) {
        return between(byState);
    }

    F arrayFromAt(double[][] table) {
        return between(folded(table));
    }

    F arrayFromStart(double[][] table) {
        return array(folded(table));
    }

    private double[] folded(double[][] table) {
        double[] numbers = new double[layout.size()];
        for (int s = 0; s < layout.rows(); s++) {
            for (int a = 0; a < actions; a++) {
                numbers[index(s, a)] = table[s][a];
            }
        }
        return numbers;
    }

    /** Numbers on which nothing must depend. */
    F scratch() {
        return array(draws(layout.scratchSize(), 5, 6));
    }

    /** An empty table. */
    F arrayFromAt() {
        return arrayFromAt(new double[layout.rows()][actions]);
    }

    /** As {@link Table} says. */
    private int index(int s, int a) {
        int lanes = layout.lanes();
        return ((s / lanes) * actions + a) * lanes + s % lanes;
    }

    // ---- from arrays ----

    double[] read(F array, int from, int count) {
        double[] numbers = new double[count];
        kernels.toDoubles(array, from, numbers, 0, count);
        return numbers;
    }

    private double[] readBetween(F three, int size) {
        double[] untouched = new double[size];
        Arrays.fill(untouched, UNTOUCHED);
        assertArrayEquals(untouched, read(three, 0, size), "before");
        assertArrayEquals(untouched, read(three, 2 * size, size), "behind");
        return read(three, size, size);
    }

    double[] readFromRow(F array) {
        return readBetween(array, layout.rows());
    }

    double[][] readFromAt(F array) {
        return unfolded(readBetween(array, layout.size()));
    }

    double[][] readFromStart(F array) {
        return unfolded(read(array, 0, layout.size()));
    }

    private double[][] unfolded(double[] numbers) {
        double[][] table = new double[layout.rows()][actions];
        for (int s = 0; s < layout.rows(); s++) {
            for (int a = 0; a < actions; a++) {
                table[s][a] = numbers[index(s, a)];
            }
        }
        return table;
    }

    // ---- comparisons, without the padding ----

    void assertClose(double[] expected, double[] actual, double scale, String what) {
        assertArrayEquals(expected, Arrays.copyOf(actual, expected.length), scale * tolerance(), what);
    }

    void assertClose(double[][] expected, double[][] actual, double scale, String what) {
        for (int s = 0; s < states; s++) {
            assertClose(expected[s], actual[s], scale, what + " of state " + s);
        }
    }

    void assertUnchanged(double[][] expected, F array) {
        double[][] actual = readFromAt(array);
        for (int s = 0; s < layout.rows(); s++) {
            assertArrayEquals(expected[s], actual[s], "an argument was modified");
        }
    }

    void assertUnchanged(double[] expected, F array) {
        assertArrayEquals(expected, read(array, 0, expected.length), "an argument was modified");
    }

    // ---- what policies are ----

    static double logSum(double[] logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double sum = Arrays.stream(logits).map(z -> Math.pow(2, z - most)).sum();
        return most + Math.log(sum) / Math.log(2);
    }

    /** {@code log2 sum_a 2^z(s,a)} by state, rounded to what the arrays hold. */
    double[] logSums(double[][] logits) {
        double[] sums = Arrays.stream(logits).mapToDouble(Tables::logSum).toArray();
        return read(array(sums), 0, sums.length);
    }

    static double[][] powers(double[][] logits, double[] shift) {
        double[][] powers = new double[logits.length][];
        Arrays.setAll(
                powers,
                s -> Arrays.stream(logits[s])
                        .map(z -> Math.pow(2, z - shift[s]))
                        .toArray());
        return powers;
    }

    static double largest(double[] row) {
        return Arrays.stream(row).max().orElseThrow();
    }
}
