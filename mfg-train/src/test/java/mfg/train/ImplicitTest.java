package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImplicitTest {

    private static final double TOLERANCE = 1e-11;
    private static final int TERMS = 20_000;

    /** AMID Lemma 1: under strong regularization the adjoint gradient tends to the implicit one. */
    @Test
    void aLongAmidAgreesOnTheBeach() {
        try (Problems problems = new Problems()) {
            assertAgreesInTheLimit(problems, problems.beach(new OnlineMirrorDescent(0.3, 1), 80), StepMethod.AUTODIFF);
        }
    }

    /** AMID Lemma 1. */
    @ParameterizedTest
    @CsvSource({"true, AUTODIFF", "true, FAST", "false, AUTODIFF", "false, FAST"})
    void aLongAmidAgreesInAnAuction(boolean neural, StepMethod method) {
        try (Problems problems = new Problems()) {
            assertAgreesInTheLimit(
                    problems, problems.auction("A1", neural, new OnlineMirrorDescent(0.5, 1), 60), method);
        }
    }

    private static <R extends Round> void assertAgreesInTheLimit(
            Problems problems, DesignProblem<R> problem, StepMethod method) {
        NDList theta = problems.theta(problem, 2);
        Gradient implicit = new Implicit(TOLERANCE, TERMS, method).estimate(problem, theta);
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
                    new Implicit(TOLERANCE, TERMS, StepMethod.AUTODIFF),
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

    @Test
    void tooFewTermsAreAnErrorNotAWrongGradient() {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = problems.auction("A1", true, 5);
            for (StepMethod method : List.of(StepMethod.AUTODIFF, StepMethod.FAST)) {
                assertDidNotConverge(problems, problem, new Implicit(1e-6, 3, method), "after 3 terms");
            }
        }
    }

    @Test
    void anIterationThatDoesNotContractIsAnError() {
        try (Problems problems = new Problems()) {
            // steps this long blow up on the beach
            DesignProblem<?> problem = problems.beach(new OnlineMirrorDescent(3, 1e-3), 10);
            assertDidNotConverge(problems, problem, Implicit.DEFAULT, "e+06 of its start");
        }
    }

    private static void assertDidNotConverge(
            Problems problems, DesignProblem<?> problem, Implicit implicit, String detail) {
        NDList theta = problems.theta(problem, 2);
        int arrays = problems.manager.getManagedArrays().size();
        String message = assertThrows(IllegalStateException.class, () -> implicit.estimate(problem, theta))
                .getMessage();
        assertTrue(message.startsWith("the implicit gradient did not converge: "), message);
        assertTrue(message.contains(detail), message);
        assertEquals(arrays, problems.manager.getManagedArrays().size(), "arrays are left behind");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new Implicit(0, 10));
        assertThrows(InvalidInputException.class, () -> new Implicit(Double.NaN, 10));
        assertThrows(InvalidInputException.class, () -> new Implicit(1e-6, 0));
    }
}
