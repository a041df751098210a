package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.Solver;
import org.jspecify.annotations.Nullable;

/**
 * Designs incentives: the training loop. Each iteration draws games and lets an {@link Improvement} take a step by them, gradient
 * ascent through the equilibrium or a baseline.
 *
 * @param <R> the games' kind of round
 */
public final class IncentiveDesign<R extends Round> {

    private final Scenarios<R> scenarios;
    private final Improvement improvement;
    private final Plan plan;
    private final NDList theta;

    /**
     * How to train.
     *
     * @param solver the inner iteration
     * @param innerSteps its steps T while training
     * @param validationSteps its steps T_val in validation
     * @param window how many of the last of these a validation looks at: the least worth counts, for that of a population that
     *     circles between two states changes with the last step
     * @param iterations the number of training iterations, at least 0
     * @param method how a step is computed in validation
     * @param validateEvery validate after every so many iterations, and after the last
     * @param threads how many games are computed at a time, at least 1; does not change the numbers
     */
    public record Plan(
            Solver solver,
            int innerSteps,
            int validationSteps,
            int window,
            int iterations,
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
                    || window < 1
                    || iterations < 0
                    || validateEvery < 1
                    || threads < 1) {
                throw new InvalidInputException("training needs positive numbers of steps and iterations >= 0");
            }
        }
    }

    /**
     * What happened in one iteration.
     *
     * @param number the iteration, from 1
     * @param objective the mean of {@code G_T} before the step
     * @param gradientNorm the norm of its gradient, before clipping; not a number where none was computed
     * @param learningRate the step size; not a number where there is none
     * @param rest how the population came to rest, where it was to
     * @param seconds the time the step took, gradient or evaluations and all
     * @param validation the validation after the step, or null in iterations without
     */
    public record Iteration(
            int number,
            double objective,
            double gradientNorm,
            double learningRate,
            Rest rest,
            double seconds,
            @Nullable Evaluation validation) {

        Iteration validated(Evaluation evaluation) {
            return new Iteration(number, objective, gradientNorm, learningRate, rest, seconds, evaluation);
        }
    }

    /** Watches training. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Called after each iteration, when theta and what the optimizer remembers are those after its step.
         *
         * @param iteration what happened
         */
        void iterated(Iteration iteration);
    }

    /**
     * Prepares training.
     *
     * @param scenarios the games
     * @param improvement what an iteration does; modified by {@link #train}
     * @param plan how to train
     * @param theta the design; modified by {@link #train}
     */
    public IncentiveDesign(Scenarios<R> scenarios, Improvement improvement, Plan plan, NDList theta) {
        this.scenarios = scenarios;
        this.improvement = improvement;
        this.plan = plan;
        this.theta = theta;
    }

    /**
     * Trains from some iteration to the end of the plan, or until nothing is left to follow. Where training was interrupted and
     * taken up again does not change the numbers.
     *
     * @param past the iterations done before, from the first; not modified
     * @param listener told of every iteration
     * @return why training ended before the plan did; null if it did not
     * @throws DivergedException if a gradient or objective is not finite
     */
    public @Nullable Standstill train(List<Iteration> past, Listener listener) {
        List<Iteration> iterations = new ArrayList<>(past);
        Standstill end = Standstill.of(iterations);
        while (end == null && iterations.size() < plan.iterations()) {
            Iteration iteration = iterate(iterations);
            iterations.add(iteration);
            listener.iterated(iteration);
            end = Standstill.of(iterations);
        }
        return end;
    }

    /**
     * Takes one iteration.
     *
     * @param past the iterations done before, from the first; not modified
     * @return what happened; with a validation where the plan has one, and where training ends
     * @throws DivergedException if a gradient or objective is not finite
     */
    public Iteration iterate(List<Iteration> past) {
        long start = System.nanoTime();
        Improvement.Outcome outcome = improve(past.size());
        double seconds = (System.nanoTime() - start) * 1e-9;
        int number = past.size() + 1;
        Iteration iteration = new Iteration(
                number,
                outcome.objective(),
                outcome.gradientNorm(),
                outcome.learningRate(),
                outcome.rest(),
                seconds,
                null);
        List<Iteration> now = new ArrayList<>(past);
        now.add(iteration);
        boolean last = number == plan.iterations() || Standstill.of(now) != null;
        return last || number % plan.validateEvery() == 0 ? iteration.validated(validate()) : iteration;
    }

    private Draw<R> draw(int iteration) {
        return Draw.of(scenarios, improvement.followed(scenarios.objective()), plan, iteration);
    }

    private Improvement.Outcome improve(int iteration) {
        try (Draw<R> draw = draw(iteration)) {
            return improvement.improve(draw, theta);
        }
    }

    /**
     * Returns what iterations cost, in evaluations of {@code G_T} on one game each, where a gradient counts as two.
     *
     * @param iterations how many
     * @return the number of evaluations, that of an uninterrupted training
     */
    public long evaluations(int iterations) {
        try (Draw<R> draw = draw(0)) {
            return draw.problems().size() * improvement.evaluations(iterations, scenarios.areFresh());
        }
    }

    /** The mean over validation games after T_val steps, or those just before. */
    private Evaluation validate() {
        NDArray first = theta.head();
        List<List<Evaluation>> byGame = Parallel.map(
                scenarios.validation(),
                plan.threads(),
                game -> Evaluation.along(
                        new DesignProblem<>(game, scenarios.objective(), plan.solver(), plan.innerSteps()),
                        plan.method(),
                        theta,
                        Evaluation.last(plan.window(), plan.validationSteps()),
                        first.getManager(),
                        first.getDataType(),
                        null));
        return Evaluation.least(Evaluation.means(byGame));
    }
}
