package mfg.train;

import ai.djl.ndarray.NDList;
import java.util.List;
import mfg.core.Objective;
import mfg.core.Parallel;
import mfg.core.Round;
import mfg.core.Scenarios;

/**
 * What a design meets in one iteration of training.
 *
 * @param <R> the games' kind of round
 * @param iteration from 0
 * @param problems the games, at least one
 * @param fresh whether each iteration has games of its own
 * @param threads how many of them are computed at a time; does not change the numbers
 * @param release frees what was made for this iteration
 */
public record Draw<R extends Round>(
        int iteration, List<DesignProblem<R>> problems, boolean fresh, int threads, Runnable release)
        implements AutoCloseable {

    /**
     * Draws the games of an iteration.
     *
     * @param <R> the games' kind of round
     * @param scenarios where they come from
     * @param objective what is maximized in them
     * @param plan how they are played
     * @param iteration from 0
     * @return the games, to be closed after use
     */
    public static <R extends Round> Draw<R> of(
            Scenarios<R> scenarios, Objective<R> objective, IncentiveDesign.Plan plan, int iteration) {
        Scenarios.Batch<R> batch = scenarios.training(iteration);
        List<DesignProblem<R>> problems = batch.games().stream()
                .map(game -> new DesignProblem<>(game, objective, plan.solver(), plan.innerSteps()))
                .toList();
        return new Draw<>(iteration, problems, scenarios.areFresh(), plan.threads(), batch.release());
    }

    /**
     * Differentiates the mean of {@code G_T} over games.
     *
     * @param estimator how
     * @param theta where; not modified
     * @return objective and gradient; the caller closes it
     */
    public Gradient gradient(GradientEstimator estimator, NDList theta) {
        GradientEstimator now = estimator.at(iteration);
        return Gradient.mean(Parallel.map(problems, threads, problem -> now.estimate(problem, theta)));
    }

    /**
     * Evaluates the mean of {@code G_T} over games.
     *
     * @param theta where; not modified
     * @param method how a step is computed
     * @return the objective
     */
    public double value(NDList theta, StepMethod method) {
        return Parallel.map(problems, threads, problem -> problem.value(theta, method)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** Frees the games. */
    @Override
    public void close() {
        release.run();
    }
}
