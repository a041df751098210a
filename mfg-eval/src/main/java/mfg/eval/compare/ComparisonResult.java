package mfg.eval.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * What {@code compare} reports, by JSON name.
 *
 * @param bound what no mechanism can earn more than in an exact equilibrium; null where that is not known
 * @param rows one for each contender
 * @param bestBaseline the baseline that is worth most at the long T; null if all diverged. Where the rules that are designed see no
 *     bids, none that sees them is a baseline
 * @param bestAmid the best of this project's rows there; null if all diverged
 * @param margin by how much that is worth more there; not a number where there is nothing to compare
 * @param standardError of the margin, over seeds; not a number where neither has several
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
        double standardError,
        String runDirectory)
        implements Summary {

    /** The method of the paper: from a random start, at T. */
    public static final String AMID = "AMID";

    /** {@code design} with its own defaults. */
    public static final String BY_DEFAULT = "design by default";

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

        static Row of(Entry entry) {
            List<DesignResult> runs = entry.results();
            List<DesignResult> training = entry.training();
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
            ObjectNode fields = Json.fields(this);
            ObjectNode flat = fields.deepCopy();
            fields.properties().stream()
                    .filter(field -> field.getValue().isObject())
                    .forEach(field -> {
                        flat.set(field.getKey() + "Sd", field.getValue().get("deviation"));
                        flat.set(field.getKey(), field.getValue().get("mean"));
                    });
            return flat;
        }

        /** What it is worth at the long T. */
        public String longText() {
            return longObjective.text(4);
        }

        List<String> texts() {
            if (repetitions == 0) {
                return List.of(method, "no result", "", "", "", "", "");
            }
            return List.of(
                    diverged == 0 ? method : "%s (%d diverged)".formatted(method, diverged),
                    objective.text(4),
                    validationObjective.text(4),
                    longText(),
                    positive(longExploitability).text(4),
                    positive(longRegularizedExploitability).text(4),
                    Numbers.fixed(seconds.mean(), 0));
        }

        /** Below zero is only what rounding makes. */
        private static Spread positive(Spread spread) {
            return new Spread(Math.max(0, spread.mean()), spread.deviation());
        }
    }

    static ComparisonResult of(DesignConfig config, List<Entry> entries, @Nullable Double bound, Path folder) {
        Row baseline = best(entries, Contender.Role.BASELINE);
        Row amid = best(entries, Contender.Role.OURS);
        return new ComparisonResult(
                config.game().name(),
                config.population().innerSteps(),
                config.population().validationSteps(),
                config.population().longSteps(),
                bound,
                entries.stream().map(Row::of).toList(),
                baseline == null ? null : baseline.method(),
                amid == null ? null : amid.method(),
                amid == null || baseline == null
                        ? Double.NaN
                        : amid.longObjective().mean() - baseline.longObjective().mean(),
                amid == null || baseline == null ? Double.NaN : standardError(amid, baseline),
                folder.toString());
    }

    /** Of the difference of two means at the long T; a single run adds none. */
    private static double standardError(Row one, Row other) {
        double square = Stream.of(one, other)
                .filter(row -> row.repetitions() > 1)
                .mapToDouble(row ->
                        row.longObjective().deviation() * row.longObjective().deviation() / row.repetitions())
                .sum();
        return square > 0 ? Math.sqrt(square) : Double.NaN;
    }

    private static @Nullable Row best(List<Entry> entries, Contender.Role role) {
        return entries.stream()
                .filter(entry -> entry.contender().role() == role)
                .filter(entry -> !entry.runs().isEmpty())
                .map(Row::of)
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()))
                .orElse(null);
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (String best :
                Stream.of(bestAmid, bestBaseline).filter(Objects::nonNull).toList()) {
            rows.stream()
                    .filter(row -> row.method().equals(best))
                    .findFirst()
                    .ifPresent(row -> facts.add(new Fact(
                            best.equals(bestAmid) ? "Best of AMID" : "Best baseline",
                            row.longText(),
                            Text.of("%s, at T = %,d", best, longSteps))));
        }
        if (Double.isFinite(margin)) {
            facts.add(new Fact(
                    margin >= 0 ? "AMID leads by" : "AMID is behind by",
                    Numbers.fixed(Math.abs(margin), 5),
                    Double.isNaN(standardError)
                            ? "one seed each: no error is known"
                            : Text.of(
                                    "± %.5f, %.1f standard errors", standardError, Math.abs(margin) / standardError)));
        }
        if (bound != null) {
            facts.add(new Fact("The most that is possible", Numbers.fixed(bound), "from bidders who do not err"));
        }
        return facts;
    }

    @Override
    public String summary() {
        return "%s%s%nall of it in %s%n".formatted(table(), verdict(), runDirectory);
    }

    /** Also Markdown. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(row.texts()));
        if (bound != null) {
            String most = Numbers.fixed(bound);
            lines.add(List.of("bound: no mechanism earns more", most, most, most, "", "", ""));
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
        return Text.of(
                "At T = %d %s is worth %.5f %s than %s%s.",
                longSteps,
                bestAmid,
                Math.abs(margin),
                margin >= 0 ? "more" : "less",
                bestBaseline,
                Double.isNaN(standardError) ? "" : Text.of(", %.1f standard errors", Math.abs(margin) / standardError));
    }
}
