package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.Mechanism;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.FirstPriceSchedule;
import mfg.envs.auction.PostedPriceMechanism;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.auction.UniformPrice;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;

/** Small design problems in float64. */
public final class Problems implements AutoCloseable {

    /** The inner iteration of AMID. */
    public static final OnlineMirrorDescent AUCTION_DESCENT = new OnlineMirrorDescent(10, 1e-3);

    public final NDManager manager = NDManager.newBaseManager();
    public final Constants constants = new Constants(manager, DataType.FLOAT64);

    /** An auction with 9 values, its mechanism a network of width 10 or the static one. */
    public DesignProblem<AuctionRound> auction(String name, boolean neural, int steps) {
        return auction(name, neural, AUCTION_DESCENT, steps);
    }

    public DesignProblem<AuctionRound> auction(String name, boolean neural, OnlineMirrorDescent descent, int steps) {
        int values = 9;
        AuctionSetting setting = AuctionSetting.named(name);
        Mechanism mechanism = neural
                ? new NeuralMechanism(constants, setting.rounds(), values, 10)
                : new StaticMechanism(constants, setting.rounds(), values);
        AuctionSetting.Scenario scenario = setting.draw(values, new SplittableRandom(3));
        return new DesignProblem<>(
                setting.game(constants, setting.rounds(), scenario, mechanism), setting.objective(), descent, steps);
    }

    /** Kinds of auctioneers. */
    public enum Kind {
        NEURAL,
        STATIC,
        FIRST_PRICE,
        SCHEDULE,
        RESERVE,
        POSTED_PRICE,
        UNIFORM_PRICE,
        SECOND_PRICE;

        /** Whether there is something to design. */
        boolean isDesigned() {
            return this == NEURAL || this == STATIC || this == SCHEDULE;
        }
    }

    /** An auction of any kind and size; no share is a multiple of any 1 / values, so that nothing ties. */
    public DesignProblem<AuctionRound> auction(String name, Kind kind, int values, int rounds, int steps) {
        Mechanism mechanism =
                switch (kind) {
                    case NEURAL -> new NeuralMechanism(constants, rounds, values, 12);
                    case STATIC -> new StaticMechanism(constants, rounds, values);
                    case FIRST_PRICE -> new FirstPrice(constants, values, perRound(rounds, 0.1234));
                    case SCHEDULE -> new FirstPriceSchedule(constants, rounds, values, 0.8);
                    case RESERVE -> new ReservePrice(constants, values, perRound(rounds, 0.2));
                    case POSTED_PRICE -> new PostedPriceMechanism(constants, values, perRound(rounds, 0.4));
                    case UNIFORM_PRICE -> uniformPrice(values, rounds, UniformPrice.Pays.LOWEST_WINNING);
                    case SECOND_PRICE -> uniformPrice(values, rounds, UniformPrice.Pays.HIGHEST_LOSING);
                };
        AuctionSetting setting = AuctionSetting.named(name);
        AuctionSetting.Scenario scenario = setting.draw(values, new SplittableRandom(3));
        return new DesignProblem<>(
                setting.game(constants, rounds, scenario, mechanism), setting.objective(), AUCTION_DESCENT, steps);
    }

    /** The share limits the offer in some rounds, the reserve in others. */
    private UniformPrice uniformPrice(int values, int rounds, UniformPrice.Pays pays) {
        return new UniformPrice(constants, values, perRound(rounds, 0.2468), perRound(rounds, 0.6), pays);
    }

    private static double[] perRound(int rounds, double first) {
        return IntStream.range(0, rounds).mapToDouble(h -> first + 0.09 * h).toArray();
    }

    /** A beach with 7 spots and 5 rounds, where some moves slip. */
    public DesignProblem<KernelRound> beach(OnlineMirrorDescent descent, int steps) {
        BeachBar game = new BeachBar(constants, new BeachBar.Options(7, 5, 0.8, 0.1, 1e-8));
        return new DesignProblem<>(game, new Congestion<>(20), descent, steps);
    }

    /** A random theta: the default start, or uniform in ±0.5 where that is zeros. */
    public NDList theta(DesignProblem<?> problem, long seed) {
        List<ParameterSpec> specs = problem.game().parameters().stream()
                .map(spec -> spec.spread() > 0 ? spec : new ParameterSpec(spec.name(), spec.shape(), 0.5))
                .toList();
        return Theta.uniform(specs, new SplittableRandom(seed), manager, DataType.FLOAT64);
    }

    /** The gradient at an equilibrium that is reached to double precision, if it can be. */
    public static Implicit implicit(StepMethod method) {
        return new Implicit(new Settling(100, 1, 1e-10, 4000), 1e-11, 200, method);
    }

    public static double[] flat(NDList arrays) {
        return arrays.stream()
                .flatMapToDouble((NDArray array) -> Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }

    /** The largest difference between two gradients, as a fraction of the first one's norm. */
    public static double distance(Gradient expected, Gradient actual) {
        return distance(flat(expected.theta()), flat(actual.theta()));
    }

    /** The largest difference, as a fraction of the first one's norm. */
    public static double distance(double[] e, double[] a) {
        double largest = 0;
        for (int i = 0; i < e.length; i++) {
            // NaN must not pass as small
            largest = Double.isNaN(a[i]) ? Double.NaN : Math.max(largest, Math.abs(e[i] - a[i]));
        }
        return e.length == a.length ? largest / norm(e) : Double.NaN;
    }

    public static double norm(double[] numbers) {
        return Math.sqrt(Arrays.stream(numbers).map(x -> x * x).sum());
    }

    @Override
    public void close() {
        constants.close();
        manager.close();
    }
}
