package mfg.eval.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.bench.GradientCost;
import mfg.eval.io.Json;
import org.jspecify.annotations.Nullable;

/**
 * A gradient of A1 to be measured.
 *
 * @param horizon H
 * @param innerSteps T
 * @param values the number of values and of bids
 */
public record Table2Cell(GradientMethod method, int horizon, int innerSteps, int values) {

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
    public record Repetitions(int warmUp, int measured) {}

    /**
     * What came of measuring.
     *
     * @param status {@link #MEASURED}, or why there is nothing
     */
    record Outcome(String status, @Nullable GradientCost cost) {

        static final String MEASURED = "measured";

        static Outcome of(GradientCost cost) {
            return new Outcome(MEASURED, cost);
        }
    }

    /** What the paper reports of the same problem, by naive differentiation or by AMID. */
    @Nullable
    Published published(boolean naive) {
        if (innerSteps != PUBLISHED_STEPS || values != PUBLISHED_VALUES) {
            return null;
        }
        return (naive ? NAIVE : AMID)
                .stream().filter(row -> row.horizon() == horizon).findFirst().orElse(null);
    }

    /** The options of {@code bench gradient} that measure this, by name. */
    Map<String, String> options(Repetitions repetitions) {
        Map<String, String> options = new LinkedHashMap<>(method.options());
        options.putAll(Map.of("setting", "A1", "precision", "float32", "threads", "1"));
        options.put("horizon", String.valueOf(horizon));
        options.put("inner-steps", String.valueOf(innerSteps));
        options.put("values", String.valueOf(values));
        options.put("warm-up", String.valueOf(repetitions.warmUp()));
        options.put("repetitions", String.valueOf(repetitions.measured()));
        return options;
    }

    /** How many rounds are played on the way: H T. */
    long rounds() {
        return (long) horizon * innerSteps;
    }

    /** A row for a table on disk: its column, what came of it, all that was measured, and what the paper reports. */
    ObjectNode row(Outcome outcome) {
        ObjectNode row = Json.object()
                .put("column", method.column())
                .put("status", outcome.status())
                .put("horizon", horizon)
                .put("innerSteps", innerSteps)
                .put("values", values);
        if (outcome.cost() != null) {
            row.setAll(Json.fields(outcome.cost()));
        }
        Published published = published(method.isNaive());
        if (published != null && Double.isFinite(published.seconds())) {
            row.put("publishedSeconds", published.seconds());
            row.put("publishedDeviation", published.deviation());
            row.put("publishedMiB", published.mebibytes());
        }
        return row;
    }

    /** Finds what was measured in rows: the rest will be tried again. */
    static Map<Table2Cell, Outcome> read(List<ObjectNode> rows) throws JacksonException {
        Map<Table2Cell, Outcome> outcomes = new LinkedHashMap<>();
        for (ObjectNode row : rows) {
            if (row.path("status").asText().equals(Outcome.MEASURED)) {
                String column = row.path("column").asText();
                GradientMethod method = Arrays.stream(GradientMethod.values())
                        .filter(known -> known.column().equals(column))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInputException("there is no column '%s'".formatted(column)));
                GradientCost cost = Json.read(row, GradientCost.class);
                outcomes.put(
                        new Table2Cell(method, cost.horizon(), cost.innerSteps(), cost.values()), Outcome.of(cost));
            }
        }
        return outcomes;
    }

    @Override
    public String toString() {
        return "%s, H = %d, T = %d".formatted(method.label(), horizon, innerSteps);
    }
}
