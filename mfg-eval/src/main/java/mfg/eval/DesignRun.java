package mfg.eval;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.nn.Snapshot;
import mfg.nn.Theta;
import mfg.train.Adam;
import mfg.train.Evaluation;
import mfg.train.Gradient;
import mfg.train.IncentiveDesign;
import mfg.train.IncentiveDesign.Iteration;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * One run of {@code design}: reads downward from the start or the last checkpoint, through training, to the final report.
 *
 * @param <R> the games' kind of round
 */
final class DesignRun<R extends Round> {

    private final DesignConfig config;
    private final Experiment<R> experiment;
    private final NDManager manager;
    private final DataType type;
    private final IncentiveDesign.Plan plan;

    private DesignRun(DesignConfig config, Experiment<R> experiment, NDManager manager) {
        this.config = config;
        this.experiment = experiment;
        this.manager = manager;
        this.type = config.type();
        this.plan = config.plan();
    }

    /**
     * Starts a run.
     *
     * @param out its folder, new or empty
     * @return the result
     */
    static DesignResult start(DesignConfig config, Path out) throws IOException {
        return with(config, run -> run.start(out));
    }

    /**
     * Goes on with a run.
     *
     * @param directory its folder
     * @return the result, the same as without interruption
     */
    static DesignResult resume(Path directory) throws IOException {
        try (RunDirectory files = RunDirectory.open(directory)) {
            return with(files.config(), run -> run.resume(files));
        }
    }

    private interface Work {
        DesignResult on(DesignRun<?> run) throws IOException;
    }

