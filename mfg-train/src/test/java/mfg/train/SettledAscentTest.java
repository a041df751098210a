package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training keeps steps that hold, and no others. */
final class SettledAscentTest {

    private static final Settling SETTLING = new Settling(2, 10, 1e-6, 600);
    private static final SettledAscent.Terms TERMS = new SettledAscent.Terms(10, 0.01, 0.001, 0);

    private final NDManager manager = NDManager.newBaseManager();

    private static SettledAscent ascent(Optimizer optimizer, double rate, SettledAscent.Terms terms) {
        return new SettledAscent(
                new Implicit(SETTLING, 1e-9, 50, StepMethod.AUTO), optimizer, Tracker.fixed((float) rate), terms);
    }

    private NDList theta(double... numbers) {
        NDArray x = Tensors.create(manager, DataType.FLOAT64, new double[] {numbers[0], numbers[1]}, new Shape(2));
        NDArray y = Tensors.create(
                manager, DataType.FLOAT64, new double[] {numbers[2], numbers[3], numbers[4]}, new Shape(3, 1));
        return new NDList(x, y);
    }

    private static <R extends Round> Draw<R> draw(int iteration, boolean fresh, List<DesignProblem<R>> problems) {
        return new Draw<>(iteration, problems, fresh, 1, () -> {});
    }

    /** Remembers nothing, but counts how often it forgets. */
    private static final class Steps implements Optimizer {
        private final Optimizer steps = new Sgd();
        private int forgotten;

        @Override
        public void ascend(NDList theta, NDList gradient, double learningRate) {
            steps.ascend(theta, gradient, learningRate);
        }

        @Override
        public void forget() {
            forgotten++;
        }
    }

