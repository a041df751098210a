package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.auction.AuctionGame;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.run.Context;
import mfg.eval.run.Display;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Task;
import mfg.eval.run.Trained;
import mfg.nn.Devices;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import mfg.train.DesignProblem;
import mfg.train.EquilibriumStep;
import mfg.train.Evaluation;
import mfg.train.Improvement;
import mfg.train.IncentiveDesign;
import mfg.train.IncentiveDesign.Iteration;
import mfg.train.Rest;
import mfg.train.Standstill;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@code design}: training, and the report on the design that validated best.
 *
 * @param <R> the games' kind of round
 */
final class DesignTask<R extends Round> implements Task<DesignResult> {

    private static final String BEST = "best";
    private static final String MEMORY = "memory/";
    private static final String BEST_OBJECTIVE = "bestObjective";
    private static final String BEST_ITERATION = "bestIteration";

    /** Columns of a validation. */
    private static final Set<String> VALIDATED =
            Set.of("validationObjective", "exploitability", "regularizedExploitability");

    private final DesignConfig config;
    private final NDManager manager;
    private final Scenarios<R> scenarios;
    private final DesignReport<R> report;
    private final Display display;
    private final UnaryOperator<Path> found;
    private @Nullable Yardsticks yardsticks;
    private final List<ParameterSpec> specs;
    private final int iterations;
    private final int threads;
    private @Nullable Training<R> training;
    private double bestObjective = Double.NEGATIVE_INFINITY;
    private int bestIteration;
    private final List<Iteration> past = new ArrayList<>();

    /** What training modifies. */
    private record Training<R extends Round>(Trained trained, Improvement improvement, IncentiveDesign<R> design) {}

