package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mfg.core.DivergedException;
import mfg.core.MeanFieldGame;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.catalogue.DesignableGame;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Memory;
import mfg.eval.io.Steps;
import mfg.eval.run.Display;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.train.DesignProblem;
import mfg.train.Draw;
import mfg.train.Evaluation;
import mfg.train.Gradient;
import mfg.train.GradientEstimator;
import mfg.train.Rest;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * What a run shows of a design before and after training: evaluations, tables, charts.
 *
 * @param <R> the games' kind of round
 */
final class DesignReport<R extends Round> {

    /** What differs between two iterations if the design does. */
    private static final List<String> FIGURES = List.of("objective", "gradientNorm", "gap");

    /** How the population of the final design learns on, a row for each number of steps that was looked at. */
    private static final String SETTLING = "settling.csv";

    /** At so many numbers of steps the population is looked at while it learns on. */
    private static final int HALVINGS = 7;

    private static final String BEFORE_FILES = "-before";
    private static final String BEST_FILES = "-after";
    private static final String LAST_FILES = "-last";

    private final DesignConfig config;
    private final DesignableGame<R> game;
    private final Scenarios<R> scenarios;
    private final DesignView<R> view;
    private final NDManager manager;
    private final Display display;
    private final Map<String, List<Table>> trained = new LinkedHashMap<>();

    /**
     * How training went.
     *
     * @param iterations that were planned
     * @param best the iteration after which the design validated best
     * @param evaluations what training cost
     * @param status why it ended
     */
    record Outcome(int iterations, int best, long evaluations, String status) {}

    DesignReport(
            DesignConfig config, DesignableGame<R> game, Scenarios<R> scenarios, NDManager manager, Display display) {
        this.config = config;
        this.game = game;
        this.scenarios = scenarios;
        this.view = DesignView.of(game);
        this.manager = manager;
        this.display = display;
    }

    /** Evaluates the initial design at T_val and records how its population behaves. */
    Evaluation before(RunFolder files, NDList theta) throws IOException {
        List<Table> tables = new ArrayList<>();
        int steps = config.population().validationSteps();
        Evaluation evaluation = Evaluation.least(evaluate(theta, config.last(steps), (at, flow) -> {
            if (at.steps() == steps && tables.isEmpty()) {
                tables.addAll(view.tables(flow, theta));
            }
        }));
        for (Table given : view.given()) {
            files.saveTable(given.name(), given);
        }
        save(files, BEFORE_FILES, tables);
        return evaluation;
    }

    private static void save(RunFolder files, String ending, List<Table> tables) throws IOException {
        for (Table table : tables) {
            files.saveTable(table.name() + ending, table);
        }
    }

    /** Evaluates the design that validated best at T, T_val and a long T, and writes tables. */
    DesignResult best(
            RunFolder files, NDList theta, @Nullable Yardsticks beside, List<ObjectNode> rows, Outcome outcome)
            throws IOException {
        double gradientNorm = theta.isEmpty() ? 0 : Metrics.number(rows.get(rows.size() - 1), "gradientNorm");
        Rest rest = theta.isEmpty() ? Rest.NONE : DesignTask.rest(column -> Metrics.last(rows, column));
        double seconds = secondsPerGradient(rows);
        GradientEstimator estimator = config.training().method().estimator(config);
        if (outcome.iterations() == 0 && !theta.isEmpty() && estimator != null) {
            long start = System.nanoTime();
            try (Draw<R> draw = Draw.of(scenarios, scenarios.objective(), config.plan(0, 1), 0);
                    Gradient gradient = draw.gradient(estimator, theta)) {
                seconds = (System.nanoTime() - start) * 1e-9;
                gradientNorm = gradient.norm();
                rest = gradient.rest();
            }
        }
        Map<String, double[]> byRound = new LinkedHashMap<>();
        List<Table> tables = new ArrayList<>();
        List<Boolean> noZeroDominance = new ArrayList<>();
        int games = scenarios.validation().size();
        DesignConfig.Population at = config.population();
        SortedSet<Integer> steps = new TreeSet<>(List.of(at.innerSteps()));
        steps.addAll(config.last(at.validationSteps()));
        steps.addAll(config.last(at.longSteps()));
        steps.addAll(on(at.longSteps()));
        List<Evaluation> reports = evaluate(theta, List.copyOf(steps), (evaluation, flow) -> {
            if (evaluation.steps() == at.innerSteps()) {
                game.byRound(flow).forEach((name, part) -> addMean(byRound, name, part, games));
            }
            if (evaluation.steps() == at.validationSteps() && tables.isEmpty()) {
                tables.addAll(view.tables(flow, theta));
            }
            if (evaluation.steps() == at.longSteps()) {
                Optional.ofNullable(view.noZeroDominance(flow)).ifPresent(noZeroDominance::add);
            }
        });
        Evaluation atT = least(reports, List.of(at.innerSteps()));
        Evaluation validation = least(reports, config.last(at.validationSteps()));
        Evaluation atLongT = least(reports, config.last(at.longSteps()));
        save(files, BEST_FILES, tables);
        trained.put(DesignView.BEST, tables);
        Csv.write(files.file(SETTLING), reports.stream().map(Json::fields).toList());
        return new DesignResult(
                game.name(),
                config.method(),
                adjoint(),
                config.computing().precision(),
                config.seed(),
                outcome.iterations(),
                at.innerSteps(),
                at.validationSteps(),
                at.longSteps(),
                atT.objective(),
                validation.objective(),
                validation.exploitability(),
                validation.regularizedExploitability(),
                atLongT.objective(),
                atLongT.exploitability(),
                atLongT.regularizedExploitability(),
                beside,
                noZeroDominance.isEmpty() ? null : !noZeroDominance.contains(false),
                byRound,
                gradientNorm,
                rest.gap(),
                rest.settlingSteps(),
                rest.products(),
                rest.residual(),
                Double.isNaN(rest.gap())
                        ? null
                        : rest.gap() <= config.training().method().mostGap(),
                lastMove(rows),
                outcome.best(),
                outcome.evaluations(),
                Metrics.last(rows, "validationObjective"),
                Metrics.last(rows, "exploitability"),
                seconds,
                Memory.peakRssMiB(),
                outcome.status(),
                files.path().toString());
    }

