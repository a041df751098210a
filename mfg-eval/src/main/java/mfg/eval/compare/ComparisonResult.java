package mfg.eval.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Summary;
import mfg.eval.io.TextTable;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;

/**
 * What {@code compare} reports, by JSON name.
 *
 * @param bound what no mechanism can earn more than in an exact equilibrium; null where that is not known
 * @param rows one for each contender
 * @param bestBaseline the baseline that is worth most at the long T; null if all diverged
 * @param bestAmid the best of AMID's rows there; null if all diverged
 * @param margin by how much AMID is worth more there; not a number where there is nothing to compare
 */
public record ComparisonResult(
        String setting,
        int innerSteps,
        int validationSteps,
        int longSteps,
        @Nullable Double bound,
        List<Row> rows,
        @Nullable String bestBaseline,
        @Nullable String bestAmid,
        double margin,
        String runDirectory)
        implements Summary {

    /** The method of the paper: from a random start, at T. */
    public static final String AMID = "AMID";

    /**
     * A contender, with mean and standard deviation over repetitions.
     *
     * @param options that give it again, with {@code design}, the setting and a seed from 1 to the repetitions; at the long T
     *     what {@code design} says of that T is what is meant
     * @param repetitions that came to a result; none if all diverged, and no number exists then
     * @param diverged how many did not, of a search how many of its candidates
     * @param evaluations of the objective that each run spent in training
     * @param seconds of training, each run
     */
    public record Row(
            String method,
            String options,
            int repetitions,
            int diverged,
            long evaluations,
            Spread objective,
            Spread validationObjective,
            Spread longObjective,
            Spread exploitability,
            Spread regularizedExploitability,
            Spread longExploitability,
            Spread longRegularizedExploitability,
            Spread seconds) {

        static Row of(Comparison.Entry entry) {
            List<DesignResult> runs =
                    entry.runs().stream().map(Comparison.Trained::result).toList();
            List<DesignResult> training =
                    entry.runs().stream().map(Comparison.Trained::training).toList();
            return new Row(
                    entry.contender().name(),
                    ComparisonPlan.line(entry.options()),
                    runs.size(),
                    entry.diverged(),
                    training.isEmpty() ? 0 : training.get(0).evaluations(),
                    spread(runs, DesignResult::objective),
                    spread(runs, DesignResult::validationObjective),
                    spread(runs, DesignResult::longObjective),
                    spread(runs, DesignResult::exploitability),
                    spread(runs, DesignResult::regularizedExploitability),
                    spread(runs, DesignResult::longExploitability),
                    spread(runs, DesignResult::longRegularizedExploitability),
                    spread(training, run -> run.iterations() == 0 ? 0 : run.iterations() * run.secondsPerGradient()));
        }

        private static Spread spread(List<DesignResult> runs, ToDoubleFunction<DesignResult> figure) {
            return Spread.of(runs.stream().mapToDouble(figure).toArray());
        }

        /** One number a column, for a table on disk. */
        ObjectNode flat() {
            ObjectNode flat = Json.fields(this);
            for (String name : List.copyOf(names(flat))) {
                if (flat.get(name).isObject()) {
                    flat.set(name + "Sd", flat.get(name).get("deviation"));
                    flat.set(name, flat.get(name).get("mean"));
                }
            }
            return flat;
        }

        private static List<String> names(ObjectNode fields) {
            return fields.properties().stream().map(field -> field.getKey()).toList();
        }

        /** What it is worth at the long T. */
        public String longText() {
            return text(longObjective);
        }

        List<String> texts() {
            if (repetitions == 0) {
                return List.of(method, "diverged", "", "", "", "", "");
            }
            return List.of(
                    diverged == 0 ? method : "%s (%d diverged)".formatted(method, diverged),
                    text(objective),
                    text(validationObjective),
                    longText(),
                    exploitability(longExploitability),
                    exploitability(longRegularizedExploitability),
                    Numbers.fixed(seconds.mean(), 0));
        }

        private static String text(Spread spread) {
            return withDeviation(Numbers.fixed(spread.mean()), spread);
        }

        private static String exploitability(Spread spread) {
            return withDeviation(Numbers.positive(spread.mean()), spread);
        }

        private static String withDeviation(String mean, Spread spread) {
            return Double.isNaN(spread.deviation()) ? mean : mean + " ± " + Numbers.fixed(spread.deviation());
        }
    }

    static ComparisonResult of(
            DesignConfig config, List<Comparison.Entry> entries, @Nullable Double bound, Path folder) {
        Row baseline = best(entries, entry -> !entry.contender().isAmid());
        Row amid = best(entries, entry -> entry.contender().isAmid());
        return new ComparisonResult(
                config.game().name(),
                config.population().innerSteps(),
                config.population().validationSteps(),
                config.population().longSteps(),
                bound,
                entries.stream().map(Row::of).toList(),
                baseline == null ? null : baseline.method(),
                amid == null ? null : amid.method(),
                baseline == null || amid == null
                        ? Double.NaN
                        : amid.longObjective().mean() - baseline.longObjective().mean(),
                folder.toString());
    }

    private static @Nullable Row best(List<Comparison.Entry> entries, Predicate<Comparison.Entry> which) {
        return entries.stream()
                .filter(which)
                .filter(entry -> !entry.runs().isEmpty())
                .map(Row::of)
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()))
                .orElse(null);
    }

    @Override
    public String summary() {
        StringBuilder text = new StringBuilder(table());
        text.append(verdict()).append(System.lineSeparator());
        text.append("all of it in ").append(runDirectory).append(System.lineSeparator());
        return text.toString();
    }

    /** Also Markdown. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(row.texts()));
        if (bound != null) {
            String most = Numbers.fixed(bound);
            lines.add(List.of("bound: the best posted price", most, most, most, "", "", ""));
        }
        return TextTable.text(
                List.of(
                        setting,
                        "T = " + innerSteps,
                        "T = " + validationSteps,
                        "T = " + longSteps,
                        "exploitability",
                        "regularized",
                        "seconds"),
                lines);
    }

    /** The outcome at the long T in a sentence. */
    public String verdict() {
        if (bestBaseline == null || bestAmid == null) {
            return "Every run of %s diverged.".formatted(bestAmid == null ? "AMID" : "the baselines");
        }
        return String.format(
                Locale.ROOT,
                "At T = %d %s is worth %.4f %s than %s.",
                longSteps,
                bestAmid,
                Math.abs(margin),
                margin >= 0 ? "more" : "less",
                bestBaseline);
    }

    void save(Path folder) throws IOException {
        Csv.write(folder.resolve("compare.csv"), rows.stream().map(Row::flat).toList());
    }

    /** Draws {@link #chart}; nothing if nobody learned. */
    static void draw(DesignConfig config, List<Comparison.Entry> entries, Path file) throws IOException {
        if (!bands(entries).isEmpty()) {
            Charts.save(file, List.of(chart(config, entries)));
        }
    }

    /** Validation along training, and what needs none as levels. */
    public static XYChart chart(DesignConfig config, List<Comparison.Entry> entries) throws IOException {
        return Charts.withLevels(
                Charts.bands(
                        "%s, mean ± sd of %d".formatted(config.game().name(), repetitions(entries)),
                        "iteration, two evaluations of the objective each",
                        "objective at T = " + config.population().validationSteps(),
                        bands(entries)),
                levels(entries));
    }

    /** Validation along training of those who learn at T. */
    public static List<Charts.Band> bands(List<Comparison.Entry> entries) throws IOException {
        List<Charts.Band> bands = new ArrayList<>();
        for (Comparison.Entry entry : atT(entries, Contender.Kind.LEARNED).toList()) {
            bands.add(DesignResult.training(
                    entry.contender().name(),
                    entry.runs().stream().map(Comparison.Trained::training).toList()));
        }
        return bands;
    }

    /** What the best rules of a search at T are worth. */
    public static List<Charts.Level> levels(List<Comparison.Entry> entries) {
        return atT(entries, Contender.Kind.SEARCHED)
                .map(entry -> new Charts.Level(
                        entry.contender().name(), entry.runs().get(0).result().validationObjective()))
                .toList();
    }

    /** Those with a result. */
    private static Stream<Comparison.Entry> atT(List<Comparison.Entry> entries, Contender.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.contender().kind() == kind
                        && !entry.contender().atLongT()
                        && !entry.runs().isEmpty());
    }

    private static int repetitions(List<Comparison.Entry> entries) {
        return entries.stream().mapToInt(entry -> entry.runs().size()).max().orElseThrow();
    }
}
