package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Round;

/**
 * What incentive design maximizes: {@code G_T(theta) = g(theta, Lambda(softmax zeta_T | theta))}, where {@code zeta_T} is T
 * steps of online mirror descent from zeros (AMID Sec. 4).
 *
 * @param <R> the game's kind of round
 * @param game the game
 * @param objective g
 * @param descent the inner iteration
 * @param steps T, at least 1
 */
public record DesignProblem<R extends Round>(
        MeanFieldGame<R> game, Objective<R> objective, OnlineMirrorDescent descent, int steps) {

    /**
     * Checks the number of steps.
     *
     * @throws InvalidInputException if it is below 1
     */
    public DesignProblem {
        if (steps < 1) {
            throw new InvalidInputException("the inner iteration needs at least 1 step, not " + steps);
        }
    }

    /**
     * Evaluates {@code G_T(theta)}, without a derivative.
     *
     * @param theta the design; not modified
     * @param method how a step is computed
     * @return the objective after T steps
     */
    public double value(NDList theta, StepMethod method) {
        NDArray first = theta.head();
        try (EquilibriumStep<?> step = method.step(this, theta, first.getManager(), first.getDataType())) {
            return value(step);
        }
    }

    private <Z> double value(EquilibriumStep<Z> step) {
        Z start = step.start();
        Z end = Adjoint.advance(step, start, steps);
        double value = step.value(end);
        step.release(start);
        step.release(end);
        return value;
    }

    /** g at a dual variable, differentiable in both arguments; shape (). */
    NDArray objectiveAt(NDArray zeta, NDList theta) {
        return objective.of(PopulationFlow.of(game, descent.policy(zeta), theta));
    }
}
