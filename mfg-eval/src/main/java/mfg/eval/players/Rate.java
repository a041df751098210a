package mfg.eval.players;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.eval.io.PowerLaw;
import mfg.eval.io.Text;

/**
 * How fast an error falls with the number of players. What is fitted are exact numbers, so that nothing here is due to chance: the
 * interval tells how far they are from a power law, which {@code c/N + d/N^2} is not for small N.
 *
 * @param error of what
 * @param theory the exponent that theory has, not a number if none
 * @param slope of its logarithm over that of N, by least squares from N = {@link #MANY} on; not a number with fewer than two there
 * @param least the least slope between two neighbours there
 * @param most the largest
 */
public record Rate(String error, double theory, double slope, double least, double most) {

    /** From here on N is large. */
    public static final int MANY = 100;

    /** Less than this is rounding. */
    public static final double NOTHING = 1e-13;

    /**
     * Fits a rate.
     *
     * @param players the numbers of players, rising
     * @param errors as many
     */
    public static Rate of(String error, double theory, List<Integer> players, double[] errors) {
        int[] large = IntStream.range(0, errors.length)
                .filter(i -> players.get(i) >= MANY && errors[i] >= NOTHING)
                .toArray();
        double[] x = IntStream.of(large).mapToDouble(players::get).toArray();
        double[] y = IntStream.of(large).mapToDouble(i -> errors[i]).toArray();
        double[] between = IntStream.range(1, x.length)
                .mapToDouble(i -> Math.log(y[i] / y[i - 1]) / Math.log(x[i] / x[i - 1]))
                .toArray();
        return new Rate(
                error,
                theory,
                PowerLaw.fit(x, y).slope(),
                Arrays.stream(between).min().orElse(Double.NaN),
                Arrays.stream(between).max().orElse(Double.NaN));
    }

    /** Theory in a word, such as {@code N^-0.5}. */
    public String theoryText() {
        return Double.isNaN(theory) ? "none" : theory == 0 ? "stays" : Text.of("N^%.1f", theory);
    }

    /** The rate in a few words, such as {@code N^-1.002 [-1.006, -1.000]}. */
    public String text() {
        return Double.isNaN(slope) ? "no rate" : Text.of("N^%.3f [%.3f, %.3f]", slope, least, most);
    }
}
