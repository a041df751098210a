package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import mfg.core.MeanFieldGame;
import mfg.core.Round;
import mfg.eval.io.Charts;
import mfg.eval.io.Memory;
import mfg.eval.io.Steps;
import mfg.train.DesignProblem;
import mfg.train.Draw;
import mfg.train.Evaluation;
import mfg.train.Gradient;
import mfg.train.Scenarios;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * What a run shows of a design before and after training: evaluations, tables, charts.
 *
 * @param <R> the games' kind of round
 */
final class DesignReport<R extends Round> {

    private final DesignConfig config;
    private final Experiment<R> experiment;
    private final NDManager manager;
    private final Display display;

    DesignReport(DesignConfig config, Experiment<R> experiment, NDManager manager, Display display) {
        this.config = config;
        this.experiment = experiment;
        this.manager = manager;
        this.display = display;
    }

    /** Evaluates the initial design at T_val and records how its population behaves. */
    Evaluation before(RunDirectory files, NDList theta) throws IOException {
        List<Table> tables = new ArrayList<>();
        Evaluation evaluation = evaluate(theta, List.of(config.validationSteps()), (at, flow) -> {
                    if (tables.isEmpty()) {
                        tables.addAll(experiment.tables(flow, theta));
                    }
                })
                .get(0);
        for (Table given : experiment.given()) {
            files.saveTable(given.name(), given);
        }
        files.saveTables("before", tables);
        return evaluation;
    }

    /**
     * Evaluates the design that validated best at T, T_val and a long T, writes tables, charts and the result.
     *
     * @param evaluations what training cost
     */
    DesignResult after(RunDirectory files, long evaluations, RunDirectory.State state, Metrics metrics)
            throws IOException {
        files.saveSnapshot("last", state.theta());
        NDList theta = files.loadSnapshot("best", experiment.parameters(), manager, config.type());
        double gradientNorm = theta.isEmpty() ? 0 : metrics.lastGradientNorm();
        double seconds = metrics.secondsPerGradient();
        if (config.iterations() == 0 && !theta.isEmpty() && config.hasGradient()) {
            long start = System.nanoTime();
            try (Draw<R> draw = Draw.of(experiment.scenarios(), config.plan(), 0);
                    Gradient gradient = draw.gradient(config.estimator(), theta)) {
                seconds = (System.nanoTime() - start) * 1e-9;
                gradientNorm = gradient.norm();
            }
        }
        Map<String, double[]> byRound = new LinkedHashMap<>();
        List<Table> tables = new ArrayList<>();
        List<Boolean> noZeroDominance = new ArrayList<>();
        int games = experiment.scenarios().validation().size();
        Map<Integer, Evaluation> reports = new LinkedHashMap<>();
        List<Integer> steps =
                List.copyOf(new TreeSet<>(List.of(config.innerSteps(), config.validationSteps(), config.longSteps())));
        evaluate(theta, steps, (evaluation, flow) -> {
                    if (evaluation.steps() == config.innerSteps()) {
                        experiment.byRound(flow).forEach((name, part) -> addMean(byRound, name, part, games));
                    }
                    if (evaluation.steps() == config.validationSteps() && tables.isEmpty()) {
                        tables.addAll(experiment.tables(flow, theta));
                    }
                    if (evaluation.steps() == config.longSteps()) {
                        Optional.ofNullable(experiment.noZeroDominance(flow)).ifPresent(noZeroDominance::add);
                    }
                })
                .forEach(evaluation -> reports.put(evaluation.steps(), evaluation));
        Evaluation atT = at(reports, config.innerSteps());
        Evaluation validation = at(reports, config.validationSteps());
        Evaluation atLongT = at(reports, config.longSteps());

        DesignResult result = new DesignResult(
                config.setting(),
                config.method(),
                config.adjoint(),
                config.precision(),
                config.seed(),
                config.iterations(),
                config.innerSteps(),
                config.validationSteps(),
                config.longSteps(),
                atT.objective(),
                validation.objective(),
                validation.exploitability(),
                validation.regularizedExploitability(),
                atLongT.objective(),
                atLongT.exploitability(),
                atLongT.regularizedExploitability(),
                noZeroDominance.isEmpty() ? null : !noZeroDominance.contains(false),
                byRound,
                gradientNorm,
                state.bestIteration(),
                evaluations,
                metrics.lastValidation().objective(),
                metrics.lastValidation().exploitability(),
                seconds,
                Memory.peakRssMiB(),
                files.path().toString());

        files.saveTables("after", tables);
        files.saveResult(result); // it says that the run is finished: charts only show what is there
        if (display.showsCharts()) {
            Charts.attempt(() -> drawCharts(files, tables));
        }
        return result;
    }

    private static Evaluation at(Map<Integer, Evaluation> reports, int steps) {
        return Objects.requireNonNull(reports.get(steps));
    }

    private static void addMean(Map<String, double[]> sums, String name, double[] part, int count) {
        double[] sum = sums.computeIfAbsent(name, n -> new double[part.length]);
        for (int i = 0; i < part.length; i++) {
            sum[i] += part[i] / count;
        }
    }

    /** The mean over validation games at each of several increasing numbers of steps. */
    private List<Evaluation> evaluate(NDList theta, List<Integer> steps, Evaluation.Observer<R> observer) {
        Scenarios<R> scenarios = experiment.scenarios();
        int games = scenarios.validation().size();
        List<List<Evaluation>> byGame = new ArrayList<>();
        try (Steps progress = display.evaluating(games)) {
            for (MeanFieldGame<R> game : scenarios.validation()) {
                DesignProblem<R> problem =
                        new DesignProblem<>(game, scenarios.objective(), config.descent(), config.innerSteps());
                byGame.add(
                        Evaluation.along(problem, config.stepMethod(), theta, steps, manager, config.type(), observer));
                progress.step(byGame.size(), "");
            }
        }
        List<Evaluation> means = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            int at = i;
            means.add(Evaluation.mean(
                    byGame.stream().map(evaluations -> evaluations.get(at)).toList()));
        }
        return means;
    }

    private void drawCharts(RunDirectory files, List<Table> tables) throws IOException {
        Table metrics = files.metricsTable();
        files.saveChart(
                "objective",
                List.of(Charts.lines(
                        "Objective of " + config.setting(),
                        "iteration",
                        "objective",
                        List.of(
                                Charts.series(
                                        "training, T = " + config.innerSteps(), metrics, "iteration", "objective"),
                                Charts.series(
                                        "validation, T = " + config.validationSteps(),
                                        metrics,
                                        "iteration",
                                        "validationObjective")))));
        files.saveChart(
                "exploitability",
                List.of(Charts.lines(
                        "Exploitability after %d steps".formatted(config.validationSteps()),
                        "iteration",
                        "exploitability",
                        List.of(
                                Charts.series("plain", metrics, "iteration", "exploitability"),
                                Charts.series("regularized", metrics, "iteration", "regularizedExploitability")))));
        for (Map.Entry<String, List<Chart<?, ?>>> chart : experiment
                .charts(files.tables("before", tables), files.tables("after", tables))
                .entrySet()) {
            files.saveChart(chart.getKey(), chart.getValue());
        }
    }
}
