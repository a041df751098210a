package mfg.envs.players;

import java.util.Arrays;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;

/**
 * Distributions to draw from in constant time (Walker 1977): each of n columns holds the n-th part of the mass, some of it for
 * its own outcome and the rest for one other. Probabilities are exact up to 2^-32; what has probability 0 never comes up.
 */
final class AliasTables {

    private static final long LOW = 0xffffffffL;

    private final int columns;

    /** By row and column: the share of the column's own outcome in units of 2^-32, then the other outcome. */
    private final long[] entries;

    /** What is not below this is as good as 0. */
    private static final double ROUNDING = -1e-9;

    private final double[] share;
    private final int[] small;
    private final int[] large;

    /** Tables that hold nothing yet. */
    AliasTables(int rows, int columns) {
        this.columns = columns;
        this.entries = new long[Sizes.product("rows x outcomes", rows, columns)];
        this.share = new double[columns];
        this.small = new int[columns];
        this.large = new int[columns];
    }

    /**
     * Fills all tables.
     *
     * @param weights nonnegative but for rounding, row by row
     * @throws InvalidInputException if a row is no distribution
     */
    void fill(double[] weights) {
        for (int at = 0; at < entries.length; at += columns) {
            fill(weights, at);
        }
    }

    /** As Vose (1991) does it: columns with too little are filled up by columns with too much. */
    private void fill(double[] weights, int at) {
        double total = 0;
        for (int a = 0; a < columns; a++) {
            share[a] = weights[at + a] < 0 && weights[at + a] > ROUNDING ? 0 : weights[at + a];
            total += share[a] >= 0 ? share[a] : Double.NaN;
        }
        if (!(total > 0) || Double.isInfinite(total)) {
            throw new InvalidInputException("not a distribution: "
                    + Arrays.toString(Arrays.copyOfRange(weights, at, at + Math.min(columns, 10))));
        }
        int smalls = 0;
        int larges = 0;
        for (int a = 0; a < columns; a++) {
            share[a] = share[a] * columns / total;
            if (share[a] < 1) {
                small[smalls++] = a;
            } else {
                large[larges++] = a;
            }
        }
        while (smalls > 0 && larges > 0) {
            int from = large[larges - 1];
            int to = small[--smalls];
            entries[at + to] = (long) (share[to] * 0x1.0p32) << 32 | from;
            share[from] -= 1 - share[to];
            if (share[from] < 1) {
                larges--;
                small[smalls++] = from;
            }
        }
        while (larges > 0) {
            int whole = large[--larges];
            entries[at + whole] = whole;
        }
        while (smalls > 0) { // short of 1 by rounding only
            int whole = small[--smalls];
            entries[at + whole] = whole;
        }
    }

    /** Draws an outcome. */
    int draw(int row, long random) {
        int column = Draws.below(columns, random);
        long entry = entries[row * columns + column];
        return (random & LOW) < entry >>> 32 ? column : (int) entry;
    }
}
