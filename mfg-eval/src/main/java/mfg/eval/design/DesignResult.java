package mfg.eval.design;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Text;
import mfg.eval.run.Metrics;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/**
 * What {@code design} reports, by JSON name. The final design is the one that validated best in training. Means over validation games where nature draws them; a figure that does not
 * exist is not a number here and null in JSON.
 *
 * @param adjoint of AMID; null for other methods
 * @param objective of the final design at T
 * @param validationObjective of the final design at T_val, as are the two exploitabilities after it
 * @param longObjective of the final design at the long T, as are the two exploitabilities after it
 * @param yardsticks the best simple mechanisms and the bound, at the long T; null where nobody looked for them
 * @param noZeroDominance whether the population at the long T satisfies no zero-dominance (AMID Def. 4), masses closer than
 *     1e-6 counting as equal, in all validation games; null for games without bids
 * @param byRound figures by round at T, such as {@code goodsSold}
 * @param gradientNorm of the last gradient, before clipping; not a number where training took none
 * @param gap how far from rest the population was there, weighted move of the policy over {@code eta tau}; not a number where
 *     training did not ask, as are the three after it
 * @param settlingSteps how many steps it took
 * @param products how many products with the step's Jacobian the linear system took
 * @param residual what was left of the linear system, as a fraction of its right side
 * @param atRest whether the population was at rest there as training asks; null where training did not ask
 * @param lastMove the iteration after which no step was kept any more, or changed anything; the last one where steps need not hold
 * @param bestIteration the iteration after which the final design stood
 * @param evaluations of {@code G_T} in training, draws counted one by one: a gradient counts as two, one
 *     run forward and one back; annealing needs two, three in its first iteration and where games are drawn anew
 * @param lastValidationObjective of the design after the last iteration at T_val, as is the exploitability after it
 * @param secondsPerGradient the median over iterations; with annealing, of their evaluations
 * @param peakRssMiB the peak memory of the process, native memory included
 * @param status {@code finished}, or why training ended early
 */
