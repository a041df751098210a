package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.Mechanism;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;

/** Small design problems in float64. */
final class Problems implements AutoCloseable {

    /** The inner iteration of AMID. */
    static final OnlineMirrorDescent AUCTION_DESCENT = new OnlineMirrorDescent(10, 1e-3);

    final NDManager manager = NDManager.newBaseManager();
    final Constants constants = new Constants(manager, DataType.FLOAT64);

    /** An auction with 9 values, its mechanism a network of width 10 or the static one. */
    DesignProblem<AuctionRound> auction(String name, boolean neural, int steps) {
        return auction(name, neural, AUCTION_DESCENT, steps);
    }

    DesignProblem<AuctionRound> auction(String name, boolean neural, OnlineMirrorDescent descent, int steps) {
        int values = 9;
        AuctionSetting setting = AuctionSetting.named(name);
        Mechanism mechanism = neural
                ? new NeuralMechanism(constants, setting.rounds(), values, 10)
                : new StaticMechanism(constants, setting.rounds(), values);
        AuctionSetting.Scenario scenario = setting.draw(values, new SplittableRandom(3));
        return new DesignProblem<>(
                setting.game(constants, setting.rounds(), scenario, mechanism), setting.objective(), descent, steps);
    }

    /** A beach with 7 spots and 5 rounds, where some moves slip. */
    DesignProblem<KernelRound> beach(OnlineMirrorDescent descent, int steps) {
        BeachBar game = new BeachBar(constants, new BeachBar.Options(7, 5, 0.8, 0.1, 1e-8));
        return new DesignProblem<>(game, new Congestion<>(20), descent, steps);
    }

    /** A random theta: the default start, or uniform in ±0.5 where that is zeros. */
    NDList theta(DesignProblem<?> problem, long seed) {
        List<ParameterSpec> specs = problem.game().parameters().stream()
                .map(spec -> spec.spread() > 0 ? spec : new ParameterSpec(spec.name(), spec.shape(), 0.5))
                .toList();
        return Theta.uniform(specs, new SplittableRandom(seed), manager, DataType.FLOAT64);
    }

    static double[] flat(NDList arrays) {
        return arrays.stream()
                .flatMapToDouble((NDArray array) -> Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }

    /** The largest difference between two gradients, as a fraction of the first one's norm. */
    static double distance(Gradient expected, Gradient actual) {
        double[] e = flat(expected.theta());
        double[] a = flat(actual.theta());
        double largest = 0;
        for (int i = 0; i < e.length; i++) {
            // NaN must not pass as small
            largest = Double.isNaN(a[i]) ? Double.NaN : Math.max(largest, Math.abs(e[i] - a[i]));
        }
        return e.length == a.length ? largest / expected.norm() : Double.NaN;
    }

    @Override
    public void close() {
        constants.close();
        manager.close();
    }
}
