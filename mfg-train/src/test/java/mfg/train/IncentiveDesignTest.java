package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.DivergedException;
import mfg.core.Objective;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Training by gradient ascent and by the baselines. */
final class IncentiveDesignTest {

    private static final int ITERATIONS = 8;

    /** Ways to train. */
    enum Way {
        AMID_ADAM,
        AMID_SGD,
        TWO_POINT_ADAM,
        TWO_POINT_SGD,
        SETTLED,
        ANNEAL;

        Improvement improvement(Adam moments) {
            GradientEstimator amid = new Amid(new StoreAll());
            GradientEstimator twoPoint = new TwoPoint(0.1, 5, StepMethod.AUTODIFF);
            return switch (this) {
                case AMID_ADAM -> ascent(amid, moments);
                case AMID_SGD -> ascent(amid, new Sgd());
                case TWO_POINT_ADAM -> ascent(twoPoint, moments);
                case TWO_POINT_SGD -> ascent(twoPoint, new Sgd());
                case SETTLED ->
                    new SettledAscent(
                            new Implicit(new Settling(2, 1, 1e-6, 50), 1e-9, 10, StepMethod.AUTODIFF),
                            moments,
                            Tracker.fixed(0.05f),
                            new SettledAscent.Terms(10, 0.1, 0.001, 0.01));
                case ANNEAL -> new Anneal(0.2, 5, StepMethod.AUTODIFF);
            };
        }

        private static Improvement ascent(GradientEstimator estimator, Optimizer optimizer) {
            return new GradientAscent(estimator, optimizer, Tracker.fixed(0.05f), 10);
        }
    }

    /** Hills whose top moves from iteration to iteration, or that stay; all count together. */
    private record Hills(int games, boolean areFresh, AtomicInteger evaluations, double validationSlope)
            implements Scenarios<Quadratic.Still> {

        Hills(int games, boolean areFresh, AtomicInteger evaluations) {
            this(games, areFresh, evaluations, 2);
        }

        private List<Quadratic> hills(int iteration) {
            List<Quadratic> hills = new ArrayList<>();
            for (int i = 0; i < games; i++) {
                hills.add(new Quadratic(2 + 0.1 * iteration + 0.01 * i, 1, evaluations));
            }
            return hills;
        }

        @Override
        public Objective<Quadratic.Still> objective() {
            return Quadratic.OBJECTIVE;
        }

        @Override
        public Batch<Quadratic.Still> training(int iteration) {
            return new Batch<>(hills(areFresh ? iteration : 0), () -> {});
        }

        @Override
        public List<Quadratic> validation() {
            return List.of(new Quadratic(validationSlope, 1, new AtomicInteger()));
        }
    }

    private static IncentiveDesign.Plan plan(int iterations, int threads) {
        return new IncentiveDesign.Plan(Quadratic.DESCENT, 1, 1, 1, iterations, StepMethod.AUTODIFF, 3, threads);
    }

    private static List<IncentiveDesign.Iteration> train(
            Scenarios<Quadratic.Still> hills, Improvement improvement, NDList theta, int to, int threads) {
        return train(hills, improvement, theta, List.of(), to, threads);
    }

