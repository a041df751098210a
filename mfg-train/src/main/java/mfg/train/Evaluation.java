package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.DivergedException;
import mfg.core.Exploitability;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Solver;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * What a design is worth after some steps of the inner iteration, and how far from equilibrium its population still is.
 *
 * @param steps the number of steps
 * @param objective {@code G} there
 * @param exploitability the plain exploitability there
 * @param regularizedExploitability the exploitability with the solver's regularizer there
 */
public record Evaluation(int steps, double objective, double exploitability, double regularizedExploitability) {

    /**
     * Sees the population on the way.
     *
     * @param <R> the game's kind of round
     */
    @FunctionalInterface
    public interface Observer<R extends Round> {

        /**
         * Called at each of the wanted numbers of steps.
         *
         * @param evaluation what was measured
         * @param flow the population, valid during the call
         */
        void observe(Evaluation evaluation, PopulationFlow<R> flow);
    }

    /**
     * Evaluates along one run of the inner iteration.
     *
     * @param <R> the game's kind of round
     * @param problem the problem, whose number of steps plays no role
     * @param method how a step is computed
     * @param theta the design; not modified
     * @param steps the numbers of steps at which to evaluate, increasing
     * @param manager where to compute; nothing stays in it
     * @param type float32 or float64
     * @param observer sees the population at each of them, for which the engine computes it; null for nobody
     * @return one evaluation each
     * @throws DivergedException if the objective or an exploitability is not finite
     */
    public static <R extends Round> List<Evaluation> along(
            DesignProblem<R> problem,
            StepMethod method,
            NDList theta,
            List<Integer> steps,
            NDManager manager,
            DataType type,
            @Nullable Observer<R> observer) {
        try (NDManager run = manager.newSubManager();
                EquilibriumStep<?> step = method.step(problem, theta, run, type)) {
            return along(step, problem, theta, steps, observer);
        }
    }

    private static <R extends Round, Z> List<Evaluation> along(
            EquilibriumStep<Z> step,
            DesignProblem<R> problem,
            NDList theta,
            List<Integer> steps,
            @Nullable Observer<R> observer) {
        List<Evaluation> evaluations = new ArrayList<>();
        Z state = step.start();
        int t = 0;
        for (int wanted : steps) {
            if (wanted > t) {
                Z reached = Adjoint.advance(step, state, t, wanted - t);
                step.release(state);
                state = reached;
                t = wanted;
            }
            Evaluation evaluation = observer == null ? step.evaluate(state, wanted) : null;
            evaluations.add(
                    evaluation != null
                            ? evaluation.checked()
                            : evaluate(problem, theta, step.read(state), wanted, observer));
        }
        return evaluations;
    }

    private static <R extends Round> Evaluation evaluate(
            DesignProblem<R> problem, NDList theta, NDArray zeta, int steps, @Nullable Observer<R> observer) {
        Solver solver = problem.solver();
        try (zeta;
                Scope scope = new Scope(zeta.getManager())) {
            NDList design = scope.in(theta);
            PopulationFlow<R> flow = PopulationFlow.of(problem.game(), solver.policy(scope.in(zeta)), design);
            Evaluation evaluation = new Evaluation(
                            steps,
                            Tensors.toDouble(problem.objective().of(flow, design)),
                            Exploitability.plain(flow),
                            Exploitability.regularized(flow, solver.tau(), solver.map()))
                    .checked();
            if (observer != null) {
                observer.observe(evaluation, flow);
            }
            return evaluation;
        }
    }

    /** What overflowed is worth nothing, and no design is the best by it. */
    private Evaluation checked() {
        if (!Double.isFinite(objective) || !Double.isFinite(exploitability + regularizedExploitability)) {
            throw new DivergedException(
                    "after %d steps of the inner iteration the objective is %s and the exploitability %s: no numbers to go by"
                            .formatted(steps, objective, exploitability));
        }
        return this;
    }

    /**
     * Averages evaluations at the same number of steps, over games.
     *
     * @param evaluations at least one
     * @return the mean of each figure
     */
    public static Evaluation mean(List<Evaluation> evaluations) {
        return new Evaluation(
                evaluations.get(0).steps,
                evaluations.stream()
                        .mapToDouble(Evaluation::objective)
                        .average()
                        .orElseThrow(),
                evaluations.stream()
                        .mapToDouble(Evaluation::exploitability)
                        .average()
                        .orElseThrow(),
                evaluations.stream()
                        .mapToDouble(Evaluation::regularizedExploitability)
                        .average()
                        .orElseThrow());
    }

    /**
     * Averages over games what was evaluated along the way.
     *
     * @param byGame at least one game, all at the same numbers of steps
     * @return the mean of each figure at each number of steps
     */
    public static List<Evaluation> means(List<List<Evaluation>> byGame) {
        return IntStream.range(0, byGame.get(0).size())
                .mapToObj(at -> mean(byGame.stream().map(game -> game.get(at)).toList()))
                .toList();
    }

    /**
     * Returns the last numbers of steps up to one.
     *
     * @param window how many, at least 1
     * @param steps the last, at least 1
     * @return increasing; fewer where there are not so many
     */
    public static List<Integer> last(int window, int steps) {
        return IntStream.rangeClosed(Math.max(1, steps - window + 1), steps)
                .boxed()
                .toList();
    }

    /**
     * Returns the evaluation of the least worth: what a design is surely worth whose population circles between states.
     *
     * @param evaluations at least one
     * @return one of them
     */
    public static Evaluation least(List<Evaluation> evaluations) {
        return Collections.min(evaluations, Comparator.comparingDouble(Evaluation::objective));
    }
}
