package mfg.eval.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.stream.DoubleStream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.eval.config.Binder;
import mfg.eval.solve.SolveConfig;
import org.jspecify.annotations.Nullable;

/**
 * What an iteration of {@code solve} costs, a step and its exploitability, by JSON name.
 *
 * @param game as it was asked for
 * @param iterations how many are taken from the start, again and again
 * @param secondsPerIteration the median over all these passes
 * @param exploitability0 where a pass begins
 * @param exploitabilityK where it ends
 * @param peer who else solved the game; null for nobody, as what follows
 * @param peerSeconds the other's seconds an iteration
 * @param peerExploitabilityK where the other came to
 * @param ratio our seconds over the other's
 */
public record SolveCost(
        String game,
        int states,
        int actions,
        int rounds,
        int iterations,
        double secondsPerIteration,
        double exploitability0,
        double exploitabilityK,
        @Nullable String peer,
        @Nullable Double peerSeconds,
        @Nullable Double peerExploitabilityK,
        @Nullable Double ratio) {

    /** What is measured: short passes of mirror descent with the same step size in all games. */
    public static final Binder.Kind<SolveConfig> KIND =
            SolveConfig.KIND.where(Map.of("iterations", "10", "eta", "0.1"), game -> Map.of());

    /**
     * Measures in double precision, in this thread.
     *
     * @param game what to call it
     * @param config the game, the solver and the iterations of a pass
     * @param seconds to warm up, and again to measure; a pass each at least
     * @param peer to be held against; null for nobody
     */
    public static SolveCost measure(String game, SolveConfig config, double seconds, @Nullable Peer peer) {
        config.checkGame();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            MeanFieldGame<?> played = config.game().build(constants);
            NDList theta = new NDList();
            for (ParameterSpec parameter : played.parameters()) {
                theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
            }
            try (Iteration iteration =
                    config.algorithm().iteration(played, theta, manager, DataType.FLOAT64, config.seed())) {
                iteration.start();
                double first = iteration.measure().exploitability();
                passes(iteration, config.iterations(), seconds);
                double median = GradientCost.median(passes(iteration, config.iterations(), seconds));
                GameShape shape = played.shape();
                return new SolveCost(
                        game,
                        shape.states(),
                        shape.actions(),
                        shape.rounds(),
                        config.iterations(),
                        median,
                        first,
                        iteration.measure().exploitability(),
                        peer == null ? null : peer.peer(),
                        peer == null ? null : peer.secondsPerIteration(),
                        peer == null ? null : peer.exploitabilityK(),
                        peer == null ? null : median / peer.secondsPerIteration());
            }
        }
    }

    /** The seconds an iteration of each pass. */
    private static double[] passes(Iteration iteration, int iterations, double seconds) {
        DoubleStream.Builder each = DoubleStream.builder();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            iteration.start();
            long start = System.nanoTime();
            for (int k = 0; k < iterations; k++) {
                iteration.step();
                iteration.measure();
            }
            each.add((System.nanoTime() - start) * 1e-9 / iterations);
        } while (System.nanoTime() < end);
        return each.build().toArray();
    }
}
