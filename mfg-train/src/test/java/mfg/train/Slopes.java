package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import mfg.core.Tensors;

/** Holds every gradient through an iteration against central differences, in float64. */
public final class Slopes {

    /** Every method that differentiates T steps, whatever the solver. */
    private static final List<GradientEstimator> THROUGH_STEPS = List.of(
            new Amid(new StoreAll(), StepMethod.AUTODIFF),
            new Amid(new EverySqrt(), StepMethod.AUTODIFF),
            new Amid(new Revolve(1), StepMethod.AUTODIFF),
            new Amid(new Revolve(3), StepMethod.AUTODIFF),
            new Amid(new CheapestAdjoint(), StepMethod.AUTODIFF),
            new Naive());

    private static final double STEP = 1e-5;

    private Slopes() {}

    /** By AMID with each schedule and by one graph through everything. */
    public static void assertDifferences(DesignProblem<?> problem, NDList theta) {
        THROUGH_STEPS.forEach(estimator -> assertDifferences(problem, theta, estimator));
    }

    /** By one method. */
    public static void assertDifferences(DesignProblem<?> problem, NDList theta, GradientEstimator estimator) {
        double[] at = Problems.flat(theta);
        double[] slopes = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            slopes[i] = (moved(problem, theta, at, i, STEP) - moved(problem, theta, at, i, -STEP)) / (2 * STEP);
        }
        double size = Problems.norm(slopes);
        assertTrue(size > 1e-3, "the slopes are too small to compare: " + Arrays.toString(slopes));
        try (Gradient gradient = estimator.estimate(problem, theta)) {
            String where = "%s through %s".formatted(estimator, problem.solver());
            assertEquals(problem.value(theta, StepMethod.AUTODIFF), gradient.objective(), 1e-11, where);
            double distance = Problems.distance(slopes, Problems.flat(gradient.theta()));
            assertTrue(distance < 1e-6, () -> "%s is off by %s".formatted(where, distance));
        }
    }

    private static double moved(DesignProblem<?> problem, NDList theta, double[] at, int i, double step) {
        double[] numbers = at.clone();
        numbers[i] += step;
        NDArray array = theta.head();
        try (NDArray moved = Tensors.create(array.getManager(), DataType.FLOAT64, numbers, array.getShape())) {
            return problem.value(new NDList(moved), StepMethod.AUTODIFF);
        }
    }

    /** Theta and a direction of it. */
    static NDList moved(NDManager manager, NDList theta, double[] direction, double length) {
        NDList moved = new NDList();
        int at = 0;
        for (NDArray array : theta) {
            double[] numbers = Tensors.toDoubles(array);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += length * direction[at++];
            }
            moved.add(Tensors.create(manager, DataType.FLOAT64, numbers, array.getShape()));
        }
        return moved;
    }
}
