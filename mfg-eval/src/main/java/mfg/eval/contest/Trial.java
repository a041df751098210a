package mfg.eval.contest;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.eval.io.Failure;
import mfg.eval.solve.SolveConfig;

/**
 * A game by a solver without a folder: how its exploitability went.
 *
 * @param exploitability after 0, 1, 2, .. iterations, up to where it was still a number
 * @param seconds since the start, of the same
 * @param failure why it stopped or never began; empty if it came to its end
 */
record Trial(List<Double> exploitability, List<Double> seconds, String failure) {

    /** Runs a configuration in this thread, in double precision, to its end. */
    static Trial run(SolveConfig config) {
        return run(config, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * The same, but on beyond its iterations where they took less than {@code least} seconds, and no step is begun after {@code most}.
     */
    static Trial run(SolveConfig config, double least, double most) {
        List<Double> exploitability = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        config.checkGame();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            MeanFieldGame<?> game = config.game().build(constants);
            NDList theta = new NDList();
            for (ParameterSpec parameter : game.parameters()) {
                theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
            }
            try (Iteration iteration =
                    config.algorithm().iteration(game, theta, manager, DataType.FLOAT64, config.seed())) {
                iteration.start();
                long start = System.nanoTime();
                double passed = 0;
                for (int k = 0; (k <= config.iterations() || passed < least) && passed < most; k++) {
                    if (k > 0) {
                        iteration.step();
                    }
                    double measured = iteration.measure().exploitability();
                    if (!Double.isFinite(measured)) {
                        return new Trial(exploitability, seconds, "not a number after " + k);
                    }
                    passed = (System.nanoTime() - start) * 1e-9;
                    exploitability.add(measured);
                    seconds.add(passed);
                }
            }
            return new Trial(exploitability, seconds, "");
        } catch (InvalidInputException | DivergedException | OutOfMemoryError e) {
            return new Trial(exploitability, seconds, Failure.reason(e));
        }
    }

    /** The least exploitability of the first so many iterations. */
    double least(int iterations) {
        return exploitability.stream()
                .limit(iterations + 1L)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.NaN);
    }

    /** The least exploitability of what took at most so many seconds. */
    double within(double most) {
        double least = Double.NaN;
        for (int k = 0; k < exploitability.size() && (k == 0 || seconds.get(k) <= most); k++) {
            least = Double.isNaN(least) ? exploitability.get(k) : Math.min(least, exploitability.get(k));
        }
        return least;
    }
}
