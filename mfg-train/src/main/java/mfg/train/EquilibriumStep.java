package mfg.train;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * One step of the inner iteration, {@code zeta_{t+1} = F_t(theta, zeta_t)}, with its vector-Jacobian product and that of the
 * objective (AMID Alg. 1). Under mirror descent zeta is the dual variable, and every step is {@code F(theta, zeta) = (1 -
 * eta*tau) zeta + eta * q(theta, zeta)}; under another {@link mfg.core.Solver} it is the solver's state. An object serves one
 * gradient: it sums what the products contribute to {@code dG_T/dtheta}.
 *
 * @param <Z> what holds a state or a cotangent of it
 */
public interface EquilibriumStep<Z> extends AutoCloseable {

    /**
     * Returns {@code zeta_0}.
     *
     * @return a new state
     */
    Z start();

    /**
     * Takes a step.
     *
     * @param zeta {@code zeta_t}; not modified
     * @param t the number of steps taken before
     * @return {@code zeta_{t+1}}, new
     */
    default Z next(Z zeta, int t) {
        return next(zeta, t, 1);
    }

    /**
     * Takes a longer or shorter step to the same fixed points, {@code zeta + stretch (F_t(theta, zeta) - zeta)}: under mirror
     * descent a step of size {@code stretch * eta}.
     *
     * @param zeta {@code zeta_t}; not modified
     * @param t the number of steps taken before
     * @param stretch how many times as long, positive; under mirror descent {@code stretch * eta * tau <= 1}
     * @return the next state, new
     */
    Z next(Z zeta, int t, double stretch);

    /**
     * Measures how far the policy moves from one state to another: {@code sum_{h,s} mu[h](s) sum_a |pi'[h](a | s) - pi[h](a |
     * s)|}, with the population of the first state.
     *
     * @param zeta a state; not modified
     * @param next another; not modified
     * @return between 0 and 2H
     */
    double move(Z zeta, Z next);

    /**
     * Evaluates the objective.
     *
     * @param zeta {@code zeta_T}; not modified
     * @return {@code g} there
     */
    double value(Z zeta);

    /**
     * Evaluates and differentiates the objective; adds {@code dg/dtheta} at fixed {@code zeta} to the sum.
     *
     * @param zeta {@code zeta_T}; not modified
     * @return the cotangent {@code a = dg/dzeta}, new
     */
    Z objective(Z zeta);

    /**
     * Pulls a cotangent back through the step from {@code zeta}; adds {@code a · dF_t/dtheta} to the sum.
     *
     * @param zeta {@code zeta_t}; not modified
     * @param t the number of steps taken before
     * @param cotangent {@code a} at {@code zeta_{t+1}}; used up, not to be released
     * @return {@code a · dF_t/dzeta} at {@code zeta_t}, perhaps in the same memory
     */
    Z pullback(Z zeta, int t, Z cotangent);

    /**
     * Prepares many products at one state, such as a linear solver needs.
     *
     * @param zeta where; neither modified nor released while the products are in use
     * @param t the number of steps taken before
     * @return the products there, good until something is pulled back through another state
     */
    Products<Z> products(Z zeta, int t);

    /**
     * The products {@code w · dF/dzeta} at one state in the form {@code D w + R P w}, where D is a number and P w are the few
     * numbers of w that a step reads: what is left of a linear solve is a system in P w.
     *
     * @param <Z> what holds a cotangent
     */
    interface Products<Z> {

        /**
         * Returns D.
         *
         * @return what part of a cotangent every product leaves as it is; 0 where {@code R P} is the whole product
         */
        double kept();

        /**
         * Reads of a cotangent what products depend on.
         *
         * @param cotangent w; not modified
         * @return {@code P w}, new
         */
        double[] read(Z cotangent);

        /**
         * Computes a product.
         *
         * @param read {@code P w}; not modified
         * @return {@code P R P w}, new
         */
        double[] times(double[] read);

        /**
         * Adds {@code w · dF/dtheta} to the sum.
         *
         * @param read {@code P w}; not modified
         */
        void settle(double[] read);
    }

    /**
     * Ends the way back; adds {@code a · dzeta_0/dtheta} to the sum, as where the iteration starts may depend on the design.
     *
     * @param cotangent {@code a} at {@code zeta_0}; used up, not to be released
     */
    void pullbackStart(Z cotangent);

    /**
     * Measures the population at a state.
     *
     * @param zeta {@code zeta_t}; not modified
     * @param t the number of steps taken
     * @return objective and exploitabilities; null where the engine has to measure what {@link #read} gives
     */
    default @Nullable Evaluation evaluate(Z zeta, int t) {
        return null;
    }

    /**
     * Frees a state or cotangent.
     *
     * @param zeta not to be used again
     */
    void release(Z zeta);

    /**
     * Returns what was summed since creation.
     *
     * @return objective and gradient; the caller closes it
     */
    Gradient gradient();

    /**
     * Reads a state as the solver defines it; a dual variable up to a constant of each row.
     *
     * @param zeta a state or cotangent; not modified
     * @return the state, under mirror descent (H, S, A), owned by the manager of theta
     */
    NDArray read(Z zeta);

    /** Frees everything but the gradient and what was read. */
    @Override
    void close();
}
