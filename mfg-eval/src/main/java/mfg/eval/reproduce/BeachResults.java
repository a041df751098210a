package mfg.eval.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Json;
import mfg.eval.io.Shell;
import mfg.eval.io.TextTable;

/**
 * What prices make of the beach under two caps, beside the uniform price.
 *
 * @param runs the uniform price, then by cap
 */
record BeachResults(List<Outcome<DesignResult>> runs) {

    /** Designs, or goes on. */
    static BeachResults of(Reproduction.Budget budget, Path folder, int threads) throws IOException {
        String iterations = budget.of("10", "100");
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>();
        for (Map<String, String> options : List.of(
                options("init", "default", "iterations", "0"),
                options("max-price", "0.5", "iterations", iterations),
                options("max-price", "0.8", "iterations", iterations))) {
            List<String> arguments = new ArrayList<>();
            options.forEach((option, text) -> arguments.addAll(List.of("--" + option, text)));
            cells.add(new Cell<>(
                    Shell.line(arguments).replaceAll("[^a-z0-9.]+", "-").replaceFirst("^-", ""),
                    Json.object().put("options", Shell.line(arguments)),
                    DesignKind.DESIGN,
                    Binder.bind(
                            Reproduction.CATALOGUE,
                            DesignConfig.KIND,
                            Given.options(options).with(Map.of("game", "beach-bar"))),
                    null,
                    null));
        }
        return new BeachResults(Reproduction.grid("runs", cells, folder, threads));
    }

    private static Map<String, String> options(String option, String text, String other, String its) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(option, text);
        options.put(other, its);
        return options;
    }

    /** A table in Markdown. */
    String section() {
        List<List<String>> rows = new ArrayList<>();
        for (Outcome<DesignResult> run : runs) {
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
