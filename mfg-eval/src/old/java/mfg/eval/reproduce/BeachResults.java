package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import mfg.eval.design.DesignCommand;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunGrid;
import mfg.eval.design.Setting;
import mfg.eval.io.TextTable;

/**
 * What prices make of the beach under two caps, beside the uniform price.
 *
 * @param runs finished, in the order of {@link #cells}
 */
record BeachResults(List<RunGrid.Outcome> runs) {

    private static final RunGrid.Kind KIND = new RunGrid.Kind("beach-bar", "beach.yaml", "runs.csv", false);

    /** Designs, or goes on. */
    static BeachResults of(String budget, Path folder, int threads) throws IOException {
        int iterations = budget.equals("full") ? Setting.named("beach-bar").iterations() : 10;
        List<RunGrid.Cell> cells = cells(iterations);
        RunGrid grid = new RunGrid(KIND, cells, folder, threads);
        return new BeachResults(KIND.isAt(folder) ? grid.resume() : grid.start("iterations: " + iterations));
    }

    private static List<RunGrid.Cell> cells(int iterations) throws IOException {
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (String options : List.of(
                "--init=default --iterations=0",
                "--max-price=0.5 --iterations=" + iterations,
                "--max-price=0.8 --iterations=" + iterations)) {
            List<String> arguments = new ArrayList<>(List.of("beach-bar"));
            arguments.addAll(List.of(options.split(" ", -1)));
            cells.add(new RunGrid.Cell(
                    options.replaceAll("[^a-z0-9.]+", "-").replaceFirst("^-", ""),
                    JsonNodeFactory.instance.objectNode().put("options", options),
                    DesignCommand.config(arguments),
                    null));
        }
        return cells;
    }

    /** A table in Markdown. */
    String section() {
        List<List<String>> rows = new ArrayList<>();
        for (RunGrid.Outcome run : runs) {
            DesignResult result = Objects.requireNonNull(run.result());
            rows.add(List.of(
                    "`./mfg design beach-bar %s`"
                            .formatted(run.cell().labels().path("options").asText()),
                    congestion(result.objective()),
                    congestion(result.validationObjective()),
                    String.format(Locale.ROOT, "%.4f", result.exploitability()),
                    String.format(Locale.ROOT, "%.4f", result.regularizedExploitability())));
        }
        DesignResult any = Objects.requireNonNull(runs.get(0).result());
        List<String> header = List.of(
                "prices",
                "congestion, T = " + any.innerSteps(),
                "T = " + any.validationSteps(),
                "exploitability",
                "regularized");
        return "%n## beach-bar%n%nNo crowd is smaller than 0.05. The first row has the same price everywhere.%n%n%s"
                .formatted(TextTable.text(header, rows));
    }

    private static String congestion(double objective) {
        return String.format(Locale.ROOT, "%.6f", -objective);
    }
}
