package mfg.eval.reproduce;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;

/** What prices make of the beach under two caps, beside the uniform price: a part of the page of results. */
final class BeachSection {

    static final String GAME = "beach-bar";

    private BeachSection() {}

    /** Designs, or goes on; a heading and a table in Markdown. */
    static String text(Reproduction plan) throws IOException {
        String iterations = plan.budget().of("10", "100");
        List<Cell<DesignConfig, DesignResult>> cells = List.of(
                cell(plan, "init", "default", "0"),
                cell(plan, "max-price", "0.5", iterations),
                cell(plan, "max-price", "0.8", iterations));
        List<DesignResult> runs = plan.designs("runs", cells);
        TextTable<Integer> table = TextTable.of(List.of(0, 1, 2))
                .column("prices", i -> command(cells.get(i)))
                .column(
                        "congestion, T = " + runs.get(0).innerSteps(),
                        i -> Text.of("%.6f", -runs.get(i).objective()))
                .column(
                        "T = " + runs.get(0).validationSteps(),
                        i -> Text.of("%.6f", -runs.get(i).validationObjective()))
                .column("exploitability", i -> Text.of("%.4f", runs.get(i).exploitability()))
                .column("regularized", i -> Text.of("%.4f", runs.get(i).regularizedExploitability()));
        return "%n## %s%n%nNo crowd is smaller than 0.05. The first row has the same price everywhere.%n%n%s"
                .formatted(GAME, table);
    }

    private static String command(Cell<?, ?> cell) {
        return "`./mfg design %s %s`"
                .formatted(GAME, cell.labels().path("options").asText());
    }

    private static Cell<DesignConfig, DesignResult> cell(
            Reproduction plan, String option, String text, String iterations) {
        return new Cell<>(
                "%s-%s-iterations-%s".formatted(option, text, iterations),
                Json.object().put("options", "--%s %s --iterations %s".formatted(option, text, iterations)),
                DesignKind.DESIGN,
                plan.designing(Map.of(), Map.of("game", GAME, option, text, "iterations", iterations)),
                null,
                null);
    }
}