public record DesignResult(
        String setting,
        String method,
        @Nullable String adjoint,
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
        double longRegularizedExploitability,
        @Nullable Yardsticks yardsticks,
        @Nullable Boolean noZeroDominance,

        @JsonAnyGetter @JsonAnySetter @JacksonInject(value = Json.NONE, useInput = OptBoolean.TRUE)
        Map<String, double[]> byRound,

        double gradientNorm,
        double gap,
        double settlingSteps,
        double products,
        double residual,
        @Nullable Boolean atRest,
        int lastMove,
        int bestIteration,
        long evaluations,
        double lastValidationObjective,
        double lastExploitability,
        double secondsPerGradient,
        double peakRssMiB,
        String status,
        String runDirectory)
        implements Result {

    private static final double SHORT = 0.05;

    /** For so many iterations nothing moves before it is said. */
    private static final int STUCK = 10;

    private static final double LEAST = 1e-4;

    /** Where the run is. */
    public Path folder() {
        return Path.of(runDirectory);
    }

    /** Validation along training, over runs that validated at the same iterations. */
    public static Band training(String name, List<DesignResult> runs) throws IOException {
        List<Charts.Series> lines = new ArrayList<>();
        for (DesignResult run : runs) {
            lines.add(Metrics.series(name, run.folder(), "validationObjective"));
        }
        return Band.of(name, lines);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("objective", objective);
        figures.put("validationObjective", validationObjective);
        figures.put("exploitability", exploitability);
        figures.put("regularizedExploitability", regularizedExploitability);
        figures.put("longObjective", longObjective);
        figures.put("longExploitability", longExploitability);
        figures.put("longRegularizedExploitability", longRegularizedExploitability);
        return figures;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Objective in equilibrium",
                Numbers.fixed(longObjective),
                Text.of(
                        "after T = %,d steps of learning; %s at T = %,d",
                        longSteps, Numbers.fixed(objective), innerSteps)));
        facts.add(Fact.exploitability(longExploitability, longObjective));
        if (yardsticks != null) {
            facts.addAll(yardsticks.facts(longObjective));
        }
        facts.add(new Fact(
                "Chosen design",
                iterations == 0 ? "the start" : "iteration %d of %d".formatted(bestIteration, iterations),
                Text.of("method %s; it validated best, at T = %,d", method, validationSteps)));
        return facts;
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (iterations > 0 && bestIteration == 0) {
            warnings.add("training found nothing better than its start; this is the start");
        }
        if (isShort()) {
            warnings.add(
                    "at T = %d the population is still learning; what the design is worth is its objective at T = %d"
                            .formatted(innerSteps, longSteps));
        }
        if (!status.equals(Run.FINISHED)) {
            warnings.add("training ended early: " + status);
        }
        if (Boolean.FALSE.equals(atRest)) {
            warnings.add("the population was not at rest at the last gradient, and such a gradient may lead nowhere");
        }
        return warnings;
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line(
                iterations == 0 ? "%s, the initial design" : "%s, the best of %s: after %d",
                setting,
                Text.count(iterations, "iterations"),
                bestIteration);
        if (innerSteps != longSteps) {
            text.line("  T = %-6d objective %s", innerSteps, Numbers.fixed(objective));
        }
        if (validationSteps != longSteps) {
            equilibrium(text, validationSteps, validationObjective, exploitability, regularizedExploitability);
        }
        equilibrium(text, longSteps, longObjective, longExploitability, longRegularizedExploitability);
        if (iterations > 0 && bestIteration == 0) {
            text.line("  careful: training found nothing better than its start; this is the start");
        }
        if (yardsticks != null) {
            text.add(yardsticks.beside(longObjective));
        }
        if (isShort()) {
            text.line(
                    "  careful: at T = %d the population is still learning; what the design is worth is its objective at T = %d",
                    innerSteps, longSteps);
        }
        if (!status.equals(Run.FINISHED)) {
            text.line("  ended early: %s", status);
        }
        if (noZeroDominance != null) {
            text.line("  no zero-dominance (AMID Def. 4) %s", noZeroDominance ? "holds" : "does not hold");
        }
        byRound.forEach((name, values) -> text.line("  %s", figures(name, values) + ", at T = " + innerSteps));
        if (Double.isFinite(gradientNorm) && Double.isFinite(secondsPerGradient)) {
            text.line("  gradient    norm %.4g at the end, %.3f s each", gradientNorm, secondsPerGradient);
        }
        if (Double.isFinite(gap)) {
            text.line(
                    "  at rest     up to %.1g after %.0f steps; %.0f products leave %.0e of the linear system",
                    gap, settlingSteps, products, residual);
        }
        if (Boolean.FALSE.equals(atRest)) {
            text.line("  careful: there the population was not at rest, and such a gradient may lead nowhere");
        }
        if (status.equals(Run.FINISHED) && iterations - lastMove >= STUCK) {
            text.line("  steps       none held after iteration %d", lastMove);
        }
        text.line("  memory      %.0f MiB at most", peakRssMiB);
        text.line("  all of it   %s", runDirectory);
        return text.toString();
    }

    /** Whether the objective at T is far from that at the long T: by more than a twentieth of the larger. */
    private boolean isShort() {
        double gap = Math.abs(objective - longObjective);
        return gap > SHORT * Math.max(Math.abs(objective), Math.abs(longObjective)) && gap > LEAST;
    }

    private static void equilibrium(Text text, int steps, double worth, double plain, double regularized) {
        text.line(
                "  T = %-6d objective %s, exploitability %s plain, %s regularized",
                steps, Numbers.fixed(worth), Numbers.positive(plain), Numbers.positive(regularized));
    }

    /** A long horizon would fill the screen: the whole of it is in the JSON. */
    private static String figures(String name, double[] values) {
        String words = name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        if (values.length <= 10) {
            return "%s by round %s".formatted(words, Numbers.fixed(values));
        }
        DoubleSummaryStatistics all = Arrays.stream(values).summaryStatistics();
        return "%s by round, from %s to %s over %d rounds"
                .formatted(words, Numbers.fixed(all.getMin()), Numbers.fixed(all.getMax()), values.length);
    }
}
