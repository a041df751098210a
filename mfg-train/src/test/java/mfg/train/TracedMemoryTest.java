package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.Iteration;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.trace.Machine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the traced step allocates and keeps. */
final class TracedMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OnlineMirrorDescent DESCENT = new OnlineMirrorDescent(0.05, 0.1);

    // ---- a step allocates nothing

    private static Map<String, Function<Problems, DesignProblem<?>>> problems() {
        Map<String, Function<Problems, DesignProblem<?>>> all = new LinkedHashMap<>();
        all.put("auction", problems -> problems.auction("A7", Problems.Kind.NEURAL, 9, 3, 10));
        for (Solver solver : new Solver[] {
            DESCENT,
            new OnlineMirrorDescent(0.05, 0.1, MirrorMap.EUCLIDEAN),
            new FictitiousPlay(0.1),
            new FictitiousPlay(0),
            new FixedPoint(0)
        }) {
            all.put(
                    solver.toString(),
                    problems -> new DesignProblem<>(problems.beach(DESCENT, 10).game(), Objectives.CROWD, solver, 10));
        }
        return all;
    }

    private static final class Objectives {
        static final Objective<KernelRound> CROWD =
                (flow, theta) -> flow.stacked().square().sum();
    }

    @TestFactory
    Stream<DynamicTest> aStepAllocatesNothing() {
        return problems().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (Problems problems = new Problems()) {
                        assertAllocatesNothing(problems, entry.getValue().apply(problems));
                    }
                }));
    }

    private static <R extends Round> void assertAllocatesNothing(Problems problems, DesignProblem<R> problem) {
        NDList theta = problems.theta(problem, 5);
        try (Iteration iteration =
                Iteration.of(problem.game(), theta, problem.solver(), problems.manager, DataType.FLOAT64)) {
            iteration.start();
            assertEquals(0, bytes(iteration::step, 0), "a step of solve");
            double[] sink = new double[1];
            long measured = bytes(() -> sink[0] += iteration.measure().value(), 32 * CALLS);
            assertTrue(measured <= 32 * CALLS, measured + " bytes for the measurements themselves");
        }
        Recording recording = Recording.of(problem, theta, problems.manager, DataType.FLOAT64);
        try (TracedStep step = new TracedStep(problem, recording, theta, problems.manager, DataType.FLOAT64)) {
            TracedStep.State from = step.start();
            assertEquals(0, bytes(() -> step.release(step.next(from, 0)), 0), "a step");
            if (problem.solver().isDifferentiable()) {
                TracedStep.State cotangent = step.objective(from);
                assertEquals(0, bytes(() -> step.pullback(from, 0, cotangent), 0), "its product");
                assertEquals(0, bytes(() -> step.release(step.objective(from)), 0), "the objective's");
            }
        }
        assertMachineAllocatesNothing(recording.solver().step().machine(), recording, theta);
    }

    private static void assertMachineAllocatesNothing(Machine machine, Recording recording, NDList theta) {
        machine.set(theta.stream().map(Tensors::toDoubles).toArray(double[][]::new));
        double[] state = new double[(int) recording.solver().state().size()];
        double[] weights = state.clone();
        double[] result = state.clone();
        Arrays.fill(state, 0.01);
        Arrays.fill(weights, 1);
        double[][] states = {state, {1}};
        double[][] cotangents = {weights};
        assertEquals(
                0,
                bytes(
                        () -> {
                            Machine.Memory memory = machine.memory();
                            machine.run(memory, states);
                            machine.read(memory, 0, result);
                            machine.pull(memory, cotangents);
                            machine.cotangent(0, result);
                            machine.release(memory);
                        },
                        0),
                "a machine's run");
    }

    private static final int CALLS = 1000;
    private static final long PATIENCE = 20_000_000_000L;

    /** The least that so many calls allocate, of many tries until it is enough: vectors are on the heap until they are compiled. */
    private static long bytes(Runnable call, long enough) {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE;
        while (least > enough && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    // ---- gradients leave nothing behind

    @Test
    void memoryIsConstantOverTenThousandGradients() throws InterruptedException {
        int gradients = 10_000;
        GradientEstimator estimator = new Amid(new StoreAll(), StepMethod.TRACED);
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> problem = problems.beach(DESCENT, 10);
            NDList theta = problems.theta(problem, 1);
            heap(); // so that recordings of games that are gone are not there at first
            long early = 0;
            int arrays = 0;
            for (int i = 1; i <= gradients; i++) {
                estimator.estimate(problem, theta).close();
                if (i == gradients / 10) {
                    early = heap();
                    arrays = problems.manager.getManagedArrays().size();
                }
            }
            long more = heap() - early;
            assertTrue(more < 1 << 17, more + " bytes more");
            assertEquals(arrays, problems.manager.getManagedArrays().size());
        }
    }

    /** What is left when the engine's buffers are freed, too: each needs a collection, its cleaner's turn, and another one. */
    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void aGameAndItsRecordingAreCollected() throws InterruptedException {
        Used used = use();
        assertCollected(used.game);
        use();
        assertCollected(used.recording);
    }

    private record Used(WeakReference<?> game, WeakReference<?> recording) {}

    /** Designs a game whose objective knows it. */
    private static Used use() {
        try (Problems problems = new Problems()) {
            MeanFieldGame<KernelRound> game = problems.beach(DESCENT, 3).game();
            Objective<KernelRound> own = (flow, theta) ->
                    Tensors.times(flow.stacked().square().sum(), game.shape().rounds());
            DesignProblem<KernelRound> problem = new DesignProblem<>(game, own, DESCENT, 3);
            NDList theta = problems.theta(problem, 1);
            new Amid(new StoreAll(), StepMethod.TRACED).estimate(problem, theta).close();
            Recording recording = Recording.of(problem, theta, problems.manager, DataType.FLOAT64);
            assertSame(recording, Recording.of(problem, theta, problems.manager, DataType.FLOAT64));
            return new Used(new WeakReference<>(game), new WeakReference<>(recording));
        }
    }

    private static void assertCollected(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(reference.refersTo(null));
    }
}
