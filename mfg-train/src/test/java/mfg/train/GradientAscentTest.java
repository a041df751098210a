package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.DivergedException;
import mfg.core.Round;
import mfg.core.Tensors;
import org.junit.jupiter.api.Test;

final class GradientAscentTest {

    /** A gradient of ones, times a number. */
    private record Slope(double objective, double[] factors, AtomicInteger calls) implements GradientEstimator {
        @Override
        public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
            double factor = factors[calls.getAndIncrement()];
            return new Gradient(objective, new NDList(theta.head().onesLike().mul(factor)), 0);
        }
    }

    private static GradientAscent ascent(double objective, Optimizer optimizer, double... factors) {
        Slope slope = new Slope(objective, factors, new AtomicInteger());
        return new GradientAscent(slope, optimizer, Tracker.fixed(0.5f), 10);
    }

    /** Takes one step for each factor; returns theta after each, and the outcomes. */
    private static double[] ascend(double objective, Optimizer optimizer, NDList theta, double... factors) {
        GradientAscent ascent = ascent(objective, optimizer, factors);
        Quadratic hill = new Quadratic(2, 1, new AtomicInteger());
        double[] first = new double[factors.length];
        for (int i = 0; i < factors.length; i++) {
            DesignProblem<Quadratic.Still> problem =
                    new DesignProblem<>(hill, Quadratic.OBJECTIVE, Quadratic.DESCENT, 1);
            Improvement.Outcome outcome = ascent.improve(new Draw<>(i, List.of(problem), false, 1, () -> {}), theta);
            assertEquals(Double.isFinite(factors[i]), Double.isFinite(outcome.gradientNorm()));
            first[i] = Tensors.toDoubles(theta.head())[0];
        }
        return first;
    }

    @Test
    void aGradientBeyondAllNumbersCountsAsNothing() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.create(new float[] {1, 2, 3, 4}));
            double[] first = ascend(0.25, new Sgd(), theta, 1, Double.POSITIVE_INFINITY, 1, Double.NaN, 1);
            assertArrayEquals(new double[] {1.5, 1.5, 2, 2, 2.5}, first, 1e-6);
        }
    }

    @Test
    void adamGoesOnByWhatItRemembers() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.create(new float[] {1, 2, 3, 4}));
            double[] first = ascend(0.25, new Adam(theta), theta, 1, Double.NaN, 1);
            assertTrue(first[1] > first[0] && first[2] > first[1], first[0] + " " + first[1] + " " + first[2]);
        }
    }

    @Test
    void twoInARowEndTraining() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.create(new float[] {1, 2, 3, 4}));
            assertThrows(DivergedException.class, () -> ascend(0.25, new Sgd(), theta, 1, Double.NaN, Double.NaN, 1));
        }
    }

    @Test
    void anObjectiveThatIsNoNumberEndsTraining() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.create(new float[] {1, 2, 3, 4}));
            assertThrows(DivergedException.class, () -> ascend(Double.NaN, new Sgd(), theta, 1));
            assertArrayEquals(new float[] {1, 2, 3, 4}, theta.head().toFloatArray());
        }
    }

    @Test
    void twoInARowEndTrainingAlsoWhereItWasInterruptedInBetween() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.create(new float[] {1, 2, 3, 4}));
            Draw<Quadratic.Still> draw =
                    new Draw<>(1, List.of(Quadratic.of(2, 1).problem()), false, 1, () -> {});
            GradientAscent interrupted = ascent(0.25, new Sgd(), Double.NaN);
            interrupted.improve(draw, theta);
            GradientAscent resumed = ascent(0.25, new Sgd(), Double.NaN, 1, Double.NaN);
            resumed.restore(interrupted.memory());
            assertThrows(DivergedException.class, () -> resumed.improve(draw, theta));
            resumed.improve(draw, theta);
            assertArrayEquals(new double[] {0}, resumed.memory());
            resumed.improve(draw, theta); // the first in a row again
            assertArrayEquals(new double[] {1}, resumed.memory());
        }
    }
}
