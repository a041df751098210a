package mfg.nn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of numbers as what tells them from the usual row, such as what players see: most numbers are 0, and some are 1 most of the time.
 * Row r is the usual row plus {@code values[k]} in the columns {@code columns[k]}, {@code starts[r] <= k < starts[r + 1]}. What is usual,
 * all rows decide together; it changes no more than how sums are rounded.
 *
 * @param usual the columns that are usually 1; in all others 0 is
 * @param starts (rows + 1)
 * @param columns of each number
 * @param values the numbers
 */
public record SparseRows(int[] usual, int[] starts, int[] columns, float[] values) {

    /** Rows that tell what is usual. */
    private static final int LOOKED_AT = 1024;

    /**
     * Finds what is unusual, and appends to each row who it is of.
     *
     * @param seen (rows, features), last axis fastest, from {@code at} on; not modified
     * @param at where it begins
     * @param rows how many
     * @param features of a row
     * @param identity how networks are told
     * @param players row r is of player {@code r % players}
     */
    static SparseRows of(float[] seen, int at, int rows, int features, Identity identity, int players) {
        float[] base = base(seen, at, rows, features);
        int[] starts = new int[rows + 1];
        int[] columns = new int[rows * 8];
        float[] values = new float[rows * 8];
        boolean told = identity == Identity.ONE_HOT || identity == Identity.NUMBER;
        int count = 0;
        for (int r = 0; r < rows; r++) {
            if (count + features + 1 > columns.length) {
                int more = Math.max(count + features + 1, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * columns.length));
                columns = Arrays.copyOf(columns, more);
                values = Arrays.copyOf(values, more);
            }
            int row = at + r * features;
            for (int j = 0; j < features; j++) {
                float apart = seen[row + j] - base[j];
                columns[count] = j; // overwritten where it is usual
                values[count] = apart;
                count += apart != 0 ? 1 : 0;
            }
            if (told) {
                int player = r % players;
                columns[count] = identity == Identity.ONE_HOT ? features + player : features;
                values[count] = identity == Identity.ONE_HOT ? 1 : (float) ((double) player / players);
                count++;
            }
            starts[r + 1] = count;
        }
        int[] usual = IntStream.range(0, features).filter(j -> base[j] == 1).toArray();
        return new SparseRows(usual, starts, columns, values);
    }

    /** 1 in columns where most rows have 1, else 0. */
    private static float[] base(float[] seen, int at, int rows, int features) {
        int[] ones = new int[features];
        int apart = 1 + rows / LOOKED_AT;
        int looked = 0;
        for (int r = 0; r < rows; r += apart) {
            looked++;
            for (int j = 0; j < features; j++) {
                ones[j] += seen[at + r * features + j] == 1 ? 1 : 0;
            }
        }
        float[] base = new float[features];
        for (int j = 0; j < features; j++) {
            base[j] = 2 * ones[j] > looked ? 1 : 0;
        }
        return base;
    }
}
