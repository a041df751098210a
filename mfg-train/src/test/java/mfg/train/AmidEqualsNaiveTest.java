package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import java.util.List;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The central claim of AMID Alg. 1: the adjoint pass equals backpropagation through all steps, in float64, both by the engine. */
final class AmidEqualsNaiveTest {

    private static final List<Adjoint> SCHEDULES =
            List.of(new StoreAll(), new EverySqrt(), new Revolve(1), new Revolve(3));

    @ParameterizedTest
    @CsvSource({
        "A1, true",
        "A1, false", // single-minded
        "A2, true",
        "A2, false", // values move
        "A3, true",
        "A3, false", // one draw of supply and values
        "A7, true",
        "A7, false", // everybody re-enters
        "A10, true",
        "A10, false", // some re-enter
        "A4, true", // the other utilities
        "A5, true",
        "A6, true",
        "A9, true" // the mixed objective
    })
    void inEveryAuction(String setting, boolean neural) {
        try (Problems problems = new Problems()) {
            assertEqual(problems, problems.auction(setting, neural, 12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9, 17, 30})
    void forEveryNumberOfStepsInAnAuction(int steps) {
        try (Problems problems = new Problems()) {
            assertEqual(problems, problems.auction("A1", true, steps));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 25})
    void onTheBeach(int steps) {
        try (Problems problems = new Problems()) {
            assertEqual(problems, problems.beach(new OnlineMirrorDescent(0.2, 1e-3), steps));
        }
    }

    /** AMID App. D.6. */
    @Test
    void withAnotherMirrorMap() {
        try (Problems problems = new Problems()) {
            assertEqual(problems, problems.beach(new OnlineMirrorDescent(0.2, 0.1, MirrorMap.EUCLIDEAN), 12));
        }
    }

    private static void assertEqual(Problems problems, DesignProblem<?> problem) {
        NDList theta = problems.theta(problem, 5);
        Gradient naive = new Naive().estimate(problem, theta);
        assertTrue(naive.norm() > 1e-4, "the gradient is too small to compare");
        for (Adjoint schedule : SCHEDULES) {
            Gradient amid = new Amid(schedule, StepMethod.AUTODIFF).estimate(problem, theta);
            assertEquals(naive.objective(), amid.objective(), 1e-12, schedule.toString());
            double distance = Problems.distance(naive, amid);
            assertTrue(distance < 1e-9, () -> schedule + " is off by " + distance);
        }
    }
}
