package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * AMID against its baselines along training.
 *
 * @param settings those of the quick budget
 * @param further those that only the full one has
 * @param quick the quick budget's iterations
 * @param columns how many panels are side by side
 */
record TrainingFigure(
        String name, String about, String claim, List<String> settings, List<String> further, int quick, int columns)
        implements Figure {

    static final TrainingFigure FIG2 = new TrainingFigure(
            "fig2",
            "A1: training of AMID and of its baselines, each tuned.",
            "AMID beats first price, 0-SGD, 0-ADAM and ANNEAL.",
            List.of("A1"),
            List.of(),
            150,
            1);

    static final TrainingFigure FIG4 = new TrainingFigure(
            "fig4",
            "The other auctions: training of AMID and of its baselines.\n"
                    + "Quick, A3 has few draws, and A8 with its 100 rounds, hours of work, is left out.",
            "AMID beats first price, 0-SGD, 0-ADAM and ANNEAL in every setting.",
            List.of("A2", "A3", "A4", "A5", "A6", "A7", "A9", "A10"),
            List.of("A8"),
            25,
            2);

    /** The paper's baselines; the others are stronger first prices, of our own. */
    private static final List<String> PAPER = List.of("first price, equal shares", "0-SGD", "0-ADAM", "ANNEAL");

    private static final String AMID = "AMID";

    /** What a contender is worth at T, T_val and the long T. */
    private static final List<Function<ComparisonResult.Row, Spread>> AT = List.of(
            ComparisonResult.Row::objective,
            ComparisonResult.Row::validationObjective,
            ComparisonResult.Row::longObjective);

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        List<Comparison.Compared> panels = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (ComparisonPlan comparison : comparisons(plan)) {
            Path folder = plan.folder().resolve(comparison.setting());
            Comparison.Compared panel = Comparison.compare(comparison, folder, plan.threads());
            panels.add(panel);
            rows.addAll(rows(comparison.setting(), panel.entries()));
        }
        List<ComparisonResult> results =
                panels.stream().map(Comparison.Compared::result).toList();
        return new Findings(
                verdict(results),
                results.stream()
                        .map(result -> result.table() + System.lineSeparator())
                        .collect(Collectors.joining()),
                rows,
                columns,
                () -> {
                    List<Chart<?, ?>> charts = new ArrayList<>();
                    for (Comparison.Compared panel : panels) {
                        charts.add(ComparisonResult.chart(panel.config(), panel.entries()));
                    }
                    return charts;
                });
    }

    /** What is compared, a setting after the other. */
    List<ComparisonPlan> comparisons(Reproduction plan) {
        for (String option : plan.options().keySet()) {
            if (Comparison.OURS.contains(option)) {
                throw new InvalidInputException("the comparison sees to --%s itself".formatted(option));
            }
        }
        List<String> all = Stream.concat(settings.stream(), plan.budget().of(List.<String>of(), further).stream())
                .toList();
        plan.check(
                DesignKind.DESIGN,
                all.stream()
                        .map(setting -> plan.config(DesignKind.DESIGN, Map.of(), Map.of("game", setting)))
                        .toList());
        return all.stream().map(setting -> comparison(setting, plan)).toList();
    }

    /** A3 has a gradient for each draw: few draws, and fewer iterations, make a quick one. */
    private ComparisonPlan comparison(String setting, Reproduction plan) {
        boolean draws = setting.equals("A3");
        CompareBudget spend = CompareBudget.named(plan.budget().toString());
        int iterations = plan.iterations(draws ? quick / 2 : quick, spend.iterations());
        Map<String, String> options = new HashMap<>(
                draws ? plan.budget().of(Map.of("draws", "2", "validation-draws", "4"), Map.of()) : Map.of());
        options.putAll(plan.options());
        DesignConfig config = plan.config(DesignKind.DESIGN, Map.of(), Map.of("game", setting));
        options.keySet().retainAll(Tree.flat(config).keySet());
        return new ComparisonPlan(setting, spend.withIterations(iterations), options, false);
    }

    private static List<ObjectNode> rows(String setting, List<Comparison.Entry> entries) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        ComparisonResult.bands(entries).forEach(band -> rows.addAll(band.rows(setting)));
        ComparisonResult.levels(entries)
                .forEach(level -> rows.add(Json.object()
                        .put("setting", setting)
                        .put("method", level.name())
                        .put("mean", level.y())));
        return rows;
    }

    /** AMID from its random start against the best of the paper's baselines, at each T of each setting. */
    static Verdict verdict(List<ComparisonResult> results) {
        List<Boolean> parts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (ComparisonResult result : results) {
            ComparisonResult.Row amid = best(result, row -> row.method().equals(AMID));
            ComparisonResult.Row baseline = best(result, row -> PAPER.contains(row.method()));
            for (Function<ComparisonResult.Row, Spread> at : AT) {
                parts.add(result.rows().stream()
                        .filter(row -> PAPER.contains(row.method()))
                        .allMatch(row -> at.apply(amid).mean() > at.apply(row).mean()));
            }
            why.add("%s: AMID %s against %s of %s%s"
                    .formatted(
                            result.setting(), texts(amid), texts(baseline), baseline.method(), beyond(result, amid)));
        }
        ComparisonResult any = results.get(0);
        return Verdict.of(
                parts,
                "at T = %d / %d / %d (± sd over %d seeds at the last) %s"
                        .formatted(
                                any.innerSteps(),
                                any.validationSteps(),
                                any.longSteps(),
                                best(any, row -> row.method().equals(AMID)).repetitions(),
                                String.join("; ", why)));
    }

    /** The one that is worth most at the long T. */
    private static ComparisonResult.Row best(ComparisonResult result, Predicate<ComparisonResult.Row> which) {
        return result.rows().stream()
                .filter(which)
                .filter(row -> Double.isFinite(row.longObjective().mean())) // else every run diverged
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()))
                .orElseThrow();
    }

    /** What the paper does not compare with, where it is better. */
    private static String beyond(ComparisonResult result, ComparisonResult.Row amid) {
        ComparisonResult.Row best = best(result, row -> !row.method().equals(AMID) && !PAPER.contains(row.method()));
        return best.longObjective().mean() > amid.longObjective().mean()
                ? " (but less than %s of %s, which the paper does not have)".formatted(texts(best), best.method())
                : "";
    }

    private static String texts(ComparisonResult.Row row) {
        String means = AT.stream()
                .map(at -> String.format(Locale.ROOT, "%.4f", at.apply(row).mean()))
                .collect(Collectors.joining(" / "));
        double deviation = row.longObjective().deviation();
        return Double.isNaN(deviation) ? means : means + String.format(Locale.ROOT, " (± %.4f)", deviation);
    }
}
