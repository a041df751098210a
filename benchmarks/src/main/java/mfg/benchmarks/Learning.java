package mfg.benchmarks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.TaxiSimulator;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.train.ppo.Ppo;
import mfg.train.ppo.PpoOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Times epochs of PPO on A-Taxi in the paper's size: an episode of 1000 taxis, and all steps of learning from it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-Xmn16m",
            "-Xms32m",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1"
        }) // as ./mfg has it
public class Learning {

    private static final int PLAYERS = 1000;
    private static final int ROUNDS = 128;
    private static final int HIDDEN = 128;

    /** How networks know who drives; {@code independent} takes longest, and is not tried unless asked for. */
    @Param({"none", "one-hot", "number"})
    public String identity;

    /** How many chunks of a minibatch are learned from at a time. */
    @Param({"1", "2"})
    public int threads;

    private final NDManager manager = NDManager.newBaseManager();

    @SuppressWarnings("NullAway.Init") // by start
    private Ppo ppo;

    /** Starts from random networks. */
    @Setup
    public void start() {
        TaxiSimulator taxis = new TaxiSimulator(City.of(new CityLayout(CityLayout.DEFAULT), PLAYERS, ROUNDS, 8, 1), 1);
        ActorCritic networks =
                new ActorCritic(PLAYERS, taxis.features(), taxis.actions(), HIDDEN, Identity.named(identity));
        NDList theta = networks.start(new SplittableRandom(1), manager, DataType.FLOAT32);
        ppo = new Ppo(taxis, networks, PpoOptions.paper(150, PLAYERS), new Ppo.State(theta), 1, threads);
    }

    /** Frees the networks. */
    @TearDown
    public void stop() {
        manager.close();
    }

    /** Plays an episode, and learns from it. */
    @Benchmark
    public Ppo.Epoch epoch() {
        return ppo.epoch();
    }
}
