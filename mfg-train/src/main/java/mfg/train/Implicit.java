package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Round;

/**
 * The implicit-function gradient of the equilibrium itself, the limit of AMID where the iteration converges (AMID Lemma 1):
 * solves {@code w = a + w · dF/dzeta} at {@code zeta_T} by Neumann iteration, memory independent of T. This is the adjoint
 * pass with every state replaced by the last, run until the cotangent is gone. Where the iteration has not converged, or
 * does not contract, it is not the gradient of anything.
 *
 * @param tolerance stop once the cotangent's norm is below this fraction of what it was, positive
 * @param iterations the most terms of the series
 * @param method how a step is computed and differentiated
 */
public record Implicit(double tolerance, int iterations, StepMethod method) implements GradientEstimator {

    /** A tolerance of 1e-6 and at most 20,000 terms. */
    public static final Implicit DEFAULT = new Implicit(1e-6, 20_000);

    /**
     * Computes with the fast step where there is one.
     *
     * @param tolerance stop once the cotangent's norm is below this fraction of what it was, positive
     * @param iterations the most terms of the series
     */
    public Implicit(double tolerance, int iterations) {
        this(tolerance, iterations, StepMethod.AUTO);
    }

    /**
     * Computes with a given method, to the tolerance of {@link #DEFAULT}.
     *
     * @param method how a step is computed and differentiated
     */
    public Implicit(StepMethod method) {
        this(DEFAULT.tolerance, DEFAULT.iterations, method);
    }

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of range
     */
    public Implicit {
        if (!(tolerance > 0) || iterations < 1) {
            throw new InvalidInputException(
                    "the implicit gradient needs a positive tolerance and number of iterations");
        }
    }

    /**
     * Estimates the gradient.
     *
     * @throws DivergedException if the series does not converge
     * @throws InvalidInputException if the iteration has no derivative, or its steps depend on their number
     */
    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        problem.requireDerivative();
        if (!problem.solver().isStationary()) {
            throw new InvalidInputException(
                    "the implicit gradient needs an iteration whose steps are all alike, such as mirror descent, not "
                            + problem.solver());
        }
        NDArray first = theta.head();
        try (EquilibriumStep<?> step = method.step(problem, theta, first.getManager(), first.getDataType())) {
            return solve(step, problem.steps());
        }
    }

    private <Z> Gradient solve(EquilibriumStep<Z> step, int steps) {
        Z fixedPoint = Adjoint.advance(step, step.start(), 0, steps);
        Z cotangent = step.objective(fixedPoint);
        double first = step.norm(cotangent);
        double size = first;
        for (int k = 0; size > tolerance * first; k++) {
            if (k == iterations || !(size < 1e6 * first)) {
                throw new DivergedException(
                        "the implicit gradient did not converge: after %d terms the cotangent is %.1e of its start; a larger tau or more inner steps help"
                                .formatted(k, size / first));
            }
            cotangent = step.pullback(fixedPoint, steps, cotangent);
            size = step.norm(cotangent);
        }
        return step.gradient();
    }
}