    DesignTask(DesignConfig config, DesignableGame<R> game, Context context) {
        this.config = config;
        this.threads = context.threads();
        this.display = context.display();
        this.found = context.found();
        config.checkGame();
        this.manager = NDManager.newBaseManager(Devices.named(config.computing().device()));
        try {
            this.scenarios = game.scenarios(new Constants(manager, config.type()), config.seed());
            this.specs = scenarios.validation().get(0).parameters();
            this.iterations = specs.isEmpty() ? 0 : config.iterations();
            if (!specs.isEmpty()) {
                config.training().method().require(config.solver());
            }
            this.report = new DesignReport<>(config, game, scenarios, manager, context.display());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public int steps() {
        return iterations;
    }

    /** Takes one step there and back: not every game has every step and schedule. Searches only where training starts at what is found. */
    @Override
    public void prepare() throws IOException {
        if (startsAtBest()) {
            yardsticks = yardsticks();
        }
        NDList theta = Start.of(config, scenarios, yardsticks, found, manager);
        train(new Trained(theta, new Adam(theta)));
        DesignProblem<R> problem =
                config.problem(scenarios, scenarios.validation().get(0), 1);
        try (EquilibriumStep<?> step = config.step().step(problem, theta, manager, config.type())) {
            if (config.training().method() instanceof Method.ByAdjoint amid) {
                Adjoints.named(amid.adjoint()).sweep(step, problem.steps(), (zeta, t) -> {});
            }
        }
    }

    /** Null where the game has none. */
    private @Nullable Yardsticks yardsticks() {
        if (!(config.yardsticks() || startsAtBest()) || !(config.game() instanceof AuctionGame auction)) {
            return null;
        }
        return Yardsticks.of(config, auction, threads, display);
    }

    private boolean startsAtBest() {
        return !specs.isEmpty() && config.training().init().equals(Start.BEST);
    }

    private void train(Trained trained) {
        Improvement improvement = config.improvement(trained.adam(), iterations);
        training = new Training<>(
                trained,
                improvement,
                new IncentiveDesign<>(scenarios, improvement, config.plan(iterations, threads), trained.theta()));
    }

    private Training<R> training() {
        return Objects.requireNonNull(training, "neither prepared nor loaded");
    }

    /** Records how the population behaves under the initial design. */
    @Override
    public ObjectNode begin(RunFolder files) throws IOException {
        if (yardsticks == null) {
            yardsticks = yardsticks();
        }
        if (yardsticks != null) {
            files.saveResult(Yardsticks.FILE, yardsticks);
        }
        Evaluation before = report.before(files, training().trained().theta());
        bestObjective = before.objective();
        saveSnapshot(files, BEST);
        return row(new Iteration(0, Double.NaN, Double.NaN, Double.NaN, Rest.NONE, Double.NaN, before));
    }

    /** Keeps the best design. */
    @Override
    public ObjectNode step(int k, RunFolder files) throws IOException {
        Iteration iteration = training().design().iterate(past);
        past.add(iteration);
        Evaluation validation = iteration.validation();
        if (validation != null && validation.objective() > bestObjective) {
            bestObjective = validation.objective();
            bestIteration = k;
            saveSnapshot(files, BEST);
        }
        return row(iteration);
    }

    private static ObjectNode row(Iteration iteration) {
        Evaluation validation = iteration.validation();
        ObjectNode row = Json.object().put("iteration", iteration.number());
        Json.put(row, "objective", iteration.objective());
        Json.put(row, "gradientNorm", iteration.gradientNorm());
        Json.put(row, "learningRate", iteration.learningRate());
        Json.put(row, "gap", iteration.rest().gap());
        Json.put(row, "settlingSteps", iteration.rest().settlingSteps());
        Json.put(row, "products", iteration.rest().products());
        Json.put(row, "residual", iteration.rest().residual());
        Json.put(row, "seconds", iteration.seconds());
        Json.put(row, "validationObjective", validation == null ? Double.NaN : validation.objective());
        Json.put(row, "exploitability", validation == null ? Double.NaN : validation.exploitability());
        Json.put(
                row,
                "regularizedExploitability",
                validation == null ? Double.NaN : validation.regularizedExploitability());
        return row;
    }

    /** A validation is seen now and then; the beginning has nothing else, and not all methods have a gradient. */
    @Override
    public boolean mayBeEmpty(String column, int k) {
        return k == 0 ? !VALIDATED.contains(column) : !column.equals("objective") && !column.equals("seconds");
    }

    /** Saves a design alone, as {@code --init} reads it; nothing where there is nothing to design. */
    private void saveSnapshot(RunFolder files, String name) throws IOException {
        if (!specs.isEmpty()) {
            Snapshot.save(files.file(name + ".npz"), training().trained().theta());
        }
    }

    /** G of the last iteration, then the last validation. */
    @Override
    public String figures(List<ObjectNode> rows) {
        return "G %s val %s expl %s"
                .formatted(
                        Numbers.fixed(Metrics.last(rows, "objective")),
                        Numbers.fixed(Metrics.last(rows, "validationObjective")),
                        Numbers.positive(Metrics.last(rows, "exploitability")));
    }

    @Override
    public @Nullable String ended(List<ObjectNode> rows) {
        Standstill end = Standstill.of(past);
        return end == null ? null : end.sentence();
    }

    // ---- the state ----

    @Override
    public NDList save(NDManager scratch) {
        Training<R> now = training();
        NDList all = now.trained().save(scratch);
        all.add(Saved.number(BEST_OBJECTIVE, bestObjective, scratch));
        all.add(Saved.number(BEST_ITERATION, bestIteration, scratch));
        double[] memory = now.improvement().memory();
        for (int i = 0; i < memory.length; i++) {
            all.add(Saved.number(MEMORY + i, memory[i], scratch));
        }
        return all;
    }

    @Override
    public List<ParameterSpec> saved() {
        List<ParameterSpec> expected = Trained.saved(specs);
        expected.add(Saved.number(BEST_OBJECTIVE));
        expected.add(Saved.number(BEST_ITERATION));
        int memory = config.improvement(new Adam(new NDList()), iterations).memory().length;
        for (int i = 0; i < memory; i++) {
            expected.add(Saved.number(MEMORY + i));
        }
        return expected;
    }

    /** Numbers come back bit by bit. */
    @Override
    public void load(NDList state, int steps, List<ObjectNode> rows) {
        Trained trained = Trained.load(state, specs, manager, config.type());
        NDList rest = state.subNDList(3 * specs.size() + 1);
        double best = Tensors.toDouble(rest.get(1));
        if (trained.adam().steps() > steps || best != (int) best || best < 0 || best > steps) {
            throw new InvalidInputException("the checkpoint is damaged: its counters contradict each other");
        }
        bestObjective = Tensors.toDouble(rest.get(0));
        bestIteration = (int) best;
        train(trained);
        training()
                .improvement()
                .restore(rest.subNDList(2).stream()
                        .mapToDouble(Tensors::toDouble)
                        .toArray());
        rows.subList(1, rows.size()).forEach(row -> past.add(iteration(row)));
    }

    /** A row read back, less its validation. */
    private static Iteration iteration(ObjectNode row) {
        return new Iteration(
                (int) Metrics.number(row, "iteration"),
                Metrics.number(row, "objective"),
                Metrics.number(row, "gradientNorm"),
                Metrics.number(row, "learningRate"),
                rest(column -> Metrics.number(row, column)),
                Metrics.number(row, "seconds"),
                null);
    }

    /** From figures by column. */
    static Rest rest(ToDoubleFunction<String> figure) {
        return new Rest(
                figure.applyAsDouble("gap"),
                figure.applyAsDouble("settlingSteps"),
                figure.applyAsDouble("products"),
                figure.applyAsDouble("residual"));
    }

    // ---- the end ----

    @Override
    public DesignResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        saveSnapshot(files, "last");
        NDList best = specs.isEmpty()
                ? new NDList()
                : Snapshot.load(files.file(BEST + ".npz"), specs, manager, config.type());
        long evaluations = training().design().evaluations(past.size());
        Yardsticks beside = files.result(Yardsticks.FILE, Yardsticks.class);
        if (beside == null) { // none are wanted, or the file was lost or damaged
            beside = yardsticks();
            if (beside != null) {
                files.saveResult(Yardsticks.FILE, beside);
            }
        }
        DesignResult result = report.best(
                files,
                best,
                beside == null ? null : beside.inReport(),
                rows,
                new DesignReport.Outcome(iterations, bestIteration, evaluations, status));
        if (bestIteration < past.size()) {
            report.last(files, training().trained().theta());
        } else {
            report.noLast(files);
        }
        return result;
    }

    @Override
    public void draw(RunFolder files, DesignResult result) throws IOException {
        report.draw(files, result);
    }

    @Override
    public void close() {
        if (training != null) {
            training.improvement().close();
        }
        manager.close();
    }
}
