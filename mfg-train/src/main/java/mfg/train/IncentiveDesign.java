package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Parallel;
import mfg.core.Round;
import org.jspecify.annotations.Nullable;

/**
 * Designs incentives by gradient ascent through the equilibrium (AMID Alg. 1 with Adam): each iteration averages the
 * gradient of {@code G_T} over the games drawn, clips it to a norm and takes a step.
 *
 * @param <R> the games' kind of round
 */
public final class IncentiveDesign<R extends Round> {

    private final Scenarios<R> scenarios;
    private final GradientEstimator estimator;
    private final Plan plan;
    private final NDList theta;
    private final Adam adam;

    /**
     * How to train.
     *
     * @param descent the inner iteration
     * @param innerSteps its steps T while training
     * @param validationSteps its steps T_val in validation
     * @param iterations the number of training iterations, at least 0
     * @param learningRate the step size of iteration 0, 1, ..
     * @param clip the largest gradient norm that is followed as it is, positive
     * @param method how a step is computed in validation
     * @param validateEvery validate after every so many iterations, and after the last
     * @param threads how many games are computed at a time, at least 1; does not change the numbers
     */
    public record Plan(
            OnlineMirrorDescent descent,
            int innerSteps,
            int validationSteps,
            int iterations,
            Tracker learningRate,
            double clip,
            StepMethod method,
            int validateEvery,
            int threads) {

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Plan {
            if (innerSteps < 1
                    || validationSteps < 1
                    || iterations < 0
                    || validateEvery < 1
                    || threads < 1
                    || !(clip > 0)) {
                throw new InvalidInputException(
                        "training needs positive numbers of steps, a positive clip and iterations >= 0");
            }
        }
    }

    /**
     * What happened in one iteration.
     *
     * @param number the iteration, from 1
     * @param objective the mean of {@code G_T} before the step
     * @param gradientNorm the norm of its gradient, before clipping
     * @param learningRate the step size
     * @param seconds the time the gradient took
     * @param validation the validation after the step, or null in iterations without
     */
    public record Iteration(
            int number,
            double objective,
            double gradientNorm,
            double learningRate,
            double seconds,
            @Nullable Evaluation validation) {}

    /** Watches training. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Called after each iteration, when theta and the moments are those after its step.
         *
         * @param iteration what happened
         */
        void iterated(Iteration iteration);
    }

    /**
     * Prepares training.
     *
     * @param scenarios the games
     * @param estimator how to differentiate
     * @param plan how to train
     * @param theta the design; modified by {@link #train}
     * @param adam the optimizer with its moments; modified by {@link #train}
     */
    public IncentiveDesign(Scenarios<R> scenarios, GradientEstimator estimator, Plan plan, NDList theta, Adam adam) {
        this.scenarios = scenarios;
        this.estimator = estimator;
        this.plan = plan;
        this.theta = theta;
        this.adam = adam;
    }

    /**
     * Trains from some iteration to the end of the plan. Where training was interrupted and taken up again does not change
     * the numbers.
     *
     * @param done the number of iterations done before
     * @param listener told of every iteration
     * @throws DivergedException if a gradient is not finite
     */
    public void train(int done, Listener listener) {
        for (int i = done; i < plan.iterations(); i++) {
            long start = System.nanoTime();
            try (Gradient gradient = gradient(i)) {
                double seconds = (System.nanoTime() - start) * 1e-9;
                double norm = gradient.norm();
                if (!Double.isFinite(norm)) {
                    throw new DivergedException(
                            "the gradient of iteration %d is not finite; a smaller learning rate may help"
                                    .formatted(i + 1));
                }
                if (norm > plan.clip()) {
                    gradient.scale(plan.clip() / norm);
                }
                double learningRate = plan.learningRate().getNewValue(i);
                adam.ascend(theta, gradient.theta(), learningRate);
                boolean validate = (i + 1) % plan.validateEvery() == 0 || i + 1 == plan.iterations();
                Evaluation validation = validate ? validate() : null;
                listener.iterated(new Iteration(i + 1, gradient.objective(), norm, learningRate, seconds, validation));
            }
        }
    }

    /**
     * Returns the gradient of one iteration, averaged over its games.
     *
     * @param iteration from 0
     * @return objective and gradient; the caller closes it
     */
    public Gradient gradient(int iteration) {
        try (Scenarios.Batch<R> batch = scenarios.training(iteration)) {
            List<Gradient> gradients =
                    Parallel.map(batch.games(), plan.threads(), game -> estimator.estimate(problem(game), theta));
            Gradient sum = gradients.get(0);
            for (Gradient gradient : gradients.subList(1, gradients.size())) {
                sum = sum.add(gradient);
                gradient.close();
            }
            return sum.divide(gradients.size());
        }
    }

    private DesignProblem<R> problem(MeanFieldGame<R> game) {
        return new DesignProblem<>(game, scenarios.objective(), plan.descent(), plan.innerSteps());
    }

    /** The mean over validation games after T_val steps. */
    private Evaluation validate() {
        NDArray first = theta.head();
        List<Evaluation> evaluations = Parallel.map(
                scenarios.validation(),
                plan.threads(),
                game -> Evaluation.along(
                                problem(game),
                                plan.method(),
                                theta,
                                List.of(plan.validationSteps()),
                                first.getManager(),
                                first.getDataType(),
                                (evaluation, flow) -> {})
                        .get(0));
        return Evaluation.mean(evaluations);
    }
}
