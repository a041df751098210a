package mfg.train.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.MirrorMap;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.auction.ValueDynamics;
import mfg.train.Adam;
import mfg.train.Adjoint;
import mfg.train.Amid;
import mfg.train.DesignProblem;
import mfg.train.EquilibriumStep;
import mfg.train.Evaluation;
import mfg.train.Gradient;
import mfg.train.Problems;
import mfg.train.Reversible;
import mfg.train.Revolve;
import mfg.train.StepMethod;
import mfg.train.StoreAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The step on primitive arrays is the engine's, in float64: with every kernel, setting and kind of mechanism. */
final class FastStepTest {

    private static final int[] VALUES = {9, 11, 13, 14};
    private static final int STEPS = 18;

    /** Every setting and kind; sizes and numbers of rounds take turns. */
    static Stream<Arguments> markets() {
        List<Arguments> markets = new ArrayList<>();
        for (AuctionSetting setting : AuctionSetting.ALL) {
            for (Problems.Kind kind : Problems.Kind.values()) {
                int turn = markets.size() + markets.size() / 4;
                markets.add(Arguments.of(setting.name(), kind, VALUES[turn % 4], 2 + turn % 2));
            }
        }
        return markets.stream();
    }

    @ParameterizedTest
    @MethodSource("markets")
    void objectiveAndGradientAreTheEngines(String setting, Problems.Kind kind, int values, int rounds) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, kind, values, rounds, STEPS);
            NDList theta = problems.theta(problem, 5);
            assertEngines(problems, problem, theta);
            if (!theta.isEmpty()) {
                train(problem, theta);
                assertEngines(problems, problem, theta);
            }
        }
    }

    private static void assertEngines(Problems problems, DesignProblem<AuctionRound> problem, NDList theta) {
        Gradient expected;
        try (EquilibriumStep<?> step = StepMethod.AUTODIFF.step(problem, theta, problems.manager, DataType.FLOAT64)) {
            expected = Amid.pass(step, problem.steps(), new StoreAll());
        }
        double[] slopes = Problems.flat(expected.theta());
        assertTrue(theta.isEmpty() || Problems.norm(slopes) > 1e-6, "a gradient of " + Problems.norm(slopes));
        for (Kernels<double[]> kernels : Fast.EXACT) {
            Gradient found = new Fast<>(kernels, new StoreAll()).estimate(problem, theta, problems.manager);
            assertEquals(
                    expected.objective(), found.objective(), 1e-9 * Math.abs(expected.objective()), kernels.name());
            assertEquals(theta.size(), found.theta().size());
            double distance = theta.isEmpty() ? 0 : Problems.distance(expected, found);
            assertTrue(distance < 1e-9, () -> kernels.name() + " is off by " + distance);
        }
    }

    /** Little is on offer, then more than there is demand for, then little again: what is left depends on all bids. */
    @Test
    void goodsBeyondDemandRemain() {
        try (Problems problems = new Problems()) {
            AuctionSetting returning = AuctionSetting.named("A10");
            AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(
                    1.6, returning.draw(11, new SplittableRandom(1)).initialValues());
            StaticMechanism mechanism = new StaticMechanism(problems.constants, 3, 11);
            DesignProblem<AuctionRound> problem = new DesignProblem<>(
                    returning.game(problems.constants, 3, scenario, mechanism),
                    returning.objective(),
                    Problems.AUCTION_DESCENT,
                    STEPS);
            NDList theta = problems.theta(problem, 5);
            NDArray goods =
                    Tensors.create(problems.manager, DataType.FLOAT64, new double[] {-1.1, 2.2, -0.85}, new Shape(3));
            assertEngines(problems, problem, new NDList(theta.get(0), goods));
        }
    }

    /** Far enough that payments and bids have moved. */
    private static void train(DesignProblem<AuctionRound> problem, NDList theta) {
        double learningRate = theta.size() == 1 ? 0.2 : 0.02; // the few logits of a schedule have a longer way to go
        double before = Double.NaN;
        double after = Double.NaN;
        try (Adam adam = new Adam(theta)) {
            for (int i = 0; i < 20; i++) {
                try (Gradient gradient = new Amid(new StoreAll(), StepMethod.FAST).estimate(problem, theta)) {
                    before = i == 0 ? gradient.objective() : before;
                    after = gradient.objective();
                    adam.ascend(theta, gradient.theta(), learningRate);
                }
            }
        }
        assertTrue(
                Math.abs(after - before) > 0.005 * before,
                "the objective is still %s after %s".formatted(after, before));
    }

    @ParameterizedTest
    @MethodSource("markets")
    void everySingleStepAndItsPullbackAreTheEngines(String setting, Problems.Kind kind, int values, int rounds) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, kind, values, rounds, STEPS);
            NDList theta = problems.theta(problem, 6);
            Walk expected;
            try (EquilibriumStep<?> step =
                    StepMethod.AUTODIFF.step(problem, theta, problems.manager, DataType.FLOAT64)) {
                expected = Walk.of(step, 1);
            }
            for (Kernels<double[]> kernels : Fast.EXACT) {
                try (EquilibriumStep<?> step = Fast.step(kernels, problem, theta, problems.manager)) {
                    // cotangents have no unit, dual variables are read in nats
                    assertWalk(
                            expected,
                            Walk.of(step, 1 / Math.log(2)),
                            rounds,
                            problem.game().shape().actions());
                }
            }
        }
    }

    /** Dual variables on the way and aside, how far the policy moves, and cotangents pulled back. */
    private record Walk(List<double[]> zetas, List<double[]> cotangents, List<Double> moves) {

        static <Z> Walk of(EquilibriumStep<Z> step, double unit) {
            List<Z> states = new ArrayList<>(List.of(step.start()));
            Walk walk = new Walk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int t = 0; t < 8; t++) {
                states.add(step.next(states.get(t), t));
                walk.zetas.add(read(step, states.get(t + 1), 1));
                Z aside = step.next(states.get(t), t, 0.3 + t);
                walk.zetas.add(read(step, aside, 1));
                walk.moves.add(step.move(states.get(t), aside));
                step.release(aside);
            }
            Z cotangent = step.objective(states.get(8));
            walk.cotangents.add(read(step, cotangent, unit));
            for (int t : new int[] {7, 7, 3, 0}) { // not only the way back
                cotangent = step.pullback(states.get(t), t, cotangent);
                walk.cotangents.add(read(step, cotangent, unit));
            }
            return walk;
        }

        private static <Z> double[] read(EquilibriumStep<Z> step, Z state, double unit) {
            try (NDArray array = step.read(state)) {
                double[] numbers = Tensors.toDoubles(array);
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] *= unit;
                }
                return numbers;
            }
        }
    }

    private static void assertWalk(Walk expected, Walk found, int rounds, int actions) {
        for (int t = 0; t < expected.zetas.size(); t++) {
            double[] zeta = centred(expected.zetas.get(t), actions);
            assertArrayEquals(zeta, centred(found.zetas.get(t), actions), 1e-9 * largest(zeta), "zeta " + t);
        }
        for (int t = 0; t < expected.moves.size(); t++) {
            assertTrue(expected.moves.get(t) > 0 && expected.moves.get(t) <= 2.0 * rounds);
            assertEquals(expected.moves.get(t), found.moves.get(t), 1e-9, "move " + t);
        }
        for (int k = 0; k < expected.cotangents.size(); k++) {
            double[] cotangent = expected.cotangents.get(k);
            assertTrue(largest(cotangent) > 0);
            assertArrayEquals(
                    cotangent, found.cotangents.get(k), 1e-9 * largest(cotangent), "after " + k + " pullbacks");
        }
    }

    /** Less the mean of each row, which no policy sees. */
    private static double[] centred(double[] zeta, int actions) {
        double[] centred = new double[zeta.length];
        for (int row = 0; row < zeta.length; row += actions) {
            double mean = 0;
            for (int a = 0; a < actions; a++) {
                mean += zeta[row + a] / actions;
            }
            for (int a = 0; a < actions; a++) {
                centred[row + a] = zeta[row + a] - mean;
            }
        }
        return centred;
    }

    private static double largest(double[] numbers) {
        double largest = 0;
        for (double number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    // ---- arrays that are used again ----

    @Test
    void whatEarlierGradientsLeftInMemoryDoesNotMatter() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", Problems.Kind.NEURAL, 11, 3, STEPS);
            DesignProblem<AuctionRound> other = problems.auction("A7", Problems.Kind.NEURAL, 11, 3, 2 * STEPS);
            NDList theta = problems.theta(problem, 1);
            for (Adjoint adjoint : List.of(new StoreAll(), new Reversible(5), new Revolve(2))) {
                for (Kernels<double[]> kernels : Fast.EXACT) {
                    Fast<double[]> fast = new Fast<>(kernels, adjoint);
                    double[] first = Problems.flat(fast.estimate(problem, theta).theta());
                    new Fast<>(kernels, new Reversible(4)).estimate(other, problems.theta(other, 2));
                    assertArrayEquals(
                            first, Problems.flat(fast.estimate(problem, theta).theta()), fast.toString());
                }
            }
        }
    }

    @Test
    void stepsThatAreOpenAtOnceDoNotDisturbEachOther() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", Problems.Kind.NEURAL, 11, 3, STEPS);
            NDList theta = problems.theta(problem, 1);
            NDList other = problems.theta(problem, 2);
            Kernels<double[]> kernels = Kernels.doubles();
            double[] alone = walkedAlone(problems, problem, kernels, theta);
            double[] otherAlone = walkedAlone(problems, problem, kernels, other);
            try (AuctionStep<double[]> one = Fast.step(kernels, problem, theta, problems.manager);
                    AuctionStep<double[]> two = Fast.step(kernels, problem, other, problems.manager)) {
                AuctionState<double[]> state = one.start();
                AuctionState<double[]> otherState = two.start();
                for (int t = 0; t < 5; t++) {
                    state = moved(one, state, t);
                    otherState = moved(two, otherState, t);
                }
                assertArrayEquals(alone, Walk.read(one, state, 1));
                assertArrayEquals(otherAlone, Walk.read(two, otherState, 1));
            }
        }
    }

    private static double[] walkedAlone(
            Problems problems, DesignProblem<AuctionRound> problem, Kernels<double[]> kernels, NDList theta) {
        try (AuctionStep<double[]> step = Fast.step(kernels, problem, theta, problems.manager)) {
            AuctionState<double[]> start = step.start();
            return Walk.read(step, Adjoint.advance(step, start, 0, 5), 1);
        }
    }

    private static <Z> Z moved(EquilibriumStep<Z> step, Z state, int t) {
        Z next = step.next(state, t);
        step.release(state);
        return next;
    }

    /** Gradients of several games may be computed side by side. */
    @Test
    void threadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", Problems.Kind.NEURAL, 11, 3, STEPS);
            List<NDList> thetas = List.of(problems.theta(problem, 1), problems.theta(problem, 2));
            Fast<double[]> fast = new Fast<>(Kernels.doubles(), new Reversible(5));
            List<double[]> expected = thetas.stream()
                    .map(theta -> Problems.flat(fast.estimate(problem, theta).theta()))
                    .toList();
            ExecutorService pool = Executors.newFixedThreadPool(2);
            try {
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> runs = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    int mine = i;
                    runs.add(pool.submit(() -> {
                        together.await();
                        for (int call = 0; call < 30; call++) {
                            Gradient gradient = fast.estimate(problem, thetas.get(mine));
                            assertArrayEquals(expected.get(mine), Problems.flat(gradient.theta()));
                        }
                        return null;
                    }));
                }
                for (Future<?> run : runs) {
                    run.get();
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    // ---- where it is used ----

    @Test
    void auctionsHaveAFastStepAndOtherGamesHaveNot() {
        try (Problems problems = new Problems()) {
            DesignProblem<?> auction = problems.auction("A1", true, 3);
            assertInstanceOf(AuctionStep.class, step(problems, auction, StepMethod.AUTO));
            assertInstanceOf(AuctionStep.class, step(problems, auction, StepMethod.FAST));
            assertFalse(step(problems, auction, StepMethod.AUTODIFF) instanceof AuctionStep);

            OnlineMirrorDescent euclidean = new OnlineMirrorDescent(0.2, 0.1, MirrorMap.EUCLIDEAN);
            DesignProblem<AuctionRound> neural = problems.auction("A1", true, 3);
            Objective<AuctionRound> custom =
                    (flow, theta) -> flow.rounds().get(0).revenue();
            for (DesignProblem<?> other : List.of(
                    problems.beach(new OnlineMirrorDescent(0.2, 1e-3), 3),
                    problems.auction("A1", true, euclidean, 3),
                    new DesignProblem<>(neural.game(), custom, neural.solver(), 3),
                    new DesignProblem<>(
                            game(problems, new Posted(), ValueDynamics.STILL), neural.objective(), neural.solver(), 3),
                    new DesignProblem<>(
                            game(problems, ((BatchedAuction) neural.game()).mechanism(), new Restless()),
                            neural.objective(),
                            neural.solver(),
                            3))) {
                assertFalse(step(problems, other, StepMethod.AUTO) instanceof AuctionStep);
                InvalidInputException refusal =
                        assertThrows(InvalidInputException.class, () -> step(problems, other, StepMethod.FAST));
                assertTrue(refusal.getMessage().startsWith("the fast step is for auctions"), refusal.getMessage());
            }
        }
    }

    private static EquilibriumStep<?> step(Problems problems, DesignProblem<?> problem, StepMethod method) {
        return method.step(problem, problems.theta(problem, 1), problems.manager, DataType.FLOAT64);
    }

    private static BatchedAuction game(Problems problems, Mechanism mechanism, ValueDynamics dynamics) {
        BatchedAuction like = (BatchedAuction) problems.auction("A1", true, 3).game();
        return new BatchedAuction(problems.constants, like.rules(), dynamics, mechanism);
    }

    /** A mechanism for the engine only. */
    private static final class Posted implements Mechanism {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of();
        }

        @Override
        public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
            return new Offer(Tensors.times(remaining, 0.5), Tensors.times(bids, 0));
        }
    }

    /** Values that move with the population. */
    private static final class Restless implements ValueDynamics {
        @Override
        public NDArray next(NDArray xi) {
            return xi;
        }

        @Override
        public NDArray continuation(NDArray value, NDArray xi) {
            return value.mul(xi);
        }
    }

    // ---- along a run ----

    @Test
    void evaluationsOnTheWayAreTheEngines() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A7", true, 1);
            NDList theta = problems.theta(problem, 8);
            List<PopulationFlow<AuctionRound>> flows = new ArrayList<>();
            int arrays = problems.manager.getManagedArrays().size();
            List<Evaluation> expected = along(problems, problem, theta, StepMethod.AUTODIFF, flows);
            List<Evaluation> found = along(problems, problem, theta, StepMethod.FAST, flows);
            assertEquals(arrays, problems.manager.getManagedArrays().size());
            assertEquals(8, flows.size());
            assertEquals(4, found.size());
            for (int i = 0; i < 4; i++) {
                assertEquals(expected.get(i).steps(), found.get(i).steps());
                assertEquals(expected.get(i).objective(), found.get(i).objective(), 1e-10);
                assertEquals(expected.get(i).exploitability(), found.get(i).exploitability(), 1e-10);
                assertEquals(
                        expected.get(i).regularizedExploitability(),
                        found.get(i).regularizedExploitability(),
                        1e-10);
            }
        }
    }

    private static List<Evaluation> along(
            Problems problems,
            DesignProblem<AuctionRound> problem,
            NDList theta,
            StepMethod method,
            List<PopulationFlow<AuctionRound>> flows) {
        return Evaluation.along(
                problem,
                method,
                theta,
                List.of(0, 1, 7, 20),
                problems.manager,
                DataType.FLOAT64,
                (evaluation, flow) -> flows.add(flow));
    }
}
