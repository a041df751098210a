package mfg.eval.io;

import mfg.core.InvalidInputException;

/** What a number on the command line may be. */
public final class Range {

    private static final int MOST = 1_000_000;

    private Range() {}

    /** Refuses numbers that are too small. */
    public static void atLeast(String option, int number, int least) {
        if (number < least) {
            throw new InvalidInputException("%s must be at least %d, not %d".formatted(option, least, number));
        }
    }

    /** Refuses what is not above 0, or not finite. */
    public static void positive(String option, double number) {
        if (!(number > 0 && Double.isFinite(number))) {
            throw new InvalidInputException("%s must be above 0, not %s".formatted(option, number));
        }
    }

    /** Refuses counts that are too small or a slip. */
    public static void check(String option, int count, int least) {
        if (count < least || count > MOST) {
            throw new InvalidInputException(
                    "%s must be between %d and %d, not %d".formatted(option, least, MOST, count));
        }
    }
}
