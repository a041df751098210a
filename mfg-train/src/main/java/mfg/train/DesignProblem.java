package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.DescentSolver;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Solver;
import mfg.core.Tensors;

/**
 * What incentive design maximizes: {@code G_T(theta) = g(theta, Lambda(pi_T | theta))}, where {@code pi_T} is the policy after
 * T steps of a solver. In AMID that is online mirror descent, {@code pi_T = softmax zeta_T} (Sec. 4).
 *
 * @param <R> the game's kind of round
 * @param game the game
 * @param objective g
 * @param solver the inner iteration
 * @param steps T, at least 1
 */
public record DesignProblem<R extends Round>(MeanFieldGame<R> game, Objective<R> objective, Solver solver, int steps) {

    /**
     * Checks the inner iteration.
     *
     * @throws InvalidInputException if it takes no step, needs gradients of its own, or the game has no end
     */
    public DesignProblem {
        if (solver instanceof DescentSolver || game.stationary().isPresent()) {
            throw new InvalidInputException(
                    "designs need a game of finitely many rounds, and a solver that steps without gradients of its own, such as mirror descent");
        }
        if (steps < 1) {
            throw new InvalidInputException("the inner iteration needs at least 1 step, not " + steps);
        }
    }

    /**
     * Refuses an inner iteration through which there is no gradient.
     *
     * @throws InvalidInputException if the solver's step is not differentiable
     */
    public void requireDerivative() {
        if (!solver.isDifferentiable()) {
            throw new InvalidInputException(
                    "there is no gradient through %s, whose players jump from one best action to another; take tau > 0"
                            .formatted(solver));
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
        Z end = Adjoint.advance(step, start, 0, steps);
        double value = step.value(end);
        step.release(start);
        step.release(end);
        return value;
    }

    /** How far the policy moves from one state of the iteration to another, weighted by the population of the first. */
    double move(NDArray zeta, NDArray next, NDList theta) {
        try (Scope scope = new Scope(zeta.getManager())) {
            Policy policy = solver.policy(scope.in(zeta));
            Policy other = solver.policy(scope.in(next));
            PopulationFlow<R> flow = PopulationFlow.of(game, policy, scope.in(theta));
            double move = 0;
            for (int h = 0; h < game.shape().rounds(); h++) {
                NDArray moved =
                        other.probabilities().get(h).sub(flow.policy(h)).abs().sum(new int[] {1});
                move += Tensors.toDouble(flow.states(h).mul(moved).sum());
            }
            return move;
        }
    }

    /** g at a state of the iteration, differentiable in both arguments; shape (). */
    NDArray objectiveAt(NDArray zeta, NDList theta) {
        return objective.of(PopulationFlow.of(game, solver.policy(zeta), theta), theta);
    }
}
