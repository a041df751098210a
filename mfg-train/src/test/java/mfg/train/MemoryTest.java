package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A long training must hold constant memory. */
final class MemoryTest {

    static Stream<GradientEstimator> estimators() {
        return Stream.of(
                new Amid(new EverySqrt(), StepMethod.AUTODIFF),
                new Amid(new Revolve(2), StepMethod.AUTODIFF),
                new Amid(new Reversible(2), StepMethod.FAST),
                new TwoPoint(0.1, 1, StepMethod.AUTODIFF),
                new TwoPoint(0.1, 1, StepMethod.FAST),
                new Naive());
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void sixtyGradientsLeaveNothingBehind(GradientEstimator estimator) {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = problems.auction("A1", true, 3);
            NDList theta = problems.theta(problem, 1);
            estimator.estimate(problem, theta).close();
            int arrays = problems.manager.getManagedArrays().size();
            for (int i = 0; i < 60; i++) {
                Gradient gradient = estimator.estimate(problem, theta);
                assertEquals(
                        arrays + theta.size(),
                        problems.manager.getManagedArrays().size());
                gradient.close();
                assertEquals(arrays, problems.manager.getManagedArrays().size());
            }
        }
    }
}
