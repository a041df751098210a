package mfg.benchmarks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solution;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.players.Actions;
import mfg.envs.players.NPlayerAuction;
import mfg.envs.players.NPlayerGame;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** Times auctions of N bidders, who follow what mirror descent has learned. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Bidders {

    private static final int LEARNING = 100;

    /** The number of bidders. */
    @Param({"100", "10000", "100000"})
    public int players;

    /** The setting; bidders' values move in A2. */
    @Param({"A1", "A2"})
    public String setting;

    /** The auctioneer. */
    @Param({"first-price", "neural"})
    public String mechanism;

    private final NDManager manager = NDManager.newBaseManager();
    private final Constants constants = new Constants(manager, DataType.FLOAT64);
    private NPlayerGame game;
    private NPlayerGame.Simulation simulation;
    private Actions policy;
    private long seed;

    /** How much was simulated. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counters {

        /** Bidders times rounds. */
        public long bidderRounds;
    }

    /** Lets bidders learn. */
    @Setup
    public void learn() {
        AuctionSetting about = AuctionSetting.named(setting);
        int rounds = about.rounds();
        Mechanism auctioneer = mechanism.equals("neural")
                ? new NeuralMechanism(constants, rounds, 100, 256)
                : new FirstPrice(constants, 100, FirstPrice.equalShares(rounds, about.alphaMax()));
        NDList theta = Theta.uniform(auctioneer.parameters(), new SplittableRandom(1), manager, DataType.FLOAT64);
        BatchedAuction auction = about.game(constants, rounds, about.draw(100, new SplittableRandom(1)), auctioneer);
        OnlineMirrorDescent descent = new OnlineMirrorDescent(10, 1e-3);
        Solution learned = Solution.find(
                auction,
                theta,
                descent,
                new Solution.Stopping(LEARNING, -1, LEARNING),
                manager,
                DataType.FLOAT64,
                Solution.Listener.NONE);
        policy = Actions.tabular(
                auction.shape(),
                Tensors.toDoubles(descent.policy(learned.state()).probabilities()));
        game = new NPlayerAuction(auction, theta, about.objective(), players, manager);
        simulation = game.simulation(policy);
    }

    /** Plays an auction. */
    @Benchmark
    public NPlayerGame.Play play(Counters counters) {
        counters.bidderRounds += (long) players * game.shape().rounds();
        return simulation.play(seed++, 0.5, policy);
    }

    /** Frees the engine's memory. */
    @TearDown
    public void close() {
        manager.close();
    }
}
