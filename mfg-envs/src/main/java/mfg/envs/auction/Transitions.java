package mfg.envs.auction;

import java.util.Arrays;
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

    /** The entries of each row between its first and its last that is not 0. */
    private record Rows(double[][] entries, int[] first) {

        static Rows of(double[][] w) {
            double[][] entries = new double[w.length][];
            int[] first = new int[w.length];
            for (int s = 0; s < w.length; s++) {
                int from = 0;
                int to = w.length;
                while (from < to && negligible(w[s][from])) {
                    from++;
                }
                while (to > from && negligible(w[s][to - 1])) {
                    to--;
                }
                first[s] = from;
                entries[s] = Arrays.copyOfRange(w[s], from, to);
            }
            return new Rows(entries, first);
        }

        /** Far below the rounding of a probability distribution. */
        private static boolean negligible(double probability) {
            return probability < 1e-30;
        }

        /** {@code to += sum_s x(s) row(s)}. */
        void combine(double[] x, double[] to) {
            for (int s = 0; s < entries.length; s++) {
                if (x[s] != 0) {
                    addScaled(entries[s], x[s], to, first[s]);
                }
            }
        }

        private static void addScaled(double[] row, double factor, double[] to, int at) {
            for (int i = 0; i < row.length; i++) {
                to[at + i] += factor * row[i];
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
        combine(byRow, from, to);
    }

    /**
     * Expects the value of the next state; also the adjoint of {@link #move}.
     *
     * @param value {@code v(s')}; not modified
     * @param expected out: {@code sum_{s'} w(s' | s) v(s')}
     */
    public void expect(double[] value, double[] expected) {
        combine(byColumn, value, expected);
    }

    private static void combine(@Nullable Rows rows, double[] x, double[] to) {
        if (rows == null) {
            System.arraycopy(x, 0, to, 0, x.length);
        } else {
            Arrays.fill(to, 0);
            rows.combine(x, to);
        }
    }
}
