package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine's {@code x.mul(number)} and {@code x.div(number)} keep the number in memory that Java's garbage collector frees
 * although the backward pass still reads it: a collection in between makes the gradient wrong, without any error. So no
 * differentiable code may use them.
 */
final class GarbageCollectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"A1", "A4", "A5", "A6", "A9"})
    void collectingGarbageDoesNotTouchTheGradientOfAnAuction(String setting) throws InterruptedException {
        try (Problems problems = new Problems()) {
            assertUntouched(problems, problems.auction(setting, true, 3));
        }
    }

    static Stream<MirrorMap> maps() {
        return Stream.of(MirrorMap.ENTROPY, MirrorMap.EUCLIDEAN);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void collectingGarbageDoesNotTouchTheGradientOfTheBeach(MirrorMap map) throws InterruptedException {
        try (Problems problems = new Problems()) {
            assertUntouched(problems, problems.beach(new OnlineMirrorDescent(0.2, 1e-3, map), 4));
        }
    }

    private static void assertUntouched(Problems problems, DesignProblem<?> problem) throws InterruptedException {
        NDList theta = problems.theta(problem, 5);
        double[] quiet = gradient(problem, theta);
        AtomicBoolean done = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        collector.start();
        try {
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(quiet, gradient(problem, theta), 1e-15);
            }
        } finally {
            done.set(true);
            collector.join();
        }
    }

    private static double[] gradient(DesignProblem<?> problem, NDList theta) {
        try (Gradient gradient = new Naive().estimate(problem, theta)) {
            return Problems.flat(gradient.theta());
        }
    }
}
