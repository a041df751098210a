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

    /**
     * Four rows each, between the first and the last entry that is not 0 in all of them; and apart from them the entries of the last
     * state, ⊥.
     */
    private record Rows(double[][][] fours, int[] first, double[] outside) {

        static Rows of(double[][] w) {
            int last = w.length - 1;
            int groups = (w.length + 3) / 4;
            double[][][] fours = new double[groups][4][];
            int[] first = new int[groups];
            for (int g = 0; g < groups; g++) {
                int from = last;
                int to = 0;
                for (int s = 4 * g; s < Math.min(4 * g + 4, w.length); s++) {
                    for (int i = 0; i < last; i++) {
                        if (!negligible(w[s][i])) {
                            from = Math.min(from, i);
                            to = Math.max(to, i + 1);
                        }
                    }
                }
                first[g] = Math.min(from, to);
                for (int k = 0; k < 4; k++) {
                    double[] row = 4 * g + k <= last ? w[4 * g + k] : new double[w.length];
                    fours[g][k] = Arrays.copyOfRange(row, first[g], to);
                }
            }
            double[] outside = Arrays.stream(w).mapToDouble(row -> row[last]).toArray();
            return new Rows(fours, first, outside);
        }

        /** Far below the rounding of a probability distribution. */
        private static boolean negligible(double probability) {
            return probability < 1e-25;
        }

        /** {@code to = sum_s x(s) row(s)}: the compiler makes vector instructions of such sums, side by side. */
        void addUp(double[] x, double[] to) {
            int last = x.length - 1;
            Arrays.fill(to, 0);
            for (int g = 0; g < fours.length; g++) {
                int s = 4 * g;
                double x1 = s < last ? x[s + 1] : 0;
                double x2 = s + 1 < last ? x[s + 2] : 0;
                double x3 = s + 2 < last ? x[s + 3] : 0;
                add(x[s], fours[g][0], x1, fours[g][1], x2, fours[g][2], x3, fours[g][3], to, first[g]);
            }
            to[last] = Sums.product(outside, x, 0, x.length);
        }

        private static void add(
                double x0,
                double[] row0,
                double x1,
                double[] row1,
                double x2,
                double[] row2,
                double x3,
                double[] row3,
                double[] to,
                int at) {
            for (int i = 0; i < row0.length; i++) {
                to[at + i] += (x0 * row0[i] + x1 * row1[i]) + (x2 * row2[i] + x3 * row3[i]);
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
        addUp(byRow, from, to);
    }

    /**
     * Expects the value of the next state; also the adjoint of {@link #move}.
     *
     * @param value {@code v(s')}; not modified
     * @param expected out: {@code sum_{s'} w(s' | s) v(s')}
     */
    public void expect(double[] value, double[] expected) {
        addUp(byColumn, value, expected);
    }

    private static void addUp(@Nullable Rows rows, double[] x, double[] to) {
        if (rows == null) {
            System.arraycopy(x, 0, to, 0, x.length);
        } else {
            rows.addUp(x, to);
        }
    }
}
