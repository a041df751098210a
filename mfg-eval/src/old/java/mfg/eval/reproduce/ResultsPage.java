package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.compare.ComparisonResult.Row;
import mfg.eval.design.Setting;
import mfg.eval.io.Provenance;
import mfg.eval.io.TextTable;

/** Comparisons as a page in Markdown. */
final class ResultsPage {

    private static final List<String> HEADER = List.of(
            "setting",
            "first price, equal shares",
            "first price, best shares",
            "best baseline",
            "AMID",
            "best AMID",
            "lead");

    private final List<List<String>> overview = new ArrayList<>();
    private final List<String> behind = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();

    /** Adds a comparison. */
    void add(Comparison.Plan plan, ComparisonResult result) {
        Optional<Row> baseline = best(result, row -> row.method().equals(result.bestBaseline()));
        Optional<Row> amid = best(result, row -> row.method().equals(ComparisonResult.AMID));
        Optional<Row> bestAmid = best(result, row -> row.method().equals(result.bestAmid()));
        overview.add(List.of(
                result.setting(),
                text(best(result, row -> row.method().equals("first price, equal shares"))),
                text(best(result, row -> row.method().startsWith("first price, best"))),
                named(baseline),
                text(amid),
                named(bestAmid),
                String.format(Locale.ROOT, "%+.4f", result.margin())));
        addBehind(result.setting(), amid, baseline);
        if (!bestAmid.equals(amid)) {
            addBehind(result.setting(), bestAmid, baseline);
        }
        sections.append("%n## %s: %s%n%n"
                .formatted(result.setting(), Setting.named(result.setting()).about()));
        sections.append("`./mfg compare %s%s`%n%n".formatted(plan.setting(), plan.arguments()));
        sections.append(result.table()).append(System.lineSeparator());
        sections.append(result.verdict()).append(System.lineSeparator());
        sections.append("%n<details><summary>options</summary>%n%n".formatted());
        for (Row row : result.rows()) {
            sections.append("- %s: `./mfg design %s %s`%n".formatted(row.method(), plan.setting(), row.options()));
        }
        sections.append("%n</details>%n".formatted());
    }

    /** Adds the beach. */
    void add(BeachResults beach) {
        sections.append(beach.section());
    }

    /**
     * Adds a figure of players who differ, whose chart lies beside the page.
     *
     * @param result as the figure left it on disk
     */
    void add(Figure figure, ObjectNode result) {
        sections.append(
                "%n## %s: %s%n%n".formatted(figure.name(), figure.about().replaceFirst("\\R", " ")));
        sections.append("`%s`%n%n".formatted(result.path("command").asText()));
        sections.append("The paper: %s%n%nHere this %s: %s.%n"
                .formatted(
                        figure.claim(),
                        result.path("verdict").asText(),
                        result.path("why").asText()));
        String details = result.path("details").asText();
        if (!details.isEmpty()) {
            sections.append("%n%s".formatted(details));
        }
        sections.append("%n![%1$s](%1$s.png)%n".formatted(figure.name()));
    }

    /** What is worth most at the long T, of some methods that came to a result. */
    private static Optional<Row> best(ComparisonResult result, Predicate<Row> which) {
        return result.rows().stream()
                .filter(which)
                .filter(row -> row.repetitions() > 0)
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()));
    }

    private static String text(Optional<Row> row) {
        return row.map(Row::longText).orElse("diverged");
    }

    private static String named(Optional<Row> row) {
        return row.map(some -> "%s, %s".formatted(some.longText(), some.method()))
                .orElse("diverged");
    }

    /** Notes it if a method is worth less than a baseline. */
    private void addBehind(String setting, Optional<Row> method, Optional<Row> baseline) {
        if (method.isEmpty() || baseline.isEmpty()) {
            return;
        }
        double gap = method.get().longObjective().mean()
                - baseline.get().longObjective().mean();
        if (gap < 0) {
            behind.add(String.format(
                    Locale.ROOT,
                    "- %s: %s by %.4f, behind %s%n",
                    setting,
                    method.get().method(),
                    -gap,
                    baseline.get().method()));
        }
    }

    String markdown() throws IOException {
        return """
                # Measured results

                Written by `./mfg reproduce results`, not by hand: AMID against its baselines in each setting, every method
                tuned and with the same number of evaluations of the objective where it learns at T. Each section names its
                command, and with it how much was spent. Mean ± standard deviation over seeds; what was searched is a single
                best. Exploitabilities are those at the long T: how much a bidder could still gain, plain and with entropy.
                Seconds are those of one training on one core that had company, of taxis those of one run at a time on all cores,
                now and then with company, too.

                Two rows are AMID: from a random start as in the paper, and from a start whose network already sells at one
                price (`--init posted-price`), trained with small steps at half the long T. That start, untrained, is among the
                baselines, so that training is credited only with what it adds. The bound is one for bidders in equilibrium:
                bidders who still learn may pay more.

                Versions and machine: %s
                ## At the long T

                What each is worth where bidders have all but finished learning. The lead is that of the best AMID over the
                best baseline.

                %s
                ## Where AMID is behind

                At the long T:

                %s
                What was tried is in the tables: T, T_val and long T to train and to choose by, the start from a posted price,
                learning rates down to a hundredth of the smallest.
                %s""".formatted(
                        String.join(", ", Provenance.lines()) + ".",
                        TextTable.text(HEADER, overview),
                        behind.isEmpty() ? "- nowhere%n".formatted() : String.join("", behind),
                        sections);
    }
}
