package mfg.benchmarks;

import java.util.concurrent.TimeUnit;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.Driver;
import mfg.envs.taxi.ScriptedDriver;
import mfg.envs.taxi.TaxiSimulator;
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

/** Times episodes of A-Taxi, with what every taxi sees. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Taxis {

    private static final int PLAYERS = 1000;
    private static final int ROUNDS = 128;

    /** Who drives: by the script, or anywhere. */
    @Param({"script", "random"})
    public String driver;

    /** How many cities are driven in at once. */
    @Param({"1", "8"})
    public int copies;

    private final City city = City.of(new CityLayout(CityLayout.DEFAULT), PLAYERS, ROUNDS, 8, 1);
    private TaxiSimulator taxis = new TaxiSimulator(city, 1);
    private int[] actions = {};
    private float[] rewards = {};
    private float[] seen = {};

    /** How much was simulated. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counters {

        /** Taxis times rounds. */
        public long taxiSteps;
    }

    /** Decides what everybody does in an episode; each is that one again, with the same luck. */
    @Setup
    public void decide() {
        taxis = new TaxiSimulator(city, copies);
        Driver chosen = driver.equals("script") ? new ScriptedDriver(city.layout(), 0.5, 1) : Driver.random(1);
        int agents = taxis.agents();
        actions = new int[ROUNDS * agents];
        rewards = new float[agents];
        seen = new float[agents * taxis.features()];
        for (int h = 0; h < ROUNDS; h++) {
            chosen.act(taxis, actions, h * agents);
            taxis.step(actions, h * agents, rewards, 0);
        }
    }

    /** Plays an episode. */
    @Benchmark
    public float[] play(Counters counters) {
        counters.taxiSteps += (long) taxis.agents() * ROUNDS;
        taxis.reset(0);
        for (int h = 0; h < ROUNDS; h++) {
            taxis.observe(seen, 0);
            taxis.step(actions, h * taxis.agents(), rewards, 0);
        }
        return seen;
    }
}
