package mfg.envs.auction;

import java.util.Arrays;
import mfg.core.Sums;
import org.jspecify.annotations.Nullable;

/** A fixed transition matrix {@code w(s' | s)} on primitive arrays, which skips the zeros at both ends of a row. */
public final class Transitions {

    /** Nothing moves. */
    public static final Transitions STILL = new Transitions(null, null);

    private final @Nullable Rows byRow;
    private final @Nullable Rows byColumn;

    private Transitions(@Nullable Rows byRow, @Nullable Rows byColumn) {
        this.byRow = byRow;
        this.byColumn = byColumn;
    }

    /** The entries of each row between its first and its last that is not 0, and apart from them that of the last state, ⊥. */
    private record Rows(double[][] entries, int[] first, double[] outside) {

        static Rows of(double[][] w) {
            int last = w.length - 1;
            double[][] entries = new double[w.length][];
            int[] first = new int[w.length];
            double[] outside = new double[w.length];
            for (int s = 0; s < w.length; s++) {
                int from = 0;
                int to = last;
                while (from < to && negligible(w[s][from])) {
                    from++;
                }
                while (to > from && negligible(w[s][to - 1])) {
                    to--;
                }
                first[s] = from;
                entries[s] = Arrays.copyOfRange(w[s], from, to);
                outside[s] = w[s][last];
            }
            return new Rows(entries, first, outside);
        }

        /** Far below the rounding of a probability distribution. */
        private static boolean negligible(double probability) {
            return probability < 1e-25;
        }

        /** {@code to(s) = row(s) · x}. */
        void multiply(double[] x, double[] to) {
            double last = x[x.length - 1];
            for (int s = 0; s < entries.length; s++) {
                to[s] = Sums.product(entries[s], x, first[s], entries[s].length) + outside[s] * last;
            }
        }
    }

    static Transitions of(double[][] w) {
        double[][] turned = new double[w.length][w.length];
        for (int s = 0; s < w.length; s++) {
            for (int next = 0; next < w.length; next++) {
                turned[next][s] = w[s][next];
            }
        }
        return new Transitions(Rows.of(w), Rows.of(turned));
    }

    /**
     * Moves the population; also the adjoint of {@link #expect}.
     *
     * @param from {@code x(s)}; not modified
     * @param to out: {@code sum_s x(s) w(s' | s)}
     */
    public void move(double[] from, double[] to) {
        multiply(byColumn, from, to);
    }

    /**
     * Expects the value of the next state; also the adjoint of {@link #move}.
     *
     * @param value {@code v(s')}; not modified
     * @param expected out: {@code sum_{s'} w(s' | s) v(s')}
     */
    public void expect(double[] value, double[] expected) {
        multiply(byRow, value, expected);
    }

    private static void multiply(@Nullable Rows rows, double[] x, double[] to) {
        if (rows == null) {
            System.arraycopy(x, 0, to, 0, x.length);
        } else {
            rows.multiply(x, to);
        }
    }
}
