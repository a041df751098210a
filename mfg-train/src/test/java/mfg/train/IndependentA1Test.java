package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.Exploitability;
import mfg.core.MirrorMap;
import mfg.core.PopulationFlow;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;
import mfg.train.auction.Fast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A1 with H = 4, 100 values, T = 50 and the network of width 256 at {@code 0.05 sin(k)}, against an independent float64
 * computation in another language with another derivation. All figures below are its output.
 */
final class IndependentA1Test {

    private static final double OBJECTIVE = 0.17175698950687993;
    private static final double NORM = 0.22582264083676296;
    private static final double PLAIN_EXPLOITABILITY = 0.0114654;
    private static final double REGULARIZED_EXPLOITABILITY = 0.0084440;
    private static final double[] SOLD = {0.39527494, 0.19997998, 0.10117323, 0.05117887};

    private static NDManager manager;
    private static Constants constants;
    private static DesignProblem<AuctionRound> problem;
    private static NDList theta;

    @BeforeAll
    static void build() {
        manager = NDManager.newBaseManager();
        constants = new Constants(manager, DataType.FLOAT64);
        AuctionSetting setting = AuctionSetting.named("A1");
        NeuralMechanism mechanism = new NeuralMechanism(constants, 4, 100, 256);
        AuctionSetting.Scenario scenario = setting.draw(100, new SplittableRandom(0));
        problem = new DesignProblem<>(
                setting.game(constants, 4, scenario, mechanism), setting.objective(), Problems.AUCTION_DESCENT, 50);
        theta = Theta.sine(mechanism.parameters(), manager, DataType.FLOAT64);
    }

    @AfterAll
    static void close() {
        constants.close();
        manager.close();
    }

    static Stream<GradientEstimator> estimators() {
        List<Adjoint> adjoints = List.of(new StoreAll(), new EverySqrt(), new Revolve(3));
        Stream<GradientEstimator> engine = adjoints.stream().map(adjoint -> new Amid(adjoint, StepMethod.AUTODIFF));
        Stream<GradientEstimator> taken =
                Fast.each(List.of(new Reversible(1), new Reversible(7), Reversible.DEFAULT, new Reversible(1000)));
        return Stream.of(engine, Stream.of(new Naive()), Fast.each(adjoints), taken)
                .flatMap(estimators -> estimators);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void objectiveAndGradientNormAreThoseOfTheIndependentComputation(GradientEstimator estimator) {
        try (Gradient gradient = estimator.estimate(problem, theta)) {
            assertEquals(OBJECTIVE, gradient.objective(), 1e-6 * OBJECTIVE);
            assertEquals(NORM, gradient.norm(), 1e-6 * NORM);
        }
    }

    @Test
    void exploitabilitiesAndGoodsSoldAreThoseOfTheIndependentComputation() {
        try (Scope scope = new Scope(manager)) {
            NDList parameters = scope.in(theta);
            NDArray zeta = problem.solver().init(problem.game(), parameters, scope.manager(), DataType.FLOAT64);
            for (int t = 1; t <= problem.steps(); t++) {
                zeta = problem.solver().step(problem.game(), parameters, zeta, t);
            }
            PopulationFlow<AuctionRound> flow =
                    PopulationFlow.of(problem.game(), problem.solver().policy(zeta), parameters);
            double printed = 0.5e-7;
            assertEquals(PLAIN_EXPLOITABILITY, Exploitability.plain(flow), printed);
            assertEquals(
                    REGULARIZED_EXPLOITABILITY, Exploitability.regularized(flow, 1e-3, MirrorMap.ENTROPY), printed);
            for (int h = 0; h < SOLD.length; h++) {
                assertEquals(SOLD[h], Tensors.toDouble(flow.rounds().get(h).goods()), 0.5e-8, "round " + h);
            }
        }
    }
}
