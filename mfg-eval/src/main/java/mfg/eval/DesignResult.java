package mfg.eval;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code design} reports, by JSON name. Means over validation games where nature draws them; a figure that does not
 * exist is not a number here and null in JSON.
 *
 * @param objective of the final design at T
 * @param validationObjective of the final design at T_val, as are the two exploitabilities after it
 * @param longObjective of the final design at the long T, as is the plain exploitability after it
 * @param byRound figures by round at T, such as {@code goodsSold}
 * @param gradientNorm of the last gradient, before clipping
 * @param bestValidationObjective the best that validation saw in training, after {@code bestIteration}
 * @param secondsPerGradient the median
 * @param peakRssMiB the peak memory of the process, native memory included
 */
record DesignResult(
        String setting,
        String method,
        String adjoint,
        String precision,
        long seed,
        int iterations,
        int innerSteps,
        int validationSteps,
        int longSteps,
        double objective,
        double validationObjective,
        double exploitability,
        double regularizedExploitability,
        double longObjective,
        double longExploitability,
        @JsonAnyGetter Map<String, double[]> byRound,
        double gradientNorm,
        double bestValidationObjective,
        int bestIteration,
        double secondsPerGradient,
        double peakRssMiB,
        String runDirectory) {

    /** The result for people. */
    String summary() {
        String rounds = byRound.entrySet().stream()
                .map(entry -> "  %-22s%s%n".formatted(entry.getKey() + " by round", numbers(entry.getValue())))
                .collect(Collectors.joining());
        return String.format(
                        Locale.ROOT,
                        """
                        %s after %d iterations (%s)
                          T = %-6d objective %.4f
                          T = %-6d objective %.4f, exploitability %.4f plain, %.4f regularized
                          T = %-6d objective %.4f, exploitability %.4f plain
                        """,
                        setting,
                        iterations,
                        method,
                        innerSteps,
                        objective,
                        validationSteps,
                        validationObjective,
                        exploitability,
                        regularizedExploitability,
                        longSteps,
                        longObjective,
                        longExploitability)
                + rounds
                + String.format(
                        Locale.ROOT,
                        """
                          best validation     %.4f, after iteration %d
                          gradient            norm %.4g, %.3f s each; peak memory %.0f MiB
                          charts and tables   %s
                        """,
                        bestValidationObjective,
                        bestIteration,
                        gradientNorm,
                        secondsPerGradient,
                        peakRssMiB,
                        runDirectory);
    }

    private static String numbers(double[] values) {
        return Arrays.stream(values)
                .mapToObj(x -> String.format(Locale.ROOT, "%.4f", x))
                .collect(Collectors.joining(" "));
    }
}
