package mfg.eval.solve;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Solution;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.io.Json;
import mfg.eval.run.Context;
import mfg.eval.run.Metrics;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Task;
import mfg.eval.view.Charts;
import mfg.eval.view.Flows;
import mfg.eval.view.Plot;
import mfg.nn.Snapshot;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A run of {@code solve}, in double precision: a solver steps, each of its policies is measured, and the best is kept.
 *
 * @param <R> the game's kind of round
 */
final class SolveTask<R extends Round> implements Task<SolveResult> {

    private static final String EXPLOITABILITY = "exploitability";
    private static final String SECONDS = "seconds";
    private static final String STATE = "state";
    private static final String BEST = "best";
    private static final String POLICY = "policy";

    /** How far from 1 the probabilities of an initial policy may sum. */
    private static final double SUM_TOLERANCE = 1e-6;

    /** A tolerance is out of reach if the best exploitability stays for so many iterations, and for half of all. */
    private static final int PATIENCE = 100;

    private final SolveConfig config;
    private final SolvableGame<R> entry;
    private final UnaryOperator<Path> found;
    private final NDManager manager;
    private final MeanFieldGame<R> game;
    private final NDList theta;
    private final Iteration iteration;
    private double[] best = {};
    private double least = Double.POSITIVE_INFINITY;
    private double seconds;
    private @Nullable Table flow;

    SolveTask(SolveConfig config, SolvableGame<R> entry, Context context) {
        this.config = config;
        this.entry = entry;
        this.found = context.found();
        config.checkGame();
        this.manager = NDManager.newBaseManager(Device.cpu());
        try {
            this.game = entry.build(new Constants(manager, DataType.FLOAT64));
            this.theta = new NDList(); // zeros: the middle of what a designer could choose
            for (ParameterSpec parameter : game.parameters()) {
                theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
            }
            this.iteration = config.algorithm().iteration(game, theta, manager, DataType.FLOAT64, config.seed());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public int steps() {
        return config.iterations();
    }

    @Override
    public void prepare() throws IOException {
        if (config.initial().isEmpty()) {
            iteration.start();
            return;
        }
        try (Scope scope = new Scope(manager)) {
            NDArray first = Snapshot.load(
                            found.apply(Path.of(config.initial())),
                            List.of(new ParameterSpec(POLICY, game.shape().policy(), 0)),
                            scope.manager(),
                            DataType.FLOAT64)
                    .head();
            requireRows(Tensors.toDoubles(first));
            iteration.start(Policy.of(first));
        }
    }

    private void requireRows(double[] policy) {
        int actions = game.shape().actions();
        for (int row = 0; row < policy.length; row += actions) {
            double sum = 0;
            for (int a = 0; a < actions; a++) {
                sum += policy[row + a] >= 0 ? policy[row + a] : Double.NaN;
            }
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new InvalidInputException("%s is no policy: row %d of its probabilities sums to %s"
                        .formatted(config.initial(), row / actions, sum));
            }
        }
    }

    @Override
    public ObjectNode begin(RunFolder files) {
        return measured(0, System.nanoTime());
    }

    @Override
    public ObjectNode step(int k, RunFolder files) {
        long start = System.nanoTime();
        iteration.step();
        return measured(k, start);
    }

    private ObjectNode measured(int k, long start) {
        Solution.Measurement measurement = iteration.measure();
        seconds += k == 0 ? 0 : (System.nanoTime() - start) * 1e-9;
        if (!Double.isFinite(measurement.exploitability())) {
            throw new DivergedException("after %d iterations the exploitability is not a number".formatted(k));
        }
        if (measurement.exploitability() < least) {
            least = measurement.exploitability();
            best = iteration.numbers();
        }
        ObjectNode row = Json.object().put("iteration", k);
        Json.put(row, EXPLOITABILITY, measurement.exploitability());
        Json.put(row, "value", measurement.value());
        Json.put(row, SECONDS, seconds);
        return row;
    }

    @Override
    public @Nullable String ended(List<ObjectNode> rows) {
        if (config.tolerance() == 0 || rows.isEmpty()) {
            return null;
        }
        int k = rows.size() - 1;
        double now = Metrics.last(rows, EXPLOITABILITY);
        if (now <= config.tolerance()) {
            return "the exploitability is at most the tolerance";
        }
        int when = bestIteration(rows);
        int since = k - when;
        return since >= PATIENCE && since >= k / 2
                ? String.format(
                        Locale.ROOT,
                        "the tolerance is out of reach: the exploitability was least, %.6g, after %d iterations",
                        Metrics.number(rows.get(when), EXPLOITABILITY),
                        when)
                : null;
    }

    private static int bestIteration(List<ObjectNode> rows) {
        int when = 0;
        for (int k = 1; k < rows.size(); k++) {
            if (Metrics.number(rows.get(k), EXPLOITABILITY) < Metrics.number(rows.get(when), EXPLOITABILITY)) {
                when = k;
            }
        }
        return when;
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        return String.format(Locale.ROOT, "exploitability %.6g", Metrics.last(rows, EXPLOITABILITY));
    }

    @Override
    public NDList save(NDManager scratch) {
        NDArray state = iteration.state(scratch);
        state.setName(STATE);
        return new NDList(state, Saved.numbers(BEST, best, state.getShape(), scratch));
    }

    @Override
    public List<ParameterSpec> saved() {
        iteration.start(); // the shape of the state is the solver's
        try (NDArray state = iteration.state(manager)) {
            return List.of(new ParameterSpec(STATE, state.getShape(), 0), new ParameterSpec(BEST, state.getShape(), 0));
        }
    }

    @Override
    public void load(NDList loaded, int steps, List<ObjectNode> rows) {
        iteration.resume(loaded.get(0), steps);
        best = Tensors.toDoubles(loaded.get(1));
        least = Metrics.number(rows.get(bestIteration(rows)), EXPLOITABILITY);
        seconds = Metrics.last(rows, SECONDS);
    }

    @Override
    public SolveResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        int last = rows.size() - 1;
        int when = bestIteration(rows);
        try (Scope scope = new Scope(manager)) {
            NDArray state = iteration.state(scope.manager());
            NDArray kept = Tensors.create(scope.manager(), DataType.FLOAT64, best, state.getShape());
            savePolicy(files, "best.npz", iteration.policy(kept));
            PopulationFlow<R> population = PopulationFlow.of(game, iteration.policy(state), scope.in(theta));
            savePolicy(files, "policy.npz", population.policy());
            Values values = Values.of(population, 0);
            save(files, "flow.npz", "flow", population.stacked());
            save(files, "values.npz", "values", values.q());
            flow = Flows.table(entry, population);
            files.saveTable("flow", flow);
            files.saveTable("policy", Flows.policyTable(entry, population, values));
        }
        return new SolveResult(
                entry.name(),
                Game.nameOf(config.algorithm().getClass()),
                last,
                rows.stream().map(row -> Metrics.number(row, EXPLOITABILITY)).toList(),
                Metrics.last(rows, "value"),
                when,
                Metrics.number(rows.get(when), EXPLOITABILITY),
                last == 0 ? 0 : Metrics.last(rows, SECONDS) / last,
                isMissed(rows, status) ? "the tolerance was not reached" : status,
                files.path().toString());
    }

