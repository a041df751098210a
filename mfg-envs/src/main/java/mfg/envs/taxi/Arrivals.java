package mfg.envs.taxi;

import mfg.envs.players.Draws;

/**
 * Draws with one probability for up to 64 cells at once: a cell's random number is spread over words, a bit in each plane from the
 * highest on, and compared digit by digit, in all cells together, until every comparison is decided.
 */
final class Arrivals {

    private static final int DIGITS = 32;

    private final int cells;

    /** How many planes of one bit a cell a word has. */
    private final int planes;

    /** How many words decide everything. */
    private final int words;

    /** The probability's binary digits from the highest on, each 0 or all ones, (words, planes). */
    private final long[] digits;

    Arrivals(int cells, double probability) {
        long threshold = Math.min(City.units(probability), (1L << DIGITS) - 1);
        this.cells = cells;
        this.planes = Long.SIZE / cells;
        int significant = DIGITS - Math.min(DIGITS, Long.numberOfTrailingZeros(threshold));
        this.words = (significant + planes - 1) / planes; // below a digit 0 that no digit 1 follows nothing is less
        this.digits = new long[words * planes];
        for (int d = 0; d < significant; d++) {
            digits[d] = -(threshold >>> (DIGITS - 1 - d) & 1);
        }
    }

    /** How many draws a call may take. */
    int words() {
        return words;
    }

    /**
     * Draws.
     *
     * @param among a bit for each cell that is drawn for
     * @param stream where draws come from
     * @param at the place of the first; the same cell gets the same whatever the others are
     * @return a bit for each cell whose number was less than the probability
     */
    long draw(long among, long stream, long at) {
        long come = 0;
        long open = among;
        for (int w = 0; w < words && open != 0; w++) {
            long word = Draws.at(stream, at + w);
            for (int d = w * planes; d < (w + 1) * planes; d++) {
                long decided = open & (word ^ digits[d]);
                come |= decided & digits[d]; // its digit is 0, the probability's 1
                open ^= decided;
                word >>>= cells;
            }
        }
        return come;
    }
}
