package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Parallel;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The traced step against the engine's. */
final class TracedStepTest {

    @TestFactory
    Stream<DynamicTest> gradientsAreTheEngines() {
        Stream<DynamicTest> beaches = Stream.of(MirrorMap.ENTROPY, MirrorMap.EUCLIDEAN)
                .map(map -> DynamicTest.dynamicTest("beach " + (map == MirrorMap.ENTROPY), () -> {
                    try (Problems problems = new Problems()) {
                        check(problems, problems.beach(new OnlineMirrorDescent(0.05, 0.1, map), 7));
                    }
                }));
        Stream<DynamicTest> auctions = Stream.of("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10")
                .flatMap(name -> Stream.of(Problems.Kind.values())
                        .filter(Problems.Kind::isDesigned)
                        .map(kind -> DynamicTest.dynamicTest(name + " " + kind, () -> {
                            try (Problems problems = new Problems()) {
                                check(problems, problems.auction(name, kind, 9, 3, 7));
                            }
                        })));
        return Stream.concat(beaches, auctions);
    }

    /** Threads share what was recorded, and each has numbers of its own. */
    @Test
    void threadsDoNotChangeTheNumbers() {
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> problem = problems.beach(new OnlineMirrorDescent(0.05, 0.1), 50);
            GradientEstimator estimator = new Amid(new StoreAll(), StepMethod.TRACED);
            List<NDList> designs = LongStream.range(0, 40)
                    .mapToObj(seed -> problems.theta(problem, seed))
                    .toList();
            Function<NDList, double[]> gradient =
                    theta -> Problems.flat(estimator.estimate(problem, theta).theta());
            List<double[]> together = Parallel.map(designs, 3, gradient); // the first of them record
            List<double[]> alone = Parallel.map(designs, 1, gradient);
            for (int i = 0; i < designs.size(); i++) {
                assertArrayEquals(alone.get(i), together.get(i));
            }
            double[][] means = IntStream.of(1, 2, 3)
                    .mapToObj(threads -> new Draw<>(0, Collections.nCopies(5, problem), false, threads, () -> {}))
                    .map(draw -> Problems.flat(
                            draw.gradient(estimator, designs.get(0)).theta()))
                    .toArray(double[][]::new);
            assertArrayEquals(means[0], means[1]);
            assertArrayEquals(means[0], means[2]);
        }
    }

    /** A choice between two actions that crowds make worse; may count its rounds. */
    private record Crowds(
            NDArray cost, NDArray stay, @Nullable AtomicInteger count) implements MeanFieldGame<KernelRound> {

        static DesignProblem<KernelRound> problem(Problems problems, @Nullable AtomicInteger count, double eta) {
            NDArray cost = problems.constants.matrix(new double[][] {{1, 2}});
            NDArray stay = problems.constants.matrix(new double[][] {{1}, {1}});
            return new DesignProblem<>(
                    new Crowds(cost, stay, count),
                    (flow, theta) -> flow.stacked().square().sum(),
                    new OnlineMirrorDescent(eta, 0.1),
                    3);
        }

        @Override
        public GameShape shape() {
            return new GameShape(2, 1, 2);
        }

        @Override
        public double[] initialStates() {
            return new double[] {1};
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(new ParameterSpec("fee", new Shape(1, 2), 0.1));
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            double factor = count == null ? 1 : count.incrementAndGet();
            return new KernelRound(flow, Tensors.times(flow.mul(cost).add(theta.head()), -factor), stay);
        }
    }

    @Test
    void aGameThatCountsItsRoundsIsRefusedEachTime() {
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> problem = Crowds.problem(problems, new AtomicInteger(), 0.4);
            NDList theta = problems.theta(problem, 5);
            GradientEstimator estimator = new Amid(new StoreAll(), StepMethod.TRACED);
            for (int i = 0; i < 2; i++) {
                String told = assertThrows(InvalidInputException.class, () -> estimator.estimate(problem, theta))
                        .getMessage();
                assertTrue(told.contains("pure function"), told);
            }
        }
    }

    /** Two that are equal as records are not compared: the arrays of the first may be closed. */
    @Test
    void gamesMayBeRecordsOfArrays() {
        for (int i = 0; i < 2; i++) {
            try (Problems problems = new Problems()) {
                check(problems, Crowds.problem(problems, null, 0.5));
            }
        }
    }

    @Test
    void onAGpuTheEngineTakesTheSteps() {
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> problem = problems.beach(new OnlineMirrorDescent(0.05, 0.1), 3);
            NDList theta = problems.theta(problem, 5);
            NDManager gpu = (NDManager) Proxy.newProxyInstance(
                    NDManager.class.getClassLoader(),
                    new Class<?>[] {NDManager.class},
                    (proxy, method, arguments) -> method.getName().equals("getDevice")
                            ? Device.gpu()
                            : method.invoke(problems.manager, arguments));
            try (EquilibriumStep<?> here = StepMethod.AUTO.step(problem, theta, problems.manager, DataType.FLOAT64);
                    EquilibriumStep<?> there = StepMethod.AUTO.step(problem, theta, gpu, DataType.FLOAT64)) {
                assertInstanceOf(TracedStep.class, here);
                assertInstanceOf(AutodiffStep.class, there);
            }
        }
    }

    private static <R extends Round> void check(Problems problems, DesignProblem<R> problem) {
        NDList theta = problems.theta(problem, 5);
        Gradient expected = new Amid(new StoreAll(), StepMethod.AUTODIFF).estimate(problem, theta);
        Gradient traced = new Amid(new StoreAll(), StepMethod.TRACED).estimate(problem, theta);
        assertEquals(expected.objective(), traced.objective(), 1e-12 * Math.abs(expected.objective()));
        double distance = Problems.distance(expected, traced);
        assertTrue(distance < 1e-12, "" + distance);
        List<Evaluation> byEngine = evaluations(problem, theta, (evaluation, flow) -> {});
        List<Evaluation> byTrace = evaluations(problem, theta, null);
        for (int i = 0; i < byEngine.size(); i++) {
            Evaluation one = byEngine.get(i);
            Evaluation other = byTrace.get(i);
            assertEquals(one.steps(), other.steps());
            assertEquals(one.objective(), other.objective(), 1e-12 * Math.abs(one.objective()));
            assertEquals(one.exploitability(), other.exploitability(), 1e-12);
            assertEquals(one.regularizedExploitability(), other.regularizedExploitability(), 1e-12);
        }
    }

    private static <R extends Round> List<Evaluation> evaluations(
            DesignProblem<R> problem, NDList theta, Evaluation.@Nullable Observer<R> observer) {
        NDManager manager = theta.head().getManager();
        return Evaluation.along(
                problem, StepMethod.TRACED, theta, List.of(0, 3, 5), manager, DataType.FLOAT64, observer);
    }
}