    private static DesignResult with(DesignConfig config, Work work) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(device(config.device()));
                Constants constants = new Constants(manager, config.type())) {
            return work.on(new DesignRun<>(config, Experiment.of(config, constants), manager));
        }
    }

    private static Device device(String name) {
        return switch (name) {
            case "cpu" -> Device.cpu();
            case "gpu" -> {
                if (Engine.getInstance().getGpuCount() == 0) {
                    throw new InvalidInputException("--device gpu: the engine sees no GPU here");
                }
                yield Device.gpu();
            }
            default -> throw new InvalidInputException("--device must be cpu or gpu, not " + name);
        };
    }

    private DesignResult start(Path out) throws IOException {
        NDList theta = initialTheta(); // before the folder is made: a bad --init leaves nothing behind
        try (RunDirectory files = RunDirectory.create(out, config, Provenance.header())) {
            return finish(files, begin(files, theta));
        }
    }

    private DesignResult resume(RunDirectory files) throws IOException {
        if (!files.hasCheckpoint()) {
            return finish(files, begin(files, initialTheta()));
        }
        RunDirectory.State state = files.load(experiment.parameters(), manager, type);
        Metrics metrics = files.loadMetrics(state.iteration(), config.validationSteps());
        return finish(files, new Training(state, metrics));
    }

    private NDList initialTheta() throws IOException {
        List<ParameterSpec> specs = experiment.parameters();
        return switch (config.init()) {
            case "default" -> Theta.uniform(specs, new SplittableRandom(config.seed()), manager, type);
            case "sine" -> Theta.sine(specs, manager, type);
            default -> {
                Path file = Path.of(config.init());
                if (!Files.isRegularFile(file)) {
                    throw new InvalidInputException(
                            "--init must be default, sine or a snapshot; there is no file " + file);
                }
                yield Snapshot.load(file, specs, manager, type);
            }
        };
    }

    /** Where training stands. */
    private record Training(RunDirectory.State state, Metrics metrics) {}

    /** Records how the population behaves under the initial design. */
    private Training begin(RunDirectory files, NDList theta) throws IOException {
        List<Table> tables = new ArrayList<>();
        Evaluation before = evaluate(theta, List.of(config.validationSteps()), (evaluation, flow) -> {
                    if (tables.isEmpty()) {
                        tables.addAll(experiment.tables(flow, theta));
                    }
                })
                .get(0);
        files.saveTables("before", tables);
        Metrics metrics = new Metrics(config.validationSteps());
        metrics.add(new Iteration(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, before));
        RunDirectory.State state = new RunDirectory.State(theta, new Adam(theta), 0, before.objective(), 0);
        files.saveSnapshot("best", theta);
        files.save(state, metrics, manager);
        return new Training(state, metrics);
    }

    private DesignResult finish(RunDirectory files, Training training) throws IOException {
        IncentiveDesign<R> design = new IncentiveDesign<>(
                experiment.scenarios(),
                config.estimator(),
                plan,
                training.state().theta(),
                training.state().adam());
        RunDirectory.State state = train(files, design, training);
        return report(files, design, new Training(state, training.metrics()));
    }

    private RunDirectory.State train(RunDirectory files, IncentiveDesign<R> design, Training training) {
        RunDirectory.State[] latest = {training.state()};
        Thread hint = new Thread(
                () -> System.err.printf("%ninterrupted; go on with: ./mfg design --resume %s%n", files.path()));
        Runtime.getRuntime().addShutdownHook(hint);
        try (Progress progress = new Progress(config.setting(), latest[0].iteration(), config.iterations())) {
            design.train(latest[0].iteration(), iteration -> {
                training.metrics().add(iteration);
                latest[0] = record(files, latest[0], iteration, training.metrics());
                progress.step(iteration.number(), figures(training.metrics()));
            });
        } catch (UncheckedIOException e) {
            throw new InvalidInputException(
                    "cannot write to %s: %s".formatted(files.path(), Failure.reason(e.getCause())), e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(hint);
        }
        return latest[0];
    }

    /** Keeps the best design, and a checkpoint now and then. */
    private RunDirectory.State record(
            RunDirectory files, RunDirectory.State before, Iteration iteration, Metrics metrics) {
        Evaluation validation = iteration.validation();
        double objective = validation == null ? Double.NEGATIVE_INFINITY : validation.objective();
        boolean better = objective > before.bestObjective();
        RunDirectory.State state = new RunDirectory.State(
                before.theta(),
                before.adam(),
                iteration.number(),
                better ? objective : before.bestObjective(),
                better ? iteration.number() : before.bestIteration());
        try {
            if (better) {
                files.saveSnapshot("best", state.theta());
            }
            if (iteration.number() % config.checkpointEvery() == 0 || iteration.number() == config.iterations()) {
                files.save(state, metrics, manager);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    private static String figures(Metrics metrics) {
        List<Iteration> rows = metrics.rows();
        Iteration last = rows.get(rows.size() - 1);
        String text = "objective %.4f".formatted(last.objective());
        for (int i = rows.size() - 1; i >= 0; i--) {
            Evaluation validation = rows.get(i).validation();
            if (validation != null) {
                return text
                        + ", validation %.4f, exploitability %.4f"
                                .formatted(validation.objective(), validation.exploitability());
            }
        }
        return text;
    }

    /** Evaluates the final design at T, T_val and a long T, writes tables, charts and the result. */
    private DesignResult report(RunDirectory files, IncentiveDesign<R> design, Training training) throws IOException {
        NDList theta = training.state().theta();
        double gradientNorm = training.metrics().lastGradientNorm();
        double seconds = training.metrics().secondsPerGradient();
        if (config.iterations() == 0 && !theta.isEmpty()) {
            long start = System.nanoTime();
            try (Gradient gradient = design.gradient(0)) {
                seconds = (System.nanoTime() - start) * 1e-9;
                gradientNorm = gradient.norm();
            }
        }
        Map<String, double[]> byRound = new LinkedHashMap<>();
        List<Table> tables = new ArrayList<>();
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
                })
                .forEach(evaluation -> reports.put(evaluation.steps(), evaluation));
        Evaluation atT = report(reports, config.innerSteps());
        Evaluation validation = report(reports, config.validationSteps());
        Evaluation atLongT = report(reports, config.longSteps());

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
                byRound,
                gradientNorm,
                training.state().bestObjective(),
                training.state().bestIteration(),
                seconds,
                Memory.peakRssMiB(),
                files.path().toString());

        files.saveSnapshot("last", theta);
        files.saveTables("after", tables);
        files.saveResult(Json.line(result));
        drawCharts(files, tables);
        return result;
    }

    private static Evaluation report(Map<Integer, Evaluation> reports, int steps) {
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
        List<List<Evaluation>> byGame = new ArrayList<>();
        for (MeanFieldGame<R> game : experiment.scenarios().validation()) {
            byGame.add(Evaluation.along(
                    game, experiment.scenarios().objective(), plan.descent(), theta, steps, manager, type, observer));
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
