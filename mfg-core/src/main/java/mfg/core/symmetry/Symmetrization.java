package mfg.core.symmetry;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;

/**
 * {@code Sym(f)(x) = (1/K!) sum over permutations g of f(g(x))} (SYMM Def. 3): what a function of K others is on average if
 * nobody knows who is who. It depends only on how many have each pair.
 */
@FunctionalInterface
public interface Symmetrization {

    /** Most orders that {@link #EXACT} goes through. */
    int MOST_ORDERS = 10_000_000;

    /** A function of a configuration, such as the transitions of one player. */
    @FunctionalInterface
    interface Function {

        /**
         * Computes it.
         *
         * @param configuration a pair for each of K players; not modified
         * @param values out
         */
        void at(int[] configuration, double[] values);
    }

    /** All orders in which the pairs can be given to players, each once. Exact, for few players. */
    Symmetrization EXACT = Symmetrization::exact;

    /**
     * Averages over orders.
     *
     * @param f the function
     * @param counts how many have each pair; not modified
     * @param values out: {@code Sym(f)}
     */
    void average(Function f, int[] counts, double[] values);

    /**
     * Averages over some orders, drawn at random. Unbiased.
     *
     * @param samples how many
     * @param seed decides which: the same for all functions and counts
     * @return the symmetrization
     * @throws InvalidInputException if there are none
     */
    static Symmetrization sampled(int samples, long seed) {
        if (samples < 1) {
            throw new InvalidInputException("a symmetrization needs at least 1 sample, not " + samples);
        }
        return (f, counts, values) -> sample(f, counts, values, samples, new SplittableRandom(seed));
    }

    private static void exact(Function f, int[] counts, double[] values) {
        int[] order = sorted(counts);
        double[] one = new double[values.length];
        Arrays.fill(values, 0);
        int orders = 0;
        do {
            if (++orders > MOST_ORDERS) {
                throw new InvalidInputException(
                        "%d players are too many to go through all their orders; sample them".formatted(order.length));
            }
            f.at(order, one);
            add(one, values);
        } while (toNextOrder(order));
        scale(values, orders);
    }

    private static void sample(Function f, int[] counts, double[] values, int samples, SplittableRandom random) {
        int[] order = sorted(counts);
        double[] one = new double[values.length];
        Arrays.fill(values, 0);
        for (int k = 0; k < samples; k++) {
            for (int i = order.length - 1; i > 0; i--) {
                swap(order, i, random.nextInt(i + 1));
            }
            f.at(order, one);
            add(one, values);
        }
        scale(values, samples);
    }

    /** The pairs of all players, from the smallest to the largest. */
    private static int[] sorted(int[] counts) {
        int[] order = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int pair = 0; pair < counts.length; pair++) {
            for (int k = 0; k < counts[pair]; k++) {
                order[at++] = pair;
            }
        }
        return order;
    }

    /** The lexicographically next order of the same pairs; false after the last. */
    private static boolean toNextOrder(int[] order) {
        int i = order.length - 2;
        while (i >= 0 && order[i] >= order[i + 1]) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        int j = order.length - 1;
        while (order[j] <= order[i]) {
            j--;
        }
        swap(order, i, j);
        for (int from = i + 1, to = order.length - 1; from < to; from++, to--) {
            swap(order, from, to);
        }
        return true;
    }

    private static void swap(int[] order, int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }

    private static void add(double[] one, double[] sum) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += one[k];
        }
    }

    private static void scale(double[] sum, int by) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= by;
        }
    }
}
