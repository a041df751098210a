package mfg.eval.learn;

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
import java.util.Set;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.envs.SimulatorCheck;
import mfg.envs.symmetry.Policies;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.run.Context;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Trained;
import mfg.nn.ActorCritic;
import mfg.nn.Devices;
import mfg.nn.Identity;
import mfg.nn.Snapshot;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Ppo;
import mfg.train.ppo.RewardScale;
import org.jspecify.annotations.Nullable;

/**
 * Learning networks by PPO.
 *
 * @param <S> the game's kind of simulator
 */
final class NetworksTask<S extends Simulator> extends LearnerTask {

    /** Epochs that the result is averaged over. */
    private static final int LAST = 10;

    /** How the exploitability is measured, where that can be: as that of tables is. Where all are alike one player is looked at, not a thousand. */
    private static final Learner.Measuring MEASURING = new Learner.Measuring(20, 1000);

    private static final Learner.Measuring ALIKE = new Learner.Measuring(200, 1000);

    private static final String RETURN = "meanReturn";

    private static final String REWARDS = "rewards";

    /** What PPO tells that need not be finite. */
    private static final Set<String> ESTIMATES = Set.of("oldKl", "kl", "explainedVariance");

    private final SimulatedGame<S> game;
    private final Networks options;
    private final S simulator;
    private final ActorCritic networks;
    private final List<String> figures;
    private final NDManager manager;
    private final Context context;
    private @Nullable Ppo ppo;
    private Ppo.@Nullable Epoch latest;
    private List<ObjectNode> shown = List.of();

    NetworksTask(LearnConfig config, SimulatedGame<S> game, Networks options, Context context) {
        super(config);
        this.game = game;
        this.options = options;
        this.context = context;
        this.manager = NDManager.newBaseManager(Devices.named(options.device()));
        try {
            this.simulator = SimulatorCheck.of(game, config.seed());
            this.networks = options.networks(simulator);
            this.figures = List.copyOf(
                    game.figures(simulator, new double[simulator.agents()]).keySet());
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public void prepare() {
        NDList theta = networks.start(
                new SplittableRandom(Streams.seed(config.seed(), "networks")), manager, DataType.FLOAT32);
        learn(new Ppo.State(theta));
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
    public boolean hasRow(int k) {
        return k > 0;
    }

    /** Figures are the game's; estimates may overflow, or divide by a variance of 0. */
    @Override
    public boolean mayBeEmpty(String column, int k) {
        return figures.contains(column) || ESTIMATES.contains(column);
    }

    @Override
    int players() {
        return game.players();
    }

    @Override
    void epoch() {
        latest = ppo().epoch();
    }

    /** What PPO tells, then what the game tells of the episode. */
    @Override
    ObjectNode seen(int epochs) {
        ObjectNode row = Json.fields(Objects.requireNonNull(latest));
        game.figures(simulator, ppo().episodeReturns()).forEach((name, figure) -> Json.put(row, name, figure));
        return row;
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        return String.format(
                Locale.ROOT, "reward %.2f, entropy %.3f", Metrics.last(rows, RETURN), Metrics.last(rows, "entropy"));
    }

    // ---- the state ----

    @Override
    NDList state(NDManager scratch) {
        Ppo.State state = ppo().state();
        RewardScale scale = state.rewardScale();
        double[] numbers = {scale.count(), scale.mean(), scale.variance()};
        return new Trained(state.theta(), state.adam())
                .save(scratch)
                .addAll(new NDList(Saved.numbers(REWARDS, numbers, new Shape(numbers.length), scratch)));
    }

    @Override
    List<ParameterSpec> specs() {
        List<ParameterSpec> all = new ArrayList<>(Trained.saved(networks.parameters()));
        all.add(new ParameterSpec(REWARDS, new Shape(3), 0));
        return all;
    }

    /** There may be a network for each of many players: no copies in double precision. */
    @Override
    public DataType savedType() {
        return DataType.FLOAT32;
    }

    @Override
    void load(NDList state, int epochs) {
        Trained trained = Trained.load(state, networks.parameters(), manager, DataType.FLOAT32);
        if (trained.adam().steps() < epochs) {
            throw new InvalidInputException("the checkpoint is damaged: its counters contradict each other");
        }
        double[] scale = Tensors.toDoubles(state.get(specs().size() - 1));
        learn(new Ppo.State(
                trained.theta(), trained.adam(), epochs, new RewardScale((float) scale[0], (float) scale[1], (float)
                        scale[2])));
    }

    // ---- the end ----

    @Override
    Map<String, @Nullable Object> learned(RunFolder files, List<ObjectNode> rows, double seconds) throws IOException {
        Snapshot.save(files.file(Networks.FILE), ppo().state().theta());
        shown = rows;
        double perEpoch = rows.isEmpty() ? Double.NaN : seconds / rows.size();
        Map<String, @Nullable Object> learned = new LinkedHashMap<>();
        learned.put("identity", options.identity().toString());
        learned.put("meanReward", lately(rows, RETURN));
        figures.forEach(figure -> learned.put(figure, lately(rows, figure)));
        if (game instanceof Seated seated) {
            Learner.Measuring how = seated instanceof SeatedField ? ALIKE : MEASURING;
            learned.putAll(seated.measured(tables(seated), null, 0, how, context));
        }
        learned.put("agentStepsPerSecond", (double) simulator.agents() * simulator.rounds() / perEpoch);
        learned.put("secondsPerEpoch", perEpoch);
        return learned;
    }

    /** What networks do in each round and state: one table for all, or one for each. */
    private Policies tables(Seated seated) {
        GameShape shape = seated.plays().shape();
        NDList theta = ppo().state().theta();
        if (options.identity() == Identity.NONE) {
            return new Policies(shape, 1, NetworkTables.of(shape, networks, theta));
        }
        Policies all = Policies.uniform(shape, game.players());
        ActorCritic alone = options.alone(simulator);
        for (int i = 0; i < game.players(); i++) {
            try (NDList own = networks.alone(theta, i)) {
                System.arraycopy(NetworkTables.of(shape, alone, own), 0, all.probabilities(), all.at(i), all.size());
            }
        }
        return all;
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
        String title = "%s by %s, %s, %s"
                .formatted(
                        result.game(),
                        result.algorithm(),
                        options.identity().paper(),
                        Text.count(result.players(), "players"));
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
        if (game instanceof Seated seated) {
            seated.close();
        }
    }
}
