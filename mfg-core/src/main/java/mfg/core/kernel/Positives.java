package mfg.core.kernel;

/**
 * Which numbers of an array are positive. It is filled again and again with arrays that mostly agree in this, and then
 * the list stands.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public final class Positives<F> {

    /** Their indices, ascending; {@link #count} of them. */
    final int[] list;

    int count;

    /** As bits: all set where the number was positive last time. */
    final F signs;

    Positives(int length, F signs) {
        this.list = new int[length];
        this.signs = signs;
    }

    /**
     * Returns the indices of positive numbers.
     *
     * @return indices, ascending; {@link #count} of them count
     */
    public int[] list() {
        return list;
    }

    /**
     * Returns how many are positive.
     *
     * @return at least 0
     */
    public int count() {
        return count;
    }
}
