package mfg.eval.respond;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.ParameterSpec;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.envs.SideBySide;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.envs.StateSimulator;
import mfg.envs.symmetry.Policies;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.Learner;
import mfg.eval.learn.Networks;
import mfg.eval.learn.Seated;
import mfg.eval.run.RunFolder;
import mfg.nn.ActorCritic;
import mfg.nn.Devices;
import mfg.nn.Identity;
import mfg.nn.Snapshot;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.OneAmong;
import mfg.train.ppo.PpoOptions;
import mfg.train.ppo.TableActor;
import org.jspecify.annotations.Nullable;

/** Any game's players, by networks or tables. One learns among all others, who react to it. */
final class GamePopulation extends Population {

    /** The hidden width of one who learns among tables. */
    private static final int HIDDEN = 64;

    private static final double LEARNING_RATE = 3e-3;

    /** Minibatches of an epoch. */
    private static final int MINIBATCHES = 4;

    private final SimulatedGame<?> game;
    private final long who;
    private final NDManager manager;
    private final @Nullable Networks learner;
    private final @Nullable ActorCritic networks;
    private final NDList theta;
    private final @Nullable Policies tables;

    GamePopulation(RunFolder files, LearnConfig config) throws IOException {
        this.game = config.game() instanceof SimulatedGame<?> simulated ? simulated : Seated.of(config);
        this.who = config.seed();
        if (config.algorithm() instanceof Networks by) {
            learner = by;
            manager = NDManager.newBaseManager(Devices.named(by.device()));
            networks = by.networks(seat());
            theta = by.learned(files.path(), networks, manager);
            tables = null;
        } else {
            learner = null;
            manager = NDManager.newBaseManager(Device.cpu());
            networks = null;
            theta = new NDList();
            boolean shared = config.algorithm() instanceof Learner.SharedTable;
            tables = tables(files.path(), (StateSimulator) seat(), shared);
        }
    }

    /** What a run averaged over its epochs. */
    private Policies tables(Path run, StateSimulator seated, boolean shared) throws IOException {
        int count = shared ? 1 : seated.players();
        Shape shape = new Shape(count).addAll(seated.shape().policy());
        NDList read = Snapshot.load(
                Learner.finished(run, "average.npz"),
                List.of(new ParameterSpec("policy", shape, 0)),
                manager,
                DataType.FLOAT64);
        return new Policies(seated.shape(), count, Tensors.toDoubles(read.head()));
    }

    @Override
    int players() {
        return game.players();
    }

    @Override
    Simulator seat() {
        return game.simulator(who);
    }

    @Override
    Episodes.Policy policy(Simulator seated) {
        return tables != null
                ? new TableActor((StateSimulator) seated, tables)
                : new Actor(seated, Objects.requireNonNull(networks), theta);
    }

    @Override
    Answer answer(int player, BestResponse.Plan plan, boolean quiet) {
        List<OneAmong> plays = IntStream.range(0, plan.copies())
                .mapToObj(k -> {
                    Simulator seated = seat();
                    return new OneAmong(seated, policy(seated), player);
                })
                .toList();
        SideBySide all = new SideBySide(plays);
        ActorCritic alone = learner != null
                ? learner.alone(all)
                : new ActorCritic(1, all.features(), all.actions(), HIDDEN, Identity.NONE);
        NDList start = networks != null
                ? networks.alone(theta, player)
                : alone.start(
                        new SplittableRandom(Streams.seed(plan.seed(), "networks", player)), manager, DataType.FLOAT32);
        long begin = System.nanoTime();
        BestResponse learning = BestResponse.learn(all, alone, start, options(all, plan), plan, quiet);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        NDList learned = learning.theta();
        return new Answer(
                learning,
                0,
                seconds,
                (among, own) -> Episodes.play(among, new Actor(among, alone, learned), own, () -> {}));
    }

    private PpoOptions options(Simulator all, BestResponse.Plan plan) {
        int minibatch = Math.max(1, all.agents() * all.rounds() / MINIBATCHES);
        PpoOptions usual = learner != null
                ? learner.options(plan.epochs(), plan.copies())
                : PpoOptions.paper(plan.epochs(), plan.copies()).withLearningRate(LEARNING_RATE);
        return usual.withEntropy(0).withMinibatch(minibatch);
    }

    @Override
    public void close() {
        manager.close();
        if (game instanceof Seated seated) {
            seated.close();
        }
    }
}