    // ---- hills and cliffs ----

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void climbsToTheTop(boolean adam) {
        DesignProblem<Quadratic.Still> hill = Quadratic.of(2, 1).problem();
        NDList theta = theta(0, -1, 1, 3, 0.5);
        try (SettledAscent ascent = ascent(adam ? new Adam(theta) : new Sgd(), 0.2, TERMS)) {
            double before = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < 120; i++) {
                Improvement.Outcome outcome = ascent.improve(draw(i, false, List.of(hill)), theta);
                assertTrue(outcome.objective() >= before - 0.001 * Math.abs(before), "fell to " + outcome);
                before = Math.max(before, outcome.objective());
                assertTrue(outcome.rest().gap() <= 1e-6);
            }
        }
        for (double x : Problems.flat(theta)) {
            assertEquals(2, x, 0.05);
        }
    }

    /** Uphill all the way to a cliff at {@code sum(x) = 4}, of which the slope knows nothing. */
    private static DesignProblem<Quadratic.Still> cliff() {
        Objective<Quadratic.Still> objective = (flow, theta) -> {
            NDArray beyond = theta.head().sum().gt(4).toType(DataType.FLOAT64, false);
            return Quadratic.OBJECTIVE.of(flow, theta).sub(Tensors.times(beyond, 100));
        };
        return new DesignProblem<>(Quadratic.of(1, 0), objective, Quadratic.DESCENT, 1);
    }

    @Test
    void stepsOffACliffAreTakenBack() {
        Steps optimizer = new Steps();
        NDList theta = theta(0, 0, 0, 0, 0);
        List<Double> shares = new ArrayList<>();
        try (SettledAscent ascent = ascent(optimizer, 1.5, TERMS)) {
            for (int i = 0; i < 30; i++) {
                double[] before = Problems.flat(theta);
                int forgotten = optimizer.forgotten;
                double share = ascent.memory()[0];
                Improvement.Outcome outcome = ascent.improve(draw(i, false, List.of(cliffOnce)), theta);
                assertEquals(1.5 * share, outcome.learningRate(), 1e-6);
                assertEquals(Math.sqrt(5), outcome.gradientNorm(), 1e-9);
                assertEquals(before[0] + before[1] + before[2] + before[3] + before[4], outcome.objective(), 1e-9);
                if (2 * (before[0] + 1.5 * share) > 4) {
                    assertArrayEquals(before, Problems.flat(theta), "not bit for bit as before");
                    assertEquals(share / 2, ascent.memory()[0]);
                    assertEquals(forgotten + 1, optimizer.forgotten);
                    shares.add(share);
                } else {
                    assertEquals(before[0] + 1.5 * share, Problems.flat(theta)[0], 1e-6);
                    assertEquals(Math.min(1, share * 1.05), ascent.memory()[0]);
                    assertEquals(forgotten, optimizer.forgotten);
                }
            }
        }
        assertTrue(shares.size() > 5, "the cliff was met " + shares.size() + " times");
        assertEquals(2, Problems.flat(theta)[0], 0.1);
    }

    private final DesignProblem<Quadratic.Still> cliffOnce = cliff();

    /** What Adam remembers of a step that was taken back is gone. */
    @Test
    void adamForgetsWithTheStep() {
        NDList theta = theta(1.95, 1.95, 0, 0, 0);
        try (Adam adam = new Adam(theta);
                SettledAscent ascent = ascent(adam, 0.1, TERMS)) {
            ascent.improve(draw(0, false, List.of(cliffOnce)), theta);
            assertEquals(0, adam.steps());
            assertEquals(0, Problems.norm(Problems.flat(adam.means())));
            assertEquals(0, Problems.norm(Problems.flat(adam.squares())));
            assertArrayEquals(new double[] {1.95, 1.95, 0, 0, 0}, Problems.flat(theta));
        }
    }

    /** The best objective counts, not the last: many small falls are one large one. */
    @Test
    void smallFallsDoNotAddUp() {
        DesignProblem<Quadratic.Still> hill = Quadratic.of(2, 1).problem();
        NDList theta = theta(2, 2, 2, 2, 2); // the top
        double top = 10;
        Optimizer downhill = (parameters, gradient, rate) -> parameters.forEach(array -> array.subi(0.002));
        // a little aside, as there is nothing to follow at the top
        theta.get(0).addi(1e-9);
        try (SettledAscent ascent = ascent(downhill, 1, new SettledAscent.Terms(10, 0.01, 1e-4, 0))) {
            for (int i = 0; i < 60; i++) {
                Improvement.Outcome outcome = ascent.improve(draw(i, false, List.of(hill)), theta);
                assertTrue(outcome.objective() >= top * (1 - 1e-4) - 1e-12, "fell to " + outcome.objective());
            }
        }
        assertTrue(Problems.flat(theta)[0] < 1.99, "no step was kept");
    }

    // ---- rest ----

    /**
     * Two places, where a crowd costs its size times the design: {@code dF/dzeta = 1 - s (tau + theta / 2)} for steps of length
     * s, so that those of a tenth circle from a design of 40 on. The objective is the design.
     */
    private record Crowds(NDArray bonus, NDArray kernel) implements MeanFieldGame<KernelRound> {

        static Crowds of(Constants constants) {
            return new Crowds(constants.matrix(new double[][] {{0, 0.1}}), constants.matrix(new double[][] {{1}, {1}}));
        }

        DesignProblem<KernelRound> problem() {
            return new DesignProblem<>(this, (flow, theta) -> theta.head().sum(), new OnlineMirrorDescent(1, 0.1), 1);
        }

        @Override
        public GameShape shape() {
            return new GameShape(1, 1, 2);
        }

        @Override
        public double[] initialStates() {
            return new double[] {1};
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            return new KernelRound(flow, flow.mul(theta.head()).neg().add(bonus), kernel);
        }
    }

    @Test
    void stepsAfterWhichThePopulationCirclesAreTakenBack() {
        try (Constants constants = new Constants(manager, DataType.FLOAT64)) {
            DesignProblem<KernelRound> problem = Crowds.of(constants).problem();
            NDList theta = new NDList(Tensors.create(manager, DataType.FLOAT64, new double[] {1}, new Shape(1)));
            try (SettledAscent ascent = ascent(new Sgd(), 16, TERMS)) {
                for (int i = 0; i < 15; i++) {
                    Improvement.Outcome outcome = ascent.improve(draw(i, false, List.of(problem)), theta);
                    assertTrue(
                            outcome.rest().gap() <= 0.01,
                            "a gap of " + outcome.rest().gap());
                }
            }
            double end = Problems.flat(theta)[0];
            assertTrue(end > 33 && end < 40, "ended at " + end);
        }
    }

    /** From there it may only get better. */
    @Test
    void aStartThatIsNotAtRestIsLeftAsItIsOrBetter() {
        try (Constants constants = new Constants(manager, DataType.FLOAT64)) {
            DesignProblem<KernelRound> rising = Crowds.of(constants).problem();
            DesignProblem<KernelRound> falling = new DesignProblem<>(
                    rising.game(), (flow, theta) -> theta.head().sum().neg(), rising.solver(), 1);
            NDList theta = new NDList(Tensors.create(manager, DataType.FLOAT64, new double[] {60}, new Shape(1)));
            try (SettledAscent ascent = ascent(new Sgd(), 8, TERMS)) {
                double gap = Double.POSITIVE_INFINITY;
                for (int i = 0; i < 6; i++) {
                    Improvement.Outcome outcome = ascent.improve(draw(i, false, List.of(falling)), theta);
                    assertTrue(
                            i > 0 || outcome.rest().gap() > 0.1,
                            "started at a gap of " + outcome.rest().gap());
                    assertTrue(outcome.rest().gap() <= Math.max(gap, 0.01));
                    gap = outcome.rest().gap();
                }
                assertTrue(gap <= 0.01, "a gap of " + gap);
            }
        }
    }

    // ---- interrupted, side by side, in memory ----

    /** Hills of their own, or one and the same; odd steps fall. */
    private static IntFunction<List<DesignProblem<Quadratic.Still>>> hills(boolean fresh) {
        List<List<DesignProblem<Quadratic.Still>>> hills = IntStream.range(0, 12)
                .mapToObj(i -> List.of(
                        Quadratic.of(1 + 0.1 * i, 1).problem(),
                        Quadratic.of(2, 1.5 - 0.05 * i).problem()))
                .toList();
        return i -> hills.get(fresh ? i : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereTrainingWasInterruptedDoesNotMatter(boolean fresh) {
        IntFunction<List<DesignProblem<Quadratic.Still>>> hills = hills(fresh);
        NDList whole = theta(0, -1, 1, 3, 0.5);
        List<double[]> expected = new ArrayList<>();
        List<Improvement.Outcome> outcomes = new ArrayList<>();
        boolean shortened = false;
        try (Adam adam = new Adam(whole);
                SettledAscent ascent = ascent(adam, 1.3, TERMS)) {
            for (int i = 0; i < 12; i++) {
                outcomes.add(ascent.improve(draw(i, fresh, hills.apply(i)), whole));
                expected.add(Problems.flat(whole));
                shortened |= ascent.memory()[0] < 1;
            }
        }
        assertTrue(shortened, "every step held");

        NDList theta = theta(0, -1, 1, 3, 0.5);
        NDList means = theta(0, 0, 0, 0, 0);
        NDList squares = theta(0, 0, 0, 0, 0);
        int steps = 0;
        double[] memory;
        try (SettledAscent ascent = ascent(new Adam(theta), 1.3, TERMS)) {
            memory = ascent.memory();
        }
        for (int i = 0; i < 12; i++) { // interrupted before the first and after every iteration
            assertTrue(Arrays.stream(memory).allMatch(Double::isFinite), "what is saved is finite");
            Adam adam = new Adam(means, squares, steps);
            try (SettledAscent ascent = ascent(adam, 1.3, TERMS)) {
                ascent.restore(memory);
                assertEquals(outcomes.get(i), ascent.improve(draw(i, fresh, hills.apply(i)), theta));
                memory = ascent.memory();
            }
            steps = adam.steps();
            assertArrayEquals(expected.get(i), Problems.flat(theta), "after iteration " + i);
        }
    }

    @Test
    void threadsDoNotChangeNumbers() {
        try (Problems problems = new Problems()) {
            List<DesignProblem<AuctionRound>> auctions =
                    List.of(auction(problems, "A1"), auction(problems, "A2"), auction(problems, "A7"));
            List<double[]> ends = new ArrayList<>();
            for (int threads : new int[] {1, 3}) {
                NDList theta = problems.theta(auctions.get(0), 4);
                try (Adam adam = new Adam(theta);
                        SettledAscent ascent = ascent(adam, 0.01, TERMS)) {
                    for (int i = 0; i < 4; i++) {
                        ascent.improve(new Draw<>(i, auctions, false, threads, () -> {}), theta);
                    }
                }
                ends.add(Problems.flat(theta));
            }
            assertArrayEquals(ends.get(0), ends.get(1));
        }
    }

    private static DesignProblem<AuctionRound> auction(Problems problems, String setting) {
        DesignProblem<AuctionRound> any = problems.auction(setting, Problems.Kind.NEURAL, 9, 2, 1);
        return new DesignProblem<>(any.game(), any.objective(), new OnlineMirrorDescent(0.5, 0.1), 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evaluationsAreCounted(boolean fresh) {
        NDList theta = theta(0, -1, 1, 3, 0.5);
        Implicit implicit = new Implicit(SETTLING, 1e-9, 50, StepMethod.AUTODIFF);
        for (int iterations : new int[] {0, 1, 5}) {
            int evaluations = 0;
            try (SettledAscent ascent = new SettledAscent(implicit, new Sgd(), Tracker.fixed(0.05f), TERMS)) {
                Quadratic hill = Quadratic.of(2, 1);
                for (int i = 0; i < iterations; i++) {
                    hill = fresh ? Quadratic.of(2, 1) : hill;
                    int before = hill.evaluations().get();
                    ascent.improve(draw(i, fresh, List.of(hill.problem())), theta);
                    evaluations += hill.evaluations().get() - before;
                }
                assertEquals(ascent.evaluations(iterations, fresh), evaluations);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arraysAreFreed(boolean fresh) {
        IntFunction<List<DesignProblem<Quadratic.Still>>> hills = hills(fresh);
        NDList theta = theta(0, -1, 1, 3, 0.5);
        int before = manager.getManagedArrays().size();
        try (SettledAscent ascent = ascent(new Sgd(), 1.3, TERMS)) {
            int most = 0;
            for (int i = 0; i < 12; i++) {
                ascent.improve(draw(i, fresh, hills.apply(i)), theta);
                int now = manager.getManagedArrays().size();
                most = i < 2 ? Math.max(most, now) : most;
                assertTrue(now <= most, now + " arrays after " + i + " iterations, " + most + " before");
            }
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void aGameThatFailsLeavesNothingBehind() {
        Objective<Quadratic.Still> broken = (flow, theta) -> {
            throw new IllegalStateException("broken");
        };
        List<DesignProblem<Quadratic.Still>> problems = List.of(
                Quadratic.of(1, 1).problem(), new DesignProblem<>(Quadratic.of(1, 1), broken, Quadratic.DESCENT, 1));
        NDList theta = theta(0, -1, 1, 3, 0.5);
        int before = manager.getManagedArrays().size();
        try (SettledAscent ascent = ascent(new Sgd(), 1, TERMS)) {
            assertThrows(RuntimeException.class, () -> ascent.improve(draw(0, false, problems), theta));
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    // ---- numbers that are none ----

    @Test
    void aSlopeBeyondAllNumbersIsNotPassedOver() {
        Objective<Quadratic.Still> edge = (flow, theta) ->
                Quadratic.OBJECTIVE.of(flow, theta).add(theta.head().sum().sqrt());
        DesignProblem<Quadratic.Still> problem = new DesignProblem<>(Quadratic.of(1, 0), edge, Quadratic.DESCENT, 1);
        NDList theta = theta(0, 0, 1, 1, 1);
        try (SettledAscent ascent = ascent(new Sgd(), 1, TERMS)) {
            assertThrows(DivergedException.class, () -> ascent.improve(draw(0, false, List.of(problem)), theta));
            assertArrayEquals(new double[] {0, 0, 1, 1, 1}, Problems.flat(theta));
        }
    }

    @Test
    void anObjectiveThatIsNoNumberEndsTraining() {
        NDList theta = theta(Double.NaN, 0, 1, 1, 1);
        try (SettledAscent ascent = ascent(new Sgd(), 1, TERMS)) {
            assertThrows(
                    DivergedException.class,
                    () -> ascent.improve(
                            draw(0, false, List.of(Quadratic.of(1, 1).problem())), theta));
        }
    }

    /** Behind the edge there is no objective. */
    @Test
    void stepsToWhereNothingIsANumberAreTakenBack() {
        Objective<Quadratic.Still> edge = (flow, theta) -> Quadratic.OBJECTIVE
                .of(flow, theta)
                .add(Tensors.times(theta.head().sum().neg().add(4).log(), 0.1));
        DesignProblem<Quadratic.Still> problem = new DesignProblem<>(Quadratic.of(1, 0), edge, Quadratic.DESCENT, 1);
        NDList theta = theta(0, 0, 0, 0, 0);
        try (SettledAscent ascent = ascent(new Sgd(), 1.5, TERMS)) {
            for (int i = 0; i < 20; i++) {
                ascent.improve(draw(i, false, List.of(problem)), theta);
            }
        }
        double[] end = Problems.flat(theta);
        assertTrue(end[0] + end[1] > 3 && end[0] + end[1] < 4, "ended at " + (end[0] + end[1]));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new SettledAscent.Terms(0, 1, 0, 0));
        assertThrows(InvalidInputException.class, () -> new SettledAscent.Terms(1, 0, 0, 0));
        assertThrows(InvalidInputException.class, () -> new SettledAscent.Terms(1, 1, -1, 0));
        assertThrows(InvalidInputException.class, () -> new SettledAscent.Terms(1, 1, Double.NaN, 0));
        assertThrows(InvalidInputException.class, () -> new SettledAscent.Terms(1, 1, 0, -1));
    }
}
