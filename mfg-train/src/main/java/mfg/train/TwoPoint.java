package mfg.train;

import ai.djl.ndarray.NDList;
import mfg.core.InvalidInputException;
import mfg.core.Round;
import mfg.core.Scope;

/**
 * The zeroth-order gradient of 0-SGD and 0-ADAM (AMID App. F), {@code D/(2u) (G_T(theta + u z) - G_T(theta - u z)) z} with z uniform on
 * the unit sphere of all D parameters together: on average the gradient of {@code G_T} smoothed over a ball of radius u. Two
 * forward runs, no derivative. The objective that comes with it is the mean of the two values.
 *
 * @param radius u, positive
 * @param seed what z depends on, besides the iteration
 * @param iteration which z: all games of an iteration share one
 * @param method how a step is computed
 */
public record TwoPoint(double radius, long seed, int iteration, StepMethod method) implements GradientEstimator {

    /**
     * Checks the radius.
     *
     * @throws InvalidInputException if it is out of range
     */
    public TwoPoint {
        if (!(radius > 0) || Double.isInfinite(radius)) {
            throw new InvalidInputException("the two-point gradient needs a positive radius, not " + radius);
        }
    }

    /**
     * The estimator of the first iteration.
     *
     * @param radius u, positive
     * @param seed what z depends on, besides the iteration
     * @param method how a step is computed
     */
    public TwoPoint(double radius, long seed, StepMethod method) {
        this(radius, seed, 0, method);
    }

    @Override
    public TwoPoint at(int later) {
        return new TwoPoint(radius, seed, later, method);
    }

    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        Direction z = Direction.gaussian(theta, seed, iteration).normalized();
        double up = value(problem, theta, z, radius);
        double down = value(problem, theta, z, -radius);
        double slope = (up - down) / (2 * radius);
        return new Gradient((up + down) / 2, z.times(z.numbers().length * slope, theta), 0);
    }

    private double value(DesignProblem<?> problem, NDList theta, Direction z, double distance) {
        try (Scope scope = new Scope(theta.head().getManager())) {
            return problem.value(z.from(scope.in(theta), distance), method);
        }
    }
}
