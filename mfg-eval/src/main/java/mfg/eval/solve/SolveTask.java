package mfg.eval.solve;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Solution;
import mfg.core.Solver;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.io.Json;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Task;
import mfg.eval.view.Charts;
import mfg.eval.view.Flows;
import mfg.nn.Snapshot;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A run of {@code solve}, in double precision: a solver steps, and each of its policies is measured.
 *
 * @param <R> the game's kind of round
 */
final class SolveTask<R extends Round> implements Task<SolveResult> {

    private static final String STATE = "state";

    private final SolveConfig config;
    private final SolvableGame<R> entry;
    private final NDManager manager;
    private final MeanFieldGame<R> game;
    private final NDList theta;
    private final Solver solver;
    private final Iteration iteration;
    private @Nullable Table flow;

    SolveTask(SolveConfig config, SolvableGame<R> entry) {
        this.config = config;
        this.entry = entry;
        config.checkGame();
        this.solver = config.algorithm();
        this.manager = NDManager.newBaseManager(Device.cpu());
        try {
            this.game = entry.build(new Constants(manager, DataType.FLOAT64));
            this.theta = new NDList(); // zeros: the middle of what a designer could choose
            for (ParameterSpec parameter : game.parameters()) {
                theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
            }
            this.iteration = Iteration.of(game, theta, solver, manager, DataType.FLOAT64);
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
    public void prepare() {
        iteration.start();
    }

    @Override
    public ObjectNode begin(RunFolder files) {
        return measured(0);
    }

    @Override
    public ObjectNode step(int k, RunFolder files) {
        iteration.step();
        return measured(k);
    }

    private ObjectNode measured(int k) {
        Solution.Measurement measurement = iteration.measure();
        if (!Double.isFinite(measurement.exploitability())) {
            throw new DivergedException("after %d iterations the exploitability is not a number".formatted(k));
        }
        ObjectNode row = Json.object().put("iteration", k);
        Json.put(row, "exploitability", measurement.exploitability());
        Json.put(row, "value", measurement.value());
        return row;
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        return String.format(Locale.ROOT, "exploitability %.6g", Metrics.last(rows, "exploitability"));
    }

    @Override
    public NDList save(NDManager scratch) {
        NDArray state = iteration.state(scratch);
        state.setName(STATE);
        return new NDList(state);
    }

    @Override
    public List<ParameterSpec> saved() {
        iteration.start(); // the shape of the state is the solver's
        try (NDArray state = iteration.state(manager)) {
            return List.of(new ParameterSpec(STATE, state.getShape(), 0));
        }
    }

    @Override
    public void load(NDList loaded, int steps, List<ObjectNode> rows) {
        iteration.resume(loaded.head(), steps);
    }

    @Override
    public SolveResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        try (Scope scope = new Scope(manager)) {
            PopulationFlow<R> population =
                    PopulationFlow.of(game, solver.policy(iteration.state(scope.manager())), scope.in(theta));
            NDArray policy = population.policy().probabilities();
            policy.setName("policy");
            Snapshot.save(files.file("policy.npz"), new NDList(policy));
            flow = Flows.table(entry, population);
            files.saveTable("flow", flow);
        }
        return new SolveResult(
                entry.name(),
                Game.nameOf(config.algorithm().getClass()),
                (int) Metrics.number(rows.get(rows.size() - 1), "iteration"),
                rows.stream().map(row -> Metrics.number(row, "exploitability")).toList(),
                Metrics.last(rows, "value"),
                status,
                files.path().toString());
    }

    @Override
    public void draw(RunFolder files, SolveResult result) throws IOException {
        String title = "%s by %s".formatted(result.game(), result.algorithm());
        Charts.save(
                files.file("exploitability.png"),
                List.of(Charts.line(
                        title,
                        "iteration",
                        "exploitability",
                        Metrics.series("exploitability", files.path(), "exploitability"))));
        Charts.save(
                files.file("flow.png"),
                Flows.heatMaps(entry, Map.of("Who is where: " + title, Objects.requireNonNull(flow))));
    }

    @Override
    public void close() {
        iteration.close();
        manager.close();
    }
}
