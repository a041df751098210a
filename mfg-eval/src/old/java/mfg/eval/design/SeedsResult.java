package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import mfg.eval.io.Charts;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Summary;
import tech.tablesaw.api.Table;

/**
 * What several runs report that differ in their seed, by JSON name.
 *
 * @param runs the result of each, in the order of the seeds
 * @param mean of the figures of {@link #FIGURES} over runs
 * @param standardDeviation of the same, that of a sample; not a number for a single run
 */
record SeedsResult(
        String setting,
        List<Long> seeds,
        List<DesignResult> runs,
        Map<String, Double> mean,
        Map<String, Double> standardDeviation,
        String runDirectory)
        implements Summary {

    private static final Map<String, ToDoubleFunction<DesignResult>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("objective", DesignResult::objective);
        FIGURES.put("validationObjective", DesignResult::validationObjective);
        FIGURES.put("exploitability", DesignResult::exploitability);
        FIGURES.put("regularizedExploitability", DesignResult::regularizedExploitability);
        FIGURES.put("longObjective", DesignResult::longObjective);
        FIGURES.put("longExploitability", DesignResult::longExploitability);
        FIGURES.put("longRegularizedExploitability", DesignResult::longRegularizedExploitability);
    }

    static SeedsResult of(List<DesignResult> runs, Path folder) {
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> deviation = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> {
            Spread spread = Spread.of(runs.stream().mapToDouble(figure).toArray());
            mean.put(name, spread.mean());
            deviation.put(name, spread.deviation());
        });
        return new SeedsResult(
                runs.get(0).setting(),
                runs.stream().map(DesignResult::seed).toList(),
                runs,
                mean,
                deviation,
                folder.toString());
    }

    @Override
    public String summary() {
        DesignResult any = runs.get(0);
        StringBuilder text = new StringBuilder();
        line(
                text,
                any.iterations() == 0
                        ? "%s, %d seeds, the initial designs"
                        : "%s, %d seeds, the best of %d iterations each",
                setting,
                seeds.size(),
                any.iterations());
        line(text, "  T = %-6d objective %s", any.innerSteps(), spread("objective"));
        String equilibrium = "  T = %-6d objective %s, exploitability %s plain, %s regularized";
        line(
                text,
                equilibrium,
                any.validationSteps(),
                spread("validationObjective"),
                spread("exploitability"),
                spread("regularizedExploitability"));
        line(
                text,
                equilibrium,
                any.longSteps(),
                spread("longObjective"),
                spread("longExploitability"),
                spread("longRegularizedExploitability"));
        line(text, "  mean ± standard deviation over seeds; all of it   %s", runDirectory);
        return text.toString();
    }

    private String spread(String figure) {
        double x = Objects.requireNonNull(mean.get(figure));
        double deviation = Objects.requireNonNull(standardDeviation.get(figure));
        String text = figure.endsWith("xploitability") ? Numbers.positive(x) : Numbers.fixed(x);
        return seeds.size() > 1 ? text + " ± " + Numbers.fixed(deviation) : text;
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }

    /** Draws how the objective went, over all runs. */
    void draw(Path file) throws IOException {
        List<Table> metrics = runs.stream()
                .map(run -> RunDirectory.metricsTable(run.folder()))
                .toList();
        DesignResult any = runs.get(0);
        Charts.save(
                file,
                List.of(Charts.bands(
                        "Objective of %s, mean ± sd of %d seeds".formatted(setting, seeds.size()),
                        "iteration",
                        "objective",
                        List.of(
                                band("training, T = " + any.innerSteps(), metrics, "objective"),
                                band("validation, T = " + any.validationSteps(), metrics, "validationObjective")))));
    }

    /** The runs' tables have the same rows: entries are missing in all or in none. */
    private static Charts.Band band(String name, List<Table> metrics, String column) {
        return Spread.band(
                name,
                metrics.stream()
                        .map(table -> Charts.series(name, table, "iteration", column))
                        .toList());
    }
}
