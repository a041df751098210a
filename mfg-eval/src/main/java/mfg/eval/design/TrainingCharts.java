package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.run.Metrics;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/** How the training of a design went, or goes. */
final class TrainingCharts {

    private static final String ITERATION = "iteration";
    private static final double PERCENT = 100;

    private TrainingCharts() {}

    /** The objective, beside what simple mechanisms earn and the most that any can; with a mark at the design that was chosen. */
    static Plot objective(Path run, DesignConfig config, @Nullable DesignResult result) throws IOException {
        DesignConfig.Population at = config.population();
        Plot.Curves chart = Charts.lines(
                "%s: objective along training".formatted(config.game().name()),
                ITERATION,
                "objective",
                List.of(
                        Metrics.series(
                                "training, " + config.training().method().where(at.innerSteps()), run, "objective"),
                        Metrics.series("validation, T = " + at.validationSteps(), run, "validationObjective")));
        if (result == null) {
            return chart;
        }
        Yardsticks beside = result.yardsticks();
        return (beside == null ? chart : chart.withLevels(levels(beside)))
                .withMark(new Plot.Mark("chosen design", result.bestIteration()));
    }

    /** At the long T. */
    private static List<Plot.Level> levels(Yardsticks beside) {
        List<Plot.Level> levels = new ArrayList<>();
        levels.add(
                new Plot.Level("first price, equal shares", beside.firstPrice().objective()));
        beside.best().ifPresent(best -> levels.add(new Plot.Level("best simple: " + best.name(), best.objective())));
        if (beside.bound() != null) {
            levels.add(new Plot.Level("bound", beside.bound()));
        }
        return levels;
    }

    /** How far from equilibrium the population of each design is. */
    static List<Plot> exploitability(Path run, DesignConfig config) throws IOException {
        String title = "%s: exploitability after %d steps"
                .formatted(config.game().name(), config.population().validationSteps());
        Charts.Series plain = Metrics.series("plain", run, "exploitability");
        List<Plot> charts = new ArrayList<>();
        charts.add(Charts.falling(
                title,
                ITERATION,
                "exploitability",
                List.of(plain, Metrics.series("regularized", run, "regularizedExploitability"))));
        double[] objective = Metrics.series("", run, "validationObjective").y();
        if (Arrays.stream(objective).allMatch(number -> number > 0)) {
            double[] percent = plain.y().clone();
            Arrays.setAll(percent, i -> PERCENT * percent[i] / objective[i]);
            charts.add(Charts.lines(
                    title + ", in percent",
                    ITERATION,
                    "% of the objective",
                    List.of(new Charts.Series("plain", plain.x(), percent))));
        }
        return charts;
    }
}
