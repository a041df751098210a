package mfg.benchmarks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.concurrent.TimeUnit;
import mfg.core.Constants;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solution;
import mfg.core.Solver;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.examples.LeftRight;
import mfg.envs.examples.MfglibBeachBar;
import mfg.envs.examples.RockPaperScissors;
import mfg.envs.examples.Sis;
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

/** Times what {@code solve} does: a step of a solver, and the exploitability of where it comes to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Solving {

    /** What is solved, with its defaults. */
    @Param({"left-right", "rps", "mfglib-beach-bar", "sis"})
    public String game;

    /** By what, with its defaults. */
    @Param({"omd", "fictitious-play", "fixed-point"})
    public String solver;

    private final NDManager manager = NDManager.newBaseManager();
    private Iteration iteration = iteration(new LeftRight.Entry(), new FixedPoint(0));

    /** Starts the solver. */
    @Setup
    public void start() {
        SolvableGame<?> entry =
                switch (game) {
                    case "left-right" -> new LeftRight.Entry();
                    case "rps" -> new RockPaperScissors.Entry();
                    case "sis" -> new Sis.Entry();
                    default -> new MfglibBeachBar.Entry();
                };
        Solver by =
                switch (solver) {
                    case "omd" -> new OnlineMirrorDescent(1, 0);
                    case "fixed-point" -> new FixedPoint(0);
                    default -> new FictitiousPlay(0);
                };
        iteration = iteration(entry, by);
        iteration.start();
    }

    private Iteration iteration(SolvableGame<?> entry, Solver by) {
        MeanFieldGame<?> played = entry.build(new Constants(manager, DataType.FLOAT64));
        return Iteration.of(played, new NDList(), by, manager, DataType.FLOAT64);
    }

    /** Takes a step and measures. */
    @Benchmark
    public Solution.Measurement step() {
        iteration.step();
        return iteration.measure();
    }

    /** Frees everything. */
    @TearDown
    public void close() {
        manager.close();
    }
}
