package mfg.train;

import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Round;

/**
 * Gradient ascent (AMID Alg. 1 with Adam): averages the gradient of {@code G_T} over games, clips it to a norm and takes a
 * step.
 *
 * @param estimator how to differentiate
 * @param optimizer how to follow the gradient, with what it remembers
 * @param learningRate the step size of iteration 0, 1, ..
 * @param clip the largest gradient norm that is followed as it is, positive
 */
public record GradientAscent(GradientEstimator estimator, Optimizer optimizer, Tracker learningRate, double clip)
        implements Improvement {

    /**
     * Checks the clip.
     *
     * @throws InvalidInputException if it is not positive
     */
    public GradientAscent {
        if (!(clip > 0)) {
            throw new InvalidInputException("the largest gradient norm must be positive, not " + clip);
        }
    }

    @Override
    public <R extends Round> Outcome improve(Draw<R> draw, NDList theta) {
        try (Gradient gradient = draw.gradient(estimator, theta)) {
            double norm = gradient.norm();
            if (!Double.isFinite(norm)) {
                throw new DivergedException(
                        "the gradient of iteration %d is not finite; a smaller learning rate may help"
                                .formatted(draw.iteration() + 1));
            }
            if (norm > clip) {
                gradient.scale(clip / norm);
            }
            double rate = learningRate.getNewValue(draw.iteration());
            optimizer.ascend(theta, gradient.theta(), rate);
            return new Outcome(gradient.objective(), norm, rate);
        }
    }

    @Override
    public long evaluations(int iterations, boolean fresh) {
        return 2L * iterations;
    }
}
