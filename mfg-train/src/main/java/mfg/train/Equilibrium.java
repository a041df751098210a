package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Solver;

/**
 * A population at rest under a design, and the derivative there. It holds the memory of a step until it is closed.
 *
 * @param <Z> what holds a state
 */
public final class Equilibrium<Z> implements AutoCloseable {

    /** A gradient that is worse than this is none. */
    private static final double MOST_RESIDUAL = 0.01;

    private final EquilibriumStep<Z> step;
    private final Settling.Settled<Z> settled;
    private final double value;

    private Equilibrium(EquilibriumStep<Z> step, double kept, Settling settling) {
        this.step = step;
        this.settled = settling.run(step, 1 - kept);
        this.value = step.value(settled.state());
    }

    /**
     * Brings a population to rest.
     *
     * @param problem the problem, whose number of steps plays no role
     * @param theta the design; not modified, and not to be modified before this is closed
     * @param settling how
     * @param method how a step is computed
     * @return where it ended; the caller closes it
     * @throws InvalidInputException if the solver's steps have no fixed point that can be differentiated
     */
    public static Equilibrium<?> of(DesignProblem<?> problem, NDList theta, Settling settling, StepMethod method) {
        problem.requireDerivative();
        require(problem.solver());
        double kept = problem.solver().kept();
        NDArray first = theta.head();
        EquilibriumStep<?> step = method.step(problem, theta, first.getManager(), first.getDataType());
        try {
            return new Equilibrium<>(step, kept, settling);
        } catch (RuntimeException | Error e) {
            step.close();
            throw e;
        }
    }

    /**
     * Sees whether there is an equilibrium to differentiate.
     *
     * @param solver how the population learns
     * @throws InvalidInputException if its steps have no fixed point that can be differentiated
     */
    public static void require(Solver solver) {
        if (!solver.isStationary()) {
            throw new InvalidInputException(
                    "the implicit gradient needs a solver whose steps are all alike, such as mirror descent; --method amid differentiates others");
        }
        if (!(solver.kept() < 1)) {
            throw new InvalidInputException(
                    "the implicit gradient needs a regularization tau > 0, without which the population comes to no rest");
        }
    }

    /**
     * Returns the objective there.
     *
     * @return not a number where the iteration overflowed
     */
    public double value() {
        return value;
    }

    /**
     * Returns how far the policy still is from rest.
     *
     * @return the {@link Settling.Settled#gap gap}
     */
    public double gap() {
        return settled.gap();
    }

    /**
     * Returns how many steps it took.
     *
     * @return at least 1
     */
    public int steps() {
        return settled.steps();
    }

    /**
     * Differentiates; to be called once.
     *
     * @param tolerance the residual of the linear system that will do, as a fraction of its right side
     * @param products the most products with the step's Jacobian
     * @return objective and gradient, and how they were found; the caller closes it
     * @throws DivergedException if the linear system has no solution within reach
     */
    Gradient gradient(double tolerance, int products) {
        Z zeta = settled.state();
        Z cotangent = step.objective(zeta);
        EquilibriumStep.Products<Z> product = step.products(zeta, settled.steps());
        double[] right = product.read(cotangent);
        step.release(cotangent);
        double rest = 1 - product.kept();
        Gmres solution = Gmres.solve(u -> minus(u, rest, product.times(u)), right, tolerance, products);
        if (!(solution.residual() <= MOST_RESIDUAL)) {
            throw new DivergedException(
                    "the implicit gradient found no solution: the residual after %d products is %.1e of its start; a larger tau may help"
                            .formatted(solution.products(), solution.residual()));
        }
        product.settle(solution.x());
        return step.gradient().at(new Rest(gap(), steps(), solution.products(), solution.residual()));
    }

    /** {@code factor u - product}, in place of the product. */
    private static double[] minus(double[] u, double factor, double[] product) {
        for (int i = 0; i < u.length; i++) {
            product[i] = factor * u[i] - product[i];
        }
        return product;
    }

    @Override
    public void close() {
        step.release(settled.state());
        step.close();
    }
}
