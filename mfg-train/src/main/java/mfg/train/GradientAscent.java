package mfg.train;

import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Round;

/**
 * Gradient ascent (AMID Alg. 1 with Adam): averages the gradient of {@code G_T} over games, clips it to a norm and takes a
 * step. Where a bid that next to nobody makes decides who wins, the slope may exceed all numbers: such a gradient counts as
 * nothing, and the optimizer goes on by what it remembers. Two of them in a row end training.
 */
public final class GradientAscent implements Improvement {

    private final GradientEstimator estimator;
    private final Optimizer optimizer;
    private final Tracker learningRate;
    private final double clip;
    private boolean lost;

    /**
     * Prepares training.
     *
     * @param estimator how to differentiate
     * @param optimizer how to follow the gradient, with what it remembers
     * @param learningRate the step size of iteration 0, 1, ..
     * @param clip the largest gradient norm that is followed as it is, positive
     * @throws InvalidInputException if the clip is not positive
     */
    public GradientAscent(GradientEstimator estimator, Optimizer optimizer, Tracker learningRate, double clip) {
        if (!(clip > 0)) {
            throw new InvalidInputException("the largest gradient norm must be positive, not " + clip);
        }
        this.estimator = estimator;
        this.optimizer = optimizer;
        this.learningRate = learningRate;
        this.clip = clip;
    }

    @Override
    public <R extends Round> Outcome improve(Draw<R> draw, NDList theta) {
        try (Gradient gradient = draw.gradient(estimator, theta)) {
            double norm = gradient.norm();
            double rate = learningRate.getNewValue(draw.iteration());
            if (Double.isFinite(norm) && Double.isFinite(gradient.objective())) {
                lost = false;
                gradient.scale(Math.min(1, clip / norm));
                optimizer.ascend(theta, gradient.theta(), rate);
                return new Outcome(gradient.objective(), norm, rate, gradient.rest());
            }
            if (lost || !Double.isFinite(gradient.objective())) {
                throw new DivergedException(
                        "the gradient of iteration %d is not finite; a smaller learning rate may help"
                                .formatted(draw.iteration() + 1));
            }
            lost = true;
            try (NDList nothing = zeros(theta)) {
                optimizer.ascend(theta, nothing, rate);
            }
            return new Outcome(gradient.objective(), Double.NaN, rate);
        }
    }

    private static NDList zeros(NDList theta) {
        NDList zeros = new NDList(theta.size());
        theta.forEach(array -> zeros.add(array.zerosLike()));
        return zeros;
    }

    /** Whether the last gradient was lost. */
    @Override
    public double[] memory() {
        return new double[] {lost ? 1 : 0};
    }

    @Override
    public void restore(double[] memory) {
        lost = memory[0] == 1;
    }

    @Override
    public long evaluations(int iterations, boolean fresh) {
        return 2L * iterations;
    }
}