    private static List<IncentiveDesign.Iteration> train(
            Scenarios<Quadratic.Still> hills,
            Improvement improvement,
            NDList theta,
            List<IncentiveDesign.Iteration> past,
            int to,
            int threads) {
        List<IncentiveDesign.Iteration> iterations = new ArrayList<>(past);
        new IncentiveDesign<>(hills, improvement, plan(to, threads), theta).train(past, iterations::add);
        return iterations;
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "3, true"})
    void whatTrainingCostsIsKnownBeforehand(int games, boolean fresh) {
        for (int iterations = 0; iterations <= 3; iterations++) {
            for (Way way : List.of(Way.TWO_POINT_ADAM, Way.SETTLED, Way.ANNEAL)) {
                try (Problems problems = new Problems()) {
                    Hills hills = new Hills(games, fresh, new AtomicInteger());
                    NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
                    Improvement improvement = way.improvement(new Adam(theta));
                    train(hills, improvement, theta, iterations, 1);
                    long announced = new IncentiveDesign<>(hills, improvement, plan(iterations, 1), theta)
                            .evaluations(iterations);
                    assertEquals(hills.evaluations().get(), announced, way + " of " + iterations);
                }
            }
        }
    }

    /** What it trains on goes well, what it is validated on does not. */
    @Test
    void aValidationThatIsNotFiniteIsToldOfAndNotRecorded() {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
            List<IncentiveDesign.Iteration> told = new ArrayList<>();
            Hills hills = new Hills(1, false, new AtomicInteger(), Double.POSITIVE_INFINITY);
            IncentiveDesign<Quadratic.Still> design =
                    new IncentiveDesign<>(hills, Way.ANNEAL.improvement(new Adam(theta)), plan(3, 1), theta);
            String sentence = assertThrows(DivergedException.class, () -> design.train(List.of(), told::add))
                    .getMessage();
            assertTrue(sentence.contains("the objective is "), sentence);
            assertEquals(2, told.size(), "the third iteration, which was validated, must not count");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayClimbs(Way way) {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
            Hills hills = new Hills(1, false, new AtomicInteger());
            List<IncentiveDesign.Iteration> iterations = train(hills, way.improvement(new Adam(theta)), theta, 40, 1);
            double first = iterations.get(0).objective();
            double last = iterations.get(39).objective();
            assertTrue(last > first + 0.5, first + " became " + last);
            assertTrue(last <= 5 * 2, "higher than the top");
        }
    }

    /** Interrupted and taken up with what a checkpoint holds, and with games computed side by side. */
    @ParameterizedTest
    @EnumSource
    void neitherInterruptionsNorThreadsChangeANumber(Way way) {
        for (boolean fresh : new boolean[] {false, true}) {
            try (Problems problems = new Problems()) {
                Hills hills = new Hills(3, fresh, new AtomicInteger());
                NDList whole = problems.theta(Quadratic.of(1, 1).problem(), 1);
                NDList parts = problems.theta(Quadratic.of(1, 1).problem(), 1);
                List<Double> expected = figures(train(hills, way.improvement(new Adam(whole)), whole, ITERATIONS, 1));
                Adam adam = new Adam(parts);
                Improvement interrupted = way.improvement(adam);
                List<IncentiveDesign.Iteration> past = train(hills, interrupted, parts, 4, 2);
                Improvement resumed = way.improvement(adam);
                resumed.restore(interrupted.memory());
                List<Double> found = figures(train(hills, resumed, parts, past, ITERATIONS, 3));
                assertEquals(expected, found);
                assertArrayEquals(Problems.flat(whole), Problems.flat(parts));
            }
        }
    }

    private static List<Double> figures(List<IncentiveDesign.Iteration> iterations) {
        List<Double> figures = new ArrayList<>();
        iterations.forEach(iteration -> figures.addAll(List.of(iteration.objective(), iteration.gradientNorm())));
        return figures;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void aStepOfGradientAscentIsExact(DataType type) {
        try (Problems problems = new Problems()) {
            double[] start = {0.1, -3, 1e-3, 7};
            double[] slope = {1.0 / 3, 5, -1e3, 0};
            NDArray theta = Tensors.create(problems.manager, type, start, new Shape(2, 2));
            NDArray gradient = Tensors.create(problems.manager, type, slope, new Shape(2, 2));
            int arrays = problems.manager.getManagedArrays().size();
            new Sgd().ascend(new NDList(theta), new NDList(gradient), 0.3);
            double[] expected = new double[4];
            for (int k = 0; k < 4; k++) {
                expected[k] = type == DataType.FLOAT64
                        ? start[k] + 0.3 * slope[k]
                        : (float) start[k] + 0.3f * (float) slope[k];
            }
            assertArrayEquals(expected, Tensors.toDoubles(theta));
            assertEquals((float) slope[0], (float) Tensors.toDoubles(gradient)[0], "the gradient was modified");
            assertEquals(arrays, problems.manager.getManagedArrays().size());
        }
    }

    // ---- training that has died ----

    /** On level ground it ends after ten iterations, and at once where it is taken up again. */
    @ParameterizedTest
    @EnumSource
    void levelGroundEndsTrainingByGradients(Way way) {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(0, 0).problem(), 1);
            double[] start = Problems.flat(theta);
            Scenarios<Quadratic.Still> plain =
                    Scenarios.single(new Quadratic(0, 0, new AtomicInteger()), Quadratic.OBJECTIVE);
            Improvement improvement = way.improvement(new Adam(theta));
            IncentiveDesign<Quadratic.Still> design = new IncentiveDesign<>(plain, improvement, plan(25, 1), theta);
            List<IncentiveDesign.Iteration> iterations = new ArrayList<>();
            Standstill end = design.train(List.of(), iterations::add);
            assertArrayEquals(start, Problems.flat(theta));
            if (way == Way.ANNEAL) {
                assertNull(end, "a search has no gradient that could be 0");
                assertEquals(25, iterations.size());
                return;
            }
            assertEquals(Standstill.FLAT, end);
            assertEquals(10, iterations.size());
            assertNotNull(iterations.get(9).validation(), "the last iteration is validated");
            assertEquals(way == Way.SETTLED ? 22 : 20, design.evaluations(iterations.size()));
            List<IncentiveDesign.Iteration> more = new ArrayList<>();
            assertEquals(Standstill.FLAT, design.train(iterations, more::add));
            assertEquals(List.of(), more);
            // interrupted on the way it ends after the same iteration
            assertEquals(Standstill.FLAT, design.train(iterations.subList(0, 7), more::add));
            assertEquals(3, more.size());
        }
    }
}
