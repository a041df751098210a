package mfg.eval.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.eval.io.Devices;
import mfg.eval.io.Json;
import mfg.eval.run.Context;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Task;
import mfg.nn.ActorCritic;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Ppo;
import org.jspecify.annotations.Nullable;

/**
 * Learning networks by PPO.
 *
 * @param <S> the game's kind of simulator
 */
final class NetworksTask<S extends Simulator> implements Task<LearnResult> {

    /** Epochs that the result is averaged over. */
    private static final int LAST = 10;

    private static final String RETURN = "meanReturn";
    private static final String SECONDS = "seconds";

    private final LearnConfig config;
    private final SimulatedGame<S> game;
    private final Learner.Networks options;
    private final S simulator;
    private final ActorCritic networks;
    private final List<String> figures;
    private final NDManager manager;
    private final Context context;
    private @Nullable Ppo ppo;
    private double seconds;
    private List<ObjectNode> shown = List.of();

    NetworksTask(LearnConfig config, SimulatedGame<S> game, Learner.Networks options, Context context) {
        this.config = config;
        this.game = game;
        this.options = options;
        this.context = context;
        this.manager = NDManager.newBaseManager(Devices.named(options.device()));
        try {
            this.simulator = game.simulator(config.seed());
            this.networks = options.networks(simulator);
            this.figures = List.copyOf(
                    game.figures(simulator, new double[simulator.agents()]).keySet());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return game.name();
    }

    @Override
    public String unit() {
        return "epoch";
    }

    @Override
    public int steps() {
        return config.epochs();
    }

    @Override
    public void prepare() {
        NDList theta = networks.start(
                new SplittableRandom(Streams.seed(config.seed(), "networks")), manager, DataType.FLOAT32);
        learn(new Ppo.State(theta, new Adam(theta), 0));
    }

    private void learn(Ppo.State state) {
        ppo = new Ppo(
                simulator,
                networks,
                options.options(config.epochs(), game.players()),
                state,
                Streams.seed(config.seed(), "learning"),
                context.threads());
    }

    private Ppo ppo() {
        return Objects.requireNonNull(ppo, "neither prepared nor loaded");
    }

    @Override
    public @Nullable ObjectNode begin(RunFolder files) {
        return null;
    }

    @Override
    public boolean hasRow(int k) {
        return k > 0;
    }

    /** What PPO tells, then what the game tells of the episode, then the time since the first epoch. */
    @Override
    public ObjectNode step(int k, RunFolder files) {
        long start = System.nanoTime();
        ObjectNode row = Json.fields(ppo().epoch());
        seconds += (System.nanoTime() - start) * 1e-9;
        game.figures(simulator, ppo().episodeReturns()).forEach((name, figure) -> Json.put(row, name, figure));
        Json.put(row, SECONDS, seconds);
        return row;
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        return String.format(
                Locale.ROOT, "reward %.2f, entropy %.3f", Metrics.last(rows, RETURN), Metrics.last(rows, "entropy"));
    }

    // ---- the state ----

    @Override
    public NDList save(NDManager scratch) {
        Ppo.State state = ppo().state();
        NDList all = new NDList();
        all.addAll(Saved.views("theta", state.theta(), state.theta(), scratch));
        all.addAll(Saved.views("mean", state.adam().means(), state.theta(), scratch));
        all.addAll(Saved.views("square", state.adam().squares(), state.theta(), scratch));
        all.add(Saved.numbers("adamSteps", new double[] {state.adam().steps()}, new Shape(1), scratch));
        all.add(Saved.numbers(SECONDS, new double[] {seconds}, new Shape(1), scratch));
        return all;
    }

    @Override
    public List<ParameterSpec> saved() {
        List<ParameterSpec> expected = new ArrayList<>();
        for (String prefix : List.of("theta", "mean", "square")) {
            networks.parameters()
                    .forEach(spec -> expected.add(new ParameterSpec(prefix + "/" + spec.name(), spec.shape(), 0)));
        }
        expected.add(new ParameterSpec("adamSteps", new Shape(1), 0));
        expected.add(new ParameterSpec(SECONDS, new Shape(1), 0));
        return expected;
    }

    /** There may be a network for each of many players: no copies in double precision. */
    @Override
    public DataType savedType() {
        return DataType.FLOAT32;
    }

    @Override
    public void load(NDList saved, int steps, List<ObjectNode> rows) {
        List<ParameterSpec> specs = networks.parameters();
        int n = specs.size();
        double adamSteps = Tensors.toDouble(saved.get(3 * n));
        if (!(adamSteps >= steps) || adamSteps != (int) adamSteps) {
            throw new InvalidInputException("the checkpoint is damaged: its counters contradict each other");
        }
        NDList ours = new NDList();
        for (int i = 0; i < 3 * n; i++) {
            NDArray array = saved.get(i).duplicate().toDevice(manager.getDevice(), false);
            array.attach(manager);
            array.setName(specs.get(i % n).name());
            ours.add(array);
        }
        seconds = Tensors.toDouble(saved.get(3 * n + 1));
        Adam adam = new Adam(ours.subNDList(n, 2 * n), ours.subNDList(2 * n, 3 * n), (int) adamSteps);
        learn(new Ppo.State(ours.subNDList(0, n), adam, steps));
    }

    // ---- the end ----

    @Override
    public LearnResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        Snapshot.save(files.file(Learner.Networks.FILE), ppo().state().theta());
        shown = rows;
        double perEpoch = rows.isEmpty() ? Double.NaN : seconds / rows.size();
        Map<String, @Nullable Object> learned = new LinkedHashMap<>();
        learned.put("identity", options.identity().toString());
        learned.put("meanReward", lately(rows, RETURN));
        figures.forEach(figure -> learned.put(figure, lately(rows, figure)));
        learned.put("agentStepsPerSecond", (double) simulator.agents() * simulator.rounds() / perEpoch);
        learned.put("secondsPerEpoch", perEpoch);
        return new LearnResult(
                game.name(),
                config.learner(),
                game.players(),
                rows.size(),
                learned,
                status,
                files.path().toString());
    }

    /** The mean of the last epochs; not a number where one of them has none. */
    private static double lately(List<ObjectNode> rows, String column) {
        return rows.stream()
                .skip(Math.max(0, rows.size() - LAST))
                .mapToDouble(row -> Metrics.number(row, column))
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public void draw(RunFolder files, LearnResult result) throws IOException {
        String title = "%s by %s, identity %s, %d players"
                .formatted(result.game(), result.algorithm(), options.identity(), result.players());
        PlayView view = PlayView.of(game, simulator, figures);
        LearningCharts.save(files, title, shown, view);
        view.draw(
                files,
                title,
                shown,
                new Actor(simulator, networks, ppo().state().theta()),
                Streams.seed(config.seed(), "picture"));
    }

    @Override
    public void close() {
        manager.close();
    }
}
