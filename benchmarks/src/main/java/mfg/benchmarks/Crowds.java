package mfg.benchmarks;

import java.util.concurrent.TimeUnit;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.symmetry.ARps;
import mfg.envs.symmetry.ASis;
import mfg.envs.symmetry.CrowdSimulation;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;
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
import org.openjdk.jmh.annotations.Warmup;

/** Times plays of players who differ. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Crowds {

    /** What is played, with the sizes of its source. */
    @Param({"a-rps", "a-sis"})
    public String game;

    /** Whether all players share a policy, or each has its own. */
    @Param({"true", "false"})
    public boolean shared;

    private AnonymousGame players = new ASis(2, 1, 0, 0, 1);
    private CrowdSimulation simulation = new CrowdSimulation(players);
    private Policies policies = Policies.uniform(players.shape(), 1);
    private Trajectory trajectory = Trajectory.empty(1, 2);
    private long seed;

    /** How much was simulated. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counters {

        /** Players times rounds. */
        public long playerSteps;
    }

    /** Seats the players. */
    @Setup
    public void seat() {
        players = game.equals("a-rps") ? new ARps(2000, 10, 0.1, 1) : new ASis(1000, 20, 0.1, 0.1, 1);
        simulation = new CrowdSimulation(players);
        policies = Policies.uniform(players.shape(), shared ? 1 : players.players());
        trajectory = Trajectory.empty(players.shape().rounds(), players.players());
    }

    /** Plays a trajectory. */
    @Benchmark
    public Trajectory play(Counters counters) {
        counters.playerSteps += (long) players.players() * players.shape().rounds();
        simulation.play(seed++, policies, trajectory);
        return trajectory;
    }
}
