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

    /** g at a dual variable, differentiable in both arguments; shape (). */
    NDArray objectiveAt(NDArray zeta, NDList theta) {
        return objective.of(PopulationFlow.of(game, descent.policy(zeta), theta));
    }
}
