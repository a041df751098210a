package mfg.envs;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.lang.management.ManagementFactory;
import mfg.core.Constants;
import mfg.core.MeanFieldGame;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Solution;
import mfg.core.Solver;
import mfg.core.Tensors;

/** Memory to play a game in, and shorthands for playing it. */
public final class Bench implements AutoCloseable {

    public static final NDList NO_THETA = new NDList();

    public final DataType type;
    public final NDManager manager = NDManager.newBaseManager();
    public final Constants constants;

    public Bench() {
        this(DataType.FLOAT64);
    }

    public Bench(DataType type) {
        this.type = type;
        this.constants = new Constants(manager, type);
    }

    /** The flow of what a solver has learned after so many steps. */
    public <R extends Round> PopulationFlow<R> learned(MeanFieldGame<R> game, NDList theta, Solver solver, int steps) {
        Solution solution = Solution.find(
                game,
                theta,
                solver,
                new Solution.Stopping(steps, -1, Math.max(1, steps)),
                manager,
                type,
                Solution.Listener.NONE);
        return PopulationFlow.of(game, solver.policy(solution.state()), theta);
    }

    /** The flow of a policy given as {@code (h, s, a)} in one row. */
    public <R extends Round> PopulationFlow<R> playing(MeanFieldGame<R> game, NDList theta, double... policy) {
        return PopulationFlow.of(
                game,
                Policy.of(Tensors.create(manager, type, policy, game.shape().policy())),
                theta);
    }

    /** The flow of the uniform policy. */
    public <R extends Round> PopulationFlow<R> uniform(MeanFieldGame<R> game, NDList theta) {
        return PopulationFlow.of(game, Policy.uniform(game, manager, type), theta);
    }

    /** How many bytes the running thread has allocated so far. */
    public static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Override
    public void close() {
        manager.close();
    }
}
