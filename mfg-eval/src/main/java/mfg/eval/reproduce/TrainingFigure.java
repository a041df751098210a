package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.Compared;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.io.Spread;
import mfg.eval.io.Text;
import mfg.eval.view.Plot;

/** AMID against its baselines along training. */
final class TrainingFigure {

    static final Figure FIG2 = new Figure(
            "fig2",
            "A1: training of AMID and of its baselines, each tuned.",
            "AMID beats first price, 0-SGD, 0-ADAM and ANNEAL.",
            plan -> measure(plan, comparisons(plan, List.of("A1"), 150), 1));

    static final Figure FIG4 = new Figure(
            "fig4",
            "The other auctions: training of AMID and of its baselines.\n"
                    + "Quick, A3 has few draws, and A8 with its 100 rounds, hours of work, is left out.",
            "AMID beats first price, 0-SGD, 0-ADAM and ANNEAL in every setting.",
            plan -> measure(plan, ofOtherAuctions(plan), 2));

    private static final List<String> QUICK = List.of("A2", "A3", "A4", "A5", "A6", "A7", "A9", "A10");
    private static final List<String> FULL = List.of("A2", "A3", "A4", "A5", "A6", "A7", "A9", "A10", "A8");

    /** The paper's baselines; the others are stronger first prices, of our own. */
    private static final List<String> PAPER = List.of("first price, equal shares", "0-SGD", "0-ADAM", "ANNEAL");

    private static final String AMID = "AMID";

    /** What a contender is worth at T, T_val and the long T. */
    private static final List<Function<ComparisonResult.Row, Spread>> AT = List.of(
            ComparisonResult.Row::objective,
            ComparisonResult.Row::validationObjective,
            ComparisonResult.Row::longObjective);

    private TrainingFigure() {}

    private static Figure.Findings measure(Reproduction plan, List<ComparisonPlan> comparisons, int columns)
            throws IOException {
        List<Compared> panels = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        Text details = new Text();
        for (ComparisonPlan comparison : comparisons) {
            String setting = comparison.setting();
            Compared panel = Comparison.compare(comparison, plan.folder().resolve(setting), plan.place());
            panels.add(panel);
            panel.bands().forEach(band -> rows.addAll(band.rows(setting)));
            panel.levels().forEach(level -> rows.add(level.row(setting)));
            details.line("%s", panel.result().table());
        }
        return new Figure.Findings(
                verdict(panels.stream().map(Compared::result).toList()), details.toString(), rows, columns, () -> {
                    List<Plot> charts = new ArrayList<>();
                    for (Compared panel : panels) {
                        charts.add(panel.chart());
                    }
                    return charts;
                });
    }

    static List<ComparisonPlan> ofOtherAuctions(Reproduction plan) {
        return comparisons(plan, plan.budget().of(QUICK, FULL), 25);
    }

    /** What is compared, a setting after the other. */
    private static List<ComparisonPlan> comparisons(Reproduction plan, List<String> settings, int quick) {
        for (String option : plan.options().keySet()) {
            if (Comparison.OURS.contains(option)) {
                throw new InvalidInputException("the comparison sees to --%s itself".formatted(option));
            }
        }
        List<DesignConfig> configs = settings.stream()
                .map(setting -> plan.designing(Map.of(), Map.of("game", setting)))
                .toList();
        plan.check(DesignKind.DESIGN, configs);
        return configs.stream().map(config -> comparison(plan, config, quick)).toList();
    }

    /** A3 has a gradient for each draw: few draws, and fewer iterations, make a quick one. */
    private static ComparisonPlan comparison(Reproduction plan, DesignConfig config, int quick) {
        boolean draws = config.game().name().equals("A3");
        CompareBudget spend = CompareBudget.named(plan.budget().toString());
        int iterations = plan.iterations(draws ? quick / 2 : quick, spend.iterations());
        Map<String, String> options = new HashMap<>(
                draws ? plan.budget().of(Map.of("draws", "2", "validation-draws", "4"), Map.of()) : Map.of());
        options.putAll(plan.options());
        options.keySet().retainAll(Tree.flat(config).keySet());
        return new ComparisonPlan(config.game().name(), spend.withIterations(iterations), options, false);
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
                "at T = %d / %d / %d (± sd over %d seeds at the last) %s",
                any.innerSteps(),
                any.validationSteps(),
                any.longSteps(),
                best(any, row -> row.method().equals(AMID)).repetitions(),
                String.join("; ", why));
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
        String means =
                AT.stream().map(at -> Text.of("%.4f", at.apply(row).mean())).collect(Collectors.joining(" / "));
        double deviation = row.longObjective().deviation();
        return Double.isNaN(deviation) ? means : means + Text.of(" (± %.4f)", deviation);
    }
}
