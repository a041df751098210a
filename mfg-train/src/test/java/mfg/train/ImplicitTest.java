package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ImplicitTest {

    private static final OnlineMirrorDescent DESCENT = new OnlineMirrorDescent(1, 0.02);

    // ---- against AMID ----

    /** AMID Lemma 1: under strong regularization the adjoint gradient tends to the implicit one. */
    @Test
    void aLongAmidAgreesOnTheBeach() {
        try (Problems problems = new Problems()) {
            assertAgreesInTheLimit(problems, problems.beach(new OnlineMirrorDescent(0.3, 1), 80), StepMethod.AUTODIFF);
        }
    }

    /** AMID Lemma 1. */
    @ParameterizedTest
    @CsvSource({"true, AUTODIFF", "true, FAST", "false, TRACED", "false, FAST"})
    void aLongAmidAgreesInAnAuction(boolean neural, StepMethod method) {
        try (Problems problems = new Problems()) {
            assertAgreesInTheLimit(
                    problems, problems.auction("A1", neural, new OnlineMirrorDescent(0.5, 1), 60), method);
        }
    }

    private static <R extends Round> void assertAgreesInTheLimit(
            Problems problems, DesignProblem<R> problem, StepMethod method) {
        NDList theta = problems.theta(problem, 2);
        Gradient implicit = Problems.implicit(method).estimate(problem, theta);
        Gradient adjoint = new Amid(new EverySqrt(), StepMethod.AUTODIFF).estimate(problem, theta);
        assertTrue(implicit.norm() > 1e-4, "the gradient is too small to compare");
        assertEquals(adjoint.objective(), implicit.objective(), 1e-14);
        double distance = Problems.distance(implicit, adjoint);
        assertTrue(distance < 1e-6, () -> "off by " + distance);

        DesignProblem<R> brief = new DesignProblem<>(problem.game(), problem.objective(), problem.solver(), 2);
        double early =
                Problems.distance(implicit, new Amid(new StoreAll(), StepMethod.AUTODIFF).estimate(brief, theta));
        assertTrue(early > 1e-3, () -> "2 steps already agree, off by " + early);
    }

    /** With little regularization it takes AMID thousands of steps. */
    @ParameterizedTest
    @CsvSource({"A1, 5", "A2, 2", "A7, 3"})
    void aVeryLongAmidAgreesUnderWeakRegularization(String setting, long seed) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, true, DESCENT, 3000);
            NDList theta = problems.theta(problem, seed);
            value(problem, theta); // is at rest
            Gradient implicit = Problems.implicit(StepMethod.FAST).estimate(problem, theta);
            Gradient adjoint = new Amid(new CheapestAdjoint(), StepMethod.FAST).estimate(problem, theta);
            double distance = Problems.distance(implicit, adjoint);
            assertTrue(distance < 1e-3, () -> "off by " + distance);
        }
    }

    // ---- against a dense solve, and differences ----

    @ParameterizedTest
    @EnumSource(
            value = Problems.Kind.class,
            names = {"NEURAL", "STATIC", "SCHEDULE"})
    void everyStepSolvesTheDenseSystem(Problems.Kind kind) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> any = problems.auction("A7", kind, 9, 2, 1);
            DesignProblem<AuctionRound> problem = new DesignProblem<>(any.game(), any.objective(), DESCENT, 1);
            NDList theta = problems.theta(problem, 4);
            double[] expected = eliminated(problems, problem, theta);
            assertTrue(Problems.norm(expected) > 1e-3, "the gradient is too small to compare");
            for (StepMethod method : List.of(StepMethod.FAST, StepMethod.TRACED, StepMethod.AUTODIFF)) {
                if (method != StepMethod.AUTODIFF || kind == Problems.Kind.STATIC) { // the engine takes its time
                    Gradient gradient = Problems.implicit(method).estimate(problem, theta);
                    double distance = Problems.distance(expected, Problems.flat(gradient.theta()));
                    assertTrue(distance < 1e-6, () -> method + " is off by " + distance);
                }
            }
            assertDifferences(problems, problem, theta, expected);
        }
    }

    /** {@code w (1 - dF/dzeta) = a} by elimination. */
    private static double[] eliminated(Problems problems, DesignProblem<AuctionRound> problem, NDList theta) {
        Recording recording = Recording.of(problem, theta, problems.manager, DataType.FLOAT64);
        try (TracedStep step = new TracedStep(problem, recording, theta, problems.manager, DataType.FLOAT64);
                TracedStep other = new TracedStep(problem, recording, theta, problems.manager, DataType.FLOAT64)) {
            TracedStep.State zeta = Adjoint.advance(other, other.start(), 0, 3000);
            double[][] rows = Jacobian.of(other, zeta, other::state, problems.manager);
            double[][] system = new double[rows.length][rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows.length; j++) {
                    system[j][i] = (i == j ? 1 : 0) - rows[i][j];
                }
            }
            try (NDArray numbers = other.read(zeta)) {
                TracedStep.State rest = step.state(numbers);
                double[] w = Dense.solve(system, Jacobian.read(step, step.objective(rest), 1));
                step.pullback(
                        rest, 0, step.state(Tensors.create(problems.manager, DataType.FLOAT64, w, numbers.getShape())));
                return Problems.flat(step.gradient().theta());
            }
        }
    }

    private static void assertDifferences(
            Problems problems, DesignProblem<?> problem, NDList theta, double[] gradient) {
        SplittableRandom random = new SplittableRandom(4);
        double near = 1e-5;
        for (int k = 0; k < 3; k++) {
            double[] direction = random.doubles(gradient.length, -1, 1).toArray();
            double slope = 0;
            for (int i = 0; i < gradient.length; i++) {
                slope += gradient[i] * direction[i];
            }
            double up = value(problem, Slopes.moved(problems.manager, theta, direction, near));
            double down = value(problem, Slopes.moved(problems.manager, theta, direction, -near));
            assertEquals(slope, (up - down) / (2 * near), 1e-5 * Problems.norm(gradient));
        }
    }

    private static double value(DesignProblem<?> problem, NDList theta) {
        try (Equilibrium<?> equilibrium = Problems.implicit(StepMethod.FAST).settle(problem, theta)) {
            assertTrue(equilibrium.gap() <= 1e-10);
            return equilibrium.value();
        }
    }

    /**
     * Two roads from here to there: one takes 1 whatever happens, the other takes x where a share x drives on it and costs a
     * toll. With regularization {@code x = sigmoid((1 - x - toll) / tau)}, hence {@code dx/dtoll = -x (1-x) / (tau + x
     * (1-x))}, and the mean time {@code 1 - x + x²} has slope {@code (2x - 1) dx/dtoll}.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.1", "0.3, 0.1", "0.9, 0.05", "-0.2, 1"})
    void bothAreTheDerivativeOfTheEquilibriumOfTwoRoads(double toll, double tau) {
        double x = 0.5;
        for (int i = 0; i < 100; i++) {
            // Newton's method, independent of mirror descent
            double s = 1 / (1 + Math.exp(-(1 - x - toll) / tau));
            x -= (x - s) / (1 + s * (1 - s) / tau);
        }
        double expected = -(2 * x - 1) * -x * (1 - x) / (tau + x * (1 - x));
        double time = 1 - x + x * x;
        try (Problems problems = new Problems()) {
            TwoRoads roads = new TwoRoads(problems.constants);
            DesignProblem<KernelRound> problem = new DesignProblem<>(
                    roads,
                    (flow, theta) ->
                            roads.times(flow.at(0)).mul(flow.at(0)).sum().neg(),
                    new OnlineMirrorDescent(0.8, tau),
                    400);
            NDList theta =
                    new NDList(Tensors.create(problems.manager, DataType.FLOAT64, new double[] {toll}, new Shape(1)));
            for (GradientEstimator estimator : List.of(
                    Problems.implicit(StepMethod.AUTODIFF),
                    new Implicit(new Settling(0, 4, 1e-10, 4000), 1e-11, 50, StepMethod.TRACED),
                    new Amid(new EverySqrt(), StepMethod.AUTODIFF))) {
                Gradient gradient = estimator.estimate(problem, theta);
                assertEquals(-time, gradient.objective(), 1e-9, estimator.toString());
                assertEquals(expected, Tensors.toDouble(gradient.theta().head()), 1e-6, estimator.toString());
            }
        }
    }

    private static final class TwoRoads implements MeanFieldGame<KernelRound> {

        private final NDArray free;
        private final NDArray crowded;
        private final NDArray kernel;

        TwoRoads(Constants constants) {
            free = constants.matrix(new double[][] {{0, 1}});
            crowded = constants.matrix(new double[][] {{1, 0}});
            kernel = constants.matrix(new double[][] {{1}, {1}});
        }

        @Override
        public GameShape shape() {
            return new GameShape(1, 1, 2);
        }

        @Override
        public double[] initialStates() {
            return new double[] {1};
        }

        NDArray times(NDArray flow) {
            return flow.mul(crowded).add(free);
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            NDArray tolls = theta.head().mul(crowded);
            return new KernelRound(flow, times(flow).add(tolls).neg(), kernel);
        }
    }

    // ---- how it comes to rest ----

    @ParameterizedTest
    @EnumSource(
            value = StepMethod.class,
            names = {"FAST", "TRACED"})
    void longStepsComeToTheSameRest(StepMethod method) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", true, new OnlineMirrorDescent(0.5, 0.1), 1);
            NDList theta = problems.theta(problem, 2);
            Gradient expected = Problems.implicit(method).estimate(problem, theta);
            double plain = steps(problem, theta, 1, method);
            for (double stretch : new double[] {0.5, 3, 100}) {
                Implicit stretched = new Implicit(new Settling(0, stretch, 1e-10, 9000), 1e-11, 200, method);
                Gradient gradient = stretched.estimate(problem, theta);
                assertEquals(expected.objective(), gradient.objective(), 1e-8, "stretch " + stretch);
                double distance = Problems.distance(expected, gradient);
                assertTrue(distance < 1e-6, () -> "stretch %s is off by %s".formatted(stretch, distance));
            }
            assertTrue(steps(problem, theta, 3, method) < plain);
        }
    }

    private static int steps(DesignProblem<?> problem, NDList theta, double stretch, StepMethod method) {
        try (Equilibrium<?> equilibrium =
                Equilibrium.of(problem, theta, new Settling(0, stretch, 1e-8, 9000), method)) {
            return equilibrium.steps();
        }
    }

    /** Steps this long blow up on the beach, and circle. */
    @Test
    void aPopulationThatCirclesIsSaidToBeFarFromRest() {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = problems.beach(new OnlineMirrorDescent(30, 1e-3), 10);
            NDList theta = problems.theta(problem, 2);
            Settling settling = new Settling(10, 1, 1e-3, 290);
            try (Equilibrium<?> equilibrium = Equilibrium.of(problem, theta, settling, StepMethod.TRACED)) {
                assertEquals(300, equilibrium.steps());
                assertTrue(equilibrium.gap() > 1, "a gap of " + equilibrium.gap());
            }
        }
    }

    // ---- refusals ----

    @Test
    void numbersThatAreNoneAreAnErrorNotAWrongGradient() {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = problems.auction("A1", true, DESCENT, 5);
            NDList theta = new NDList(problems.theta(problem, 2).stream()
                    .map(array -> Tensors.times(array, Double.NaN))
                    .toList());
            int arrays = problems.manager.getManagedArrays().size();
            Implicit implicit = new Implicit(new Settling(5, 1, 1e-3, 50), 1e-6, 10, StepMethod.AUTODIFF);
            String message = assertThrows(DivergedException.class, () -> implicit.estimate(problem, theta))
                    .getMessage();
            assertTrue(message.startsWith("the implicit gradient found no solution: "), message);
            assertEquals(arrays, problems.manager.getManagedArrays().size(), "arrays are left behind");
        }
    }

    @Test
    void iterationsWithoutRestOrDerivativeAreRefused() {
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> beach = problems.beach(DESCENT, 5);
            NDList theta = problems.theta(beach, 1);
            for (Solver solver : List.of(new FictitiousPlay(0.1), new FixedPoint(0), new OnlineMirrorDescent(1, 0))) {
                DesignProblem<KernelRound> problem = new DesignProblem<>(beach.game(), beach.objective(), solver, 5);
                int arrays = problems.manager.getManagedArrays().size();
                assertThrows(
                        InvalidInputException.class,
                        () -> Problems.implicit(StepMethod.AUTO).estimate(problem, theta));
                assertEquals(arrays, problems.manager.getManagedArrays().size(), "arrays are left behind");
            }
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Settling settling = new Settling(0, 1, 1e-3, 1);
        for (double tolerance : new double[] {0, 1, -1, Double.NaN}) {
            assertThrows(InvalidInputException.class, () -> new Implicit(settling, tolerance, 10, StepMethod.AUTO));
        }
        assertThrows(InvalidInputException.class, () -> new Implicit(settling, 1e-6, 0, StepMethod.AUTO));
    }
}
