package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.design.Setting;
import mfg.eval.io.Provenance;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;

/** Comparisons as a page in Markdown. */
final class ResultsPage {

    private final List<List<String>> overview = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();

    /** Adds a comparison. */
    void add(Comparison.Plan plan, ComparisonResult result) {
        overview.add(List.of(
                result.setting(),
                best(result, result.bestBaseline()),
                best(result, result.bestAmid()),
                String.format(Locale.ROOT, "%+.4f", result.margin())));
        sections.append("%n## %s: %s%n%n"
                .formatted(result.setting(), Setting.named(result.setting()).about()));
        sections.append("`./mfg compare %s%s`%n%n".formatted(plan.setting(), plan.arguments()));
        sections.append(result.table()).append(System.lineSeparator());
        sections.append(result.verdict()).append(System.lineSeparator());
        sections.append("%n<details><summary>options</summary>%n%n".formatted());
        for (ComparisonResult.Row row : result.rows()) {
            sections.append("- %s: `./mfg design %s %s`%n".formatted(row.method(), plan.setting(), row.options()));
        }
        sections.append("%n</details>%n".formatted());
    }

    /** Adds the beach. */
    void add(BeachResults beach) {
        sections.append(beach.section());
    }

    private static String best(ComparisonResult result, @Nullable String method) {
        if (method == null) {
            return "all diverged";
        }
        return result.rows().stream()
                .filter(row -> row.method().equals(method))
                .map(row -> String.format(
                        Locale.ROOT, "%.4f, %s", row.longObjective().mean(), row.method()))
                .findFirst()
                .orElseThrow();
    }

    String markdown() throws IOException {
        return """
                # Measured results

                Written by `./mfg reproduce results`, not by hand: AMID against its baselines in each setting, every method
                tuned and with the same number of evaluations of the objective where it learns at T. Mean ± standard deviation
                over seeds; what was searched is a single best. Exploitabilities are those at the long T: how much a bidder
                could still gain, plain and with entropy. Seconds are those of one training on one core that had company.

                Machine: %s. Versions: %s
                ## At the long T

                What each is worth where bidders have all but finished learning.

                %s%s""".formatted(
                        Provenance.processor(),
                        Provenance.header().replaceFirst("^# ", "").replaceFirst(", started.*", "."),
                        TextTable.text(List.of("setting", "best baseline", "best AMID", "AMID's lead"), overview),
                        sections);
    }
}
