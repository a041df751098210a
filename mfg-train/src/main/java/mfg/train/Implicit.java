package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Round;

/**
 * The gradient of the equilibrium itself, the limit of AMID where the iteration converges (AMID Lemma 1). Brings the population
 * to rest, then solves {@code w = a + w · dF/dzeta}, with {@code a = dG/dzeta}, by {@link Gmres}; {@code dG/dtheta + w ·
 * dF/dtheta} is the gradient. Memory does not depend on the number of steps. Where the population is not at rest this is not the
 * gradient of anything: {@link Equilibrium#gap} tells how far it is.
 *
 * @param settling how the population is brought to rest
 * @param tolerance the residual of the linear system that will do, as a fraction of its right side; products of single
 *     precision are good to 1e-4, which is then the least
 * @param products the most products with the step's Jacobian; three to twelve are usual
 * @param method how a step is computed and differentiated
 */
public record Implicit(Settling settling, double tolerance, int products, StepMethod method)
        implements GradientEstimator {

    private static final double LEAST_OF_FLOATS = 1e-4;

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of range
     */
    public Implicit {
        if (!(tolerance > 0 && tolerance < 1) || products < 1) {
            throw new InvalidInputException(
                    "the implicit gradient needs a tolerance between 0 and 1, and at least one product");
        }
    }

    /**
     * Estimates the gradient.
     *
     * @throws DivergedException if the linear system has no solution within reach
     * @throws InvalidInputException if the iteration has no derivative, or its steps depend on their number
     */
    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        try (Equilibrium<?> equilibrium = settle(problem, theta)) {
            return gradient(equilibrium, theta);
        }
    }

    /** Brings the population to rest; the caller closes it. */
    Equilibrium<?> settle(DesignProblem<?> problem, NDList theta) {
        return Equilibrium.of(problem, theta, settling, method);
    }

    /** Differentiates at rest. */
    Gradient gradient(Equilibrium<?> equilibrium, NDList theta) {
        NDArray first = theta.head();
        double least = first.getDataType() == DataType.FLOAT64 ? 0 : LEAST_OF_FLOATS;
        return equilibrium.gradient(Math.max(tolerance, least), products);
    }
}
