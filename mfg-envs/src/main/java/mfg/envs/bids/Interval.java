package mfg.envs.bids;

/**
 * An interval that an estimate is trusted to lie in.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

    /**
     * Whether it has a number.
     *
     * @param x the number
     * @return whether x is between the ends or one of them
     */
    public boolean contains(double x) {
        return low <= x && x <= high;
    }
}