    /** Records how the population behaves under the design at which training ended, where it is another than the best. */
    void last(RunFolder files, NDList theta) throws IOException {
        List<Table> tables = new ArrayList<>();
        try {
            evaluate(theta, List.of(config.population().validationSteps()), (at, flow) -> {
                if (tables.isEmpty()) {
                    tables.addAll(view.tables(flow, theta));
                }
            });
        } catch (DivergedException e) { // the best design stands all the same
            display.tell("the last design comes to nothing: " + e.getMessage());
            noLast(files);
            return;
        }
        save(files, LAST_FILES, tables);
        trained.put(DesignView.LAST, tables);
    }

    /** Removes what an earlier end of this run left of its last design. */
    void noLast(RunFolder files) throws IOException {
        for (Table model : Objects.requireNonNull(trained.get(DesignView.BEST))) {
            Files.deleteIfExists(files.file(model.name() + LAST_FILES + ".csv"));
        }
    }

    /** Numbers of steps on the way to a last one, each twice the one before. */
    private static List<Integer> on(int last) {
        return IntStream.iterate(last, steps -> steps > 1, steps -> steps / 2)
                .limit(HALVINGS)
                .boxed()
                .toList();
    }

    /** The last iteration whose step shows in the row after it; the last of all where steps need not hold. */
    private static int lastMove(List<ObjectNode> rows) {
        int last = rows.size() - 1;
        int alike = last;
        while (alike > 0 && isSame(rows.get(alike), rows.get(alike - 1))) {
            alike--;
        }
        return alike == last ? last : alike - 1;
    }

    /** No number is the same as none: methods that look at no equilibrium have no gap. */
    private static boolean isSame(ObjectNode row, ObjectNode before) {
        return FIGURES.stream().allMatch(figure -> Metrics.number(row, figure) == Metrics.number(before, figure));
    }

    private static Evaluation least(List<Evaluation> all, List<Integer> steps) {
        return Evaluation.least(
                all.stream().filter(at -> steps.contains(at.steps())).toList());
    }

    private @Nullable String adjoint() {
        return config.training().method() instanceof Method.ByAdjoint amid ? amid.adjoint() : null;
    }

    /** The median time of a gradient; not a number if there was none. */
    private static double secondsPerGradient(List<ObjectNode> rows) {
        double[] seconds = rows.stream()
                .mapToDouble(row -> Metrics.number(row, "seconds"))
                .filter(s -> !Double.isNaN(s))
                .sorted()
                .toArray();
        return seconds.length == 0 ? Double.NaN : (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
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
        int games = scenarios.validation().size();
        try (Steps progress = display.part("evaluating", games > 1 ? games : 0)) {
            for (MeanFieldGame<R> one : scenarios.validation()) {
                DesignProblem<R> problem =
                        config.problem(scenarios, one, config.population().innerSteps());
                byGame.add(Evaluation.along(problem, config.step(), theta, steps, manager, config.type(), observer));
                progress.step(byGame.size(), "");
            }
        }
        return Evaluation.means(byGame);
    }

    void draw(RunFolder files, DesignResult result) throws IOException {
        Charts.save(files.file("objective.png"), List.of(TrainingCharts.objective(files.path(), config, result)));
        Charts.save(files.file("exploitability.png"), TrainingCharts.exploitability(files.path(), config));
        Charts.save(files.file("settling.png"), settling(files));
        Map<String, List<Table>> designs = new LinkedHashMap<>();
        designs.put(DesignView.BEFORE, readBefore(files));
        designs.putAll(trained);
        for (Map.Entry<String, List<? extends Plot>> chart :
                view.charts(designs).entrySet()) {
            Charts.save(files.file(chart.getKey() + ".png"), chart.getValue());
        }
    }

    /** How the population of the final design learns on. */
    private List<Plot> settling(RunFolder files) throws IOException {
        List<ObjectNode> rows = Metrics.read(files.file(SETTLING));
        String steps = "steps of learning";
        return List.of(
                Charts.lines(
                                game.name() + ": what the design is worth as the population learns on",
                                steps,
                                "objective",
                                List.of(Metrics.series("objective", rows, "steps", "objective")))
                        .over(Plot.Axis.logarithmic(steps)),
                Charts.falling(
                                game.name() + ": how far the population is from equilibrium",
                                steps,
                                "exploitability",
                                List.of(
                                        Metrics.series("plain", rows, "steps", "exploitability"),
                                        Metrics.series("regularized", rows, "steps", "regularizedExploitability")))
                        .over(Plot.Axis.logarithmic(steps)));
    }

    /** Reads the tables before training, with the names and columns of those after it. */
    private List<Table> readBefore(RunFolder files) {
        List<Table> tables = new ArrayList<>();
        for (Table model : Objects.requireNonNull(trained.get(DesignView.BEST))) {
            CsvReadOptions options = CsvReadOptions.builder(
                            files.file(model.name() + BEFORE_FILES + ".csv").toFile())
                    .columnTypes(model.typeArray())
                    .build();
            tables.add(Table.read().usingOptions(options).setName(model.name()));
        }
        return tables;
    }
}