    private boolean isMissed(List<ObjectNode> rows, String status) {
        return status.equals(Run.FINISHED)
                && config.tolerance() > 0
                && Metrics.last(rows, EXPLOITABILITY) > config.tolerance();
    }

    private static void savePolicy(RunFolder files, String file, Policy policy) throws IOException {
        save(files, file, POLICY, policy.probabilities());
    }

    private static void save(RunFolder files, String file, String name, NDArray array) throws IOException {
        array.setName(name);
        Snapshot.save(files.file(file), new NDList(array));
    }

    @Override
    public void draw(RunFolder files, SolveResult result) throws IOException {
        String title = "%s by %s".formatted(result.game(), result.algorithm());
        List<ObjectNode> rows = Metrics.of(files.path());
        Charts.save(
                files.file("exploitability.png"),
                List.of(
                        Charts.falling(
                                title,
                                "iteration",
                                EXPLOITABILITY,
                                List.of(Metrics.series(result.algorithm(), rows, "iteration", EXPLOITABILITY))),
                        Charts.falling(
                                title,
                                SECONDS,
                                EXPLOITABILITY,
                                List.of(Metrics.series(result.algorithm(), rows, SECONDS, EXPLOITABILITY)))));
        Table crowd = Objects.requireNonNull(flow);
        Charts.save(files.file("flow.png"), List.of(Flows.cells("Who is where: " + title, entry, crowd)));
        if (entry.map().length > 0 && game.shape().rounds() > 1) {
            Plot.Frames map = Flows.onMap("Who is where: " + title, entry, crowd);
            Charts.save(files.file("map.png"), List.of(map));
            Charts.animate(files.file("flow.gif"), map);
        }
    }

    @Override
    public void close() {
        iteration.close();
        manager.close();
    }
}
