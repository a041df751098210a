package mfg.train.auction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;
import mfg.train.Adjoint;
import mfg.train.Amid;
import mfg.train.CheapestAdjoint;
import mfg.train.DesignProblem;
import mfg.train.EverySqrt;
import mfg.train.Gradient;
import mfg.train.GradientEstimator;
import mfg.train.Problems;
import mfg.train.Reversible;
import mfg.train.Revolve;
import mfg.train.StepMethod;
import mfg.train.StoreAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schedule on the fast step: one gradient, memory as promised. */
final class SchedulesTest {

    private static final List<Adjoint> OTHERS = List.of(
            new EverySqrt(),
            new Revolve(3),
            new Reversible(1),
            new Reversible(7),
            new Reversible(20),
            new Reversible(1000),
            new CheapestAdjoint());

    static Stream<GradientEstimator> estimators() {
        return Fast.each(OTHERS);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyScheduleGivesTheSameGradient(GradientEstimator estimator) {
        try (Problems problems = new Problems()) {
            for (int steps : new int[] {1, 2, 20, 45}) {
                DesignProblem<AuctionRound> problem = problems.auction("A2", Problems.Kind.NEURAL, 11, 3, steps);
                NDList theta = problems.theta(problem, 4);
                Gradient stored = new Fast<>(Kernels.allDoubles().get(0), new StoreAll()).estimate(problem, theta);
                Gradient gradient = estimator.estimate(problem, theta);
                assertEquals(stored.objective(), gradient.objective(), 1e-12);
                double distance = Problems.distance(stored, gradient);
                assertTrue(distance < 1e-9, () -> "off by " + distance);
            }
        }
    }

    /** With infinite patience: what is forgotten and rebuilt 400 times still is what it was, in float64. */
    @Test
    void roundingStaysSmallOnAWayBackWithoutAnyKeptState() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A1", Problems.Kind.NEURAL, 11, 3, 400);
            NDList theta = problems.theta(problem, 4);
            Gradient stored = new Amid(new StoreAll(), StepMethod.FAST).estimate(problem, theta);
            Gradient taken = new Amid(new Reversible(400), StepMethod.FAST).estimate(problem, theta);
            double distance = Problems.distance(stored, taken);
            assertTrue(distance < 1e-6, () -> "off by " + distance);
        }
    }

    @Test
    void stepsOfTheEngineAreNotTakenBack() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A1", true, 3);
            NDList theta = problems.theta(problem, 4);
            int arrays = problems.manager.getManagedArrays().size();
            Amid amid = new Amid(new Reversible(5), StepMethod.AUTODIFF);
            InvalidInputException refusal =
                    assertThrows(InvalidInputException.class, () -> amid.estimate(problem, theta));
            assertEquals(
                    "the reversible adjoint needs a step that can be taken back: the fast step of auctions",
                    refusal.getMessage());
            assertEquals(arrays, problems.manager.getManagedArrays().size(), "arrays are left behind");
            new Amid(new CheapestAdjoint(), StepMethod.AUTODIFF)
                    .estimate(problem, theta)
                    .close();
        }
    }

    // ---- memory ----

    @ParameterizedTest
    @CsvSource({"FAST, store, 200, 400", "FAST, sqrt, 30, 50", "FAST, revolve, 5, 12", "AUTODIFF, store, 200, 205"})
    void stateBytesAreThoseOfTheStatesAlive(StepMethod method, String adjoint, int least, int most) {
        Adjoint schedule =
                switch (adjoint) {
                    case "store" -> new StoreAll();
                    case "sqrt" -> new EverySqrt();
                    default -> new Revolve(3);
                };
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A1", Problems.Kind.STATIC, 14, 2, 200);
            try (Gradient gradient = new Amid(schedule, method).estimate(problem, problems.theta(problem, 1))) {
                double tables = gradient.stateBytes() / (2.0 * 15 * 14 * Double.BYTES);
                assertTrue(tables >= least && tables <= most, tables + " tables of (H, S, A)");
            }
        }
    }

    @Test
    void takingStepsBackNeedsLittleMemory() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A1", Problems.Kind.STATIC, 32, 3, 300);
            NDList theta = problems.theta(problem, 1);
            long stored = bytes(problem, theta, new StoreAll());
            long some = bytes(problem, theta, new Reversible(20));
            long few = bytes(problem, theta, new Reversible(300));
            assertTrue(3 * some < stored, some + " of " + stored);
            assertTrue(few < some, few + " of " + some);
        }
    }

    private static long bytes(DesignProblem<AuctionRound> problem, NDList theta, Adjoint adjoint) {
        try (Gradient gradient = new Amid(adjoint, StepMethod.FAST).estimate(problem, theta)) {
            return gradient.stateBytes();
        }
    }

    // ---- the paper's size ----

    /** A1 with H = 5, 100 values, T = 400 and the network of width 256. */
    @Test
    void singlePrecisionIsPreciseEnoughAndFitsIntoTwentyFiveMebibytes() {
        Sized exact = Sized.of(Kernels.doubles(), DataType.FLOAT64);
        for (Kernels<float[]> kernels : Kernels.allFloats()) {
            Sized single = Sized.of(kernels, DataType.FLOAT32);
            assertEquals(exact.objective, single.objective, 1e-5);
            double[] difference = single.slopes.clone();
            Arrays.setAll(difference, i -> difference[i] - exact.slopes[i]);
            double distance = Problems.norm(difference) / Problems.norm(exact.slopes);
            assertTrue(distance < 1e-3, () -> kernels.name() + " is off by " + distance);
            assertTrue(single.mebibytes <= 25, single.mebibytes + " MiB");
        }
    }

    private record Sized(double objective, double[] slopes, double mebibytes) {

        static <F> Sized of(Kernels<F> kernels, DataType type) {
            try (NDManager manager = NDManager.newBaseManager();
                    Constants constants = new Constants(manager, type)) {
                AuctionSetting setting = AuctionSetting.named("A1");
                NeuralMechanism mechanism = new NeuralMechanism(constants, 5, 100, 256);
                AuctionSetting.Scenario scenario = setting.draw(100, new SplittableRandom(0));
                DesignProblem<AuctionRound> problem = new DesignProblem<>(
                        setting.game(constants, 5, scenario, mechanism),
                        setting.objective(),
                        Problems.AUCTION_DESCENT,
                        400);
                NDList theta = Theta.uniform(mechanism.parameters(), new SplittableRandom(1), manager, type);
                Gradient gradient = new Fast<>(kernels, new CheapestAdjoint()).estimate(problem, theta);
                return new Sized(
                        gradient.objective(), Problems.flat(gradient.theta()), gradient.stateBytes() / (1024.0 * 1024));
            }
        }
    }
}
