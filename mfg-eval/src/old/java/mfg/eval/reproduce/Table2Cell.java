package mfg.eval.reproduce;

import java.util.ArrayList;
import java.util.List;
import mfg.eval.bench.BenchGradientCommand;
import org.jspecify.annotations.Nullable;

/**
 * A gradient of A1 to be measured.
 *
 * @param horizon H
 * @param innerSteps T
 * @param values the number of values and of bids
 */
record Table2Cell(GradientMethod method, int horizon, int innerSteps, int values) {

    /** What the paper measured, at 100 values and bids. */
    private static final int PUBLISHED_STEPS = 400;

    private static final int PUBLISHED_VALUES = 100;

    private static final List<Published> NAIVE = List.of(
            new Published(5, 0.19, 0.02, 2760),
            new Published(10, 0.25, 0.10, 8746),
            new Published(25, 0.71, 0.15, 16960),
            new Published(50, Double.NaN, Double.NaN, Double.NaN));

    private static final List<Published> AMID = List.of(
            new Published(5, 0.09, 0.01, 560),
            new Published(10, 0.21, 0.08, 586),
            new Published(25, 0.67, 0.12, 826),
            new Published(50, 1.72, 0.41, 1076));

    /**
     * What the paper reports of one gradient: AMID Table 2, JAX on one H100. Not a number where it did not run.
     *
     * @param horizon H
     * @param seconds the mean
     * @param deviation its standard deviation, in seconds
     * @param mebibytes the memory of the GPU
     */
    record Published(int horizon, double seconds, double deviation, double mebibytes) {}

    /** How many gradients are computed, before the first that is measured and then. */
    record Repetitions(int warmUp, int measured) {}

    /**
     * What came of measuring.
     *
     * @param status {@link #MEASURED}, or why there is nothing
     */
    record Outcome(String status, BenchGradientCommand.@Nullable Result cost) {

        static final String MEASURED = "measured";

        static Outcome of(BenchGradientCommand.Result cost) {
            return new Outcome(MEASURED, cost);
        }
    }

    /** The same problem by another method. */
    Table2Cell by(GradientMethod other) {
        return new Table2Cell(other, horizon, innerSteps, values);
    }

    /** What the paper reports of the same problem, by naive differentiation or by AMID. */
    @Nullable
    Published published(boolean naive) {
        return innerSteps == PUBLISHED_STEPS && values == PUBLISHED_VALUES
                ? (naive ? NAIVE : AMID)
                        .stream()
                                .filter(row -> row.horizon() == horizon)
                                .findFirst()
                                .orElse(null)
                : null;
    }

    /** The options of {@code bench gradient} that measure this. */
    List<String> options(Repetitions repetitions) {
        List<String> options = new ArrayList<>(method.options());
        options.addAll(List.of("--setting", "A1", "--precision", "float32", "--threads", "1"));
        add(options, "--horizon", horizon);
        add(options, "--inner-steps", innerSteps);
        add(options, "--values", values);
        add(options, "--warm-up", repetitions.warmUp());
        add(options, "--repetitions", repetitions.measured());
        return options;
    }

    private static void add(List<String> options, String option, int number) {
        options.add(option);
        options.add(String.valueOf(number));
    }

    /** How many rounds are played on the way: H T. */
    long rounds() {
        return (long) horizon * innerSteps;
    }

    @Override
    public String toString() {
        return "%s, H = %d, T = %d".formatted(method.label(), horizon, innerSteps);
    }
}
