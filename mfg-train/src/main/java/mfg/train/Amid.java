package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import mfg.core.Round;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint gradient (AMID Alg. 1): after the forward iteration, {@code a = dG/dzeta, s = dG/dtheta} at {@code zeta_T};
 * then, for {@code t = T-1 .. 0}, {@code s += a · dF/dtheta} and {@code a = a · dF/dzeta} at {@code zeta_t}, which for a step
 * F of mirror descent is {@code s += eta * a · dq/dtheta} and {@code a = (1 - eta*tau) a + eta * a · dq/dzeta}; last, {@code s += a · dzeta_0/dtheta}, which is 0 under mirror descent. No graph ever spans two steps. Equals backpropagation through all T steps up to rounding.
 *
 * @param adjoint where the states come from on the way back
 * @param method how a step is computed and differentiated
 */
public record Amid(Adjoint adjoint, StepMethod method) implements GradientEstimator {

    /**
     * Computes with the fast step where there is one.
     *
     * @param adjoint where the states come from on the way back
     */
    public Amid(Adjoint adjoint) {
        this(adjoint, StepMethod.AUTO);
    }

    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        problem.requireDerivative();
        NDArray first = theta.head();
        try (EquilibriumStep<?> step = method.step(problem, theta, first.getManager(), first.getDataType())) {
            return pass(step, problem.steps(), adjoint);
        }
    }

    /**
     * Runs the iteration forward and the adjoint pass backward, for any implementation of a step.
     *
     * @param <Z> what holds a state
     * @param step the step, freshly made
     * @param steps T
     * @param adjoint where the states come from on the way back
     * @return objective and gradient; the caller closes it
     */
    public static <Z> Gradient pass(EquilibriumStep<Z> step, int steps, Adjoint adjoint) {
        WayBack<Z> back = new WayBack<>(step);
        adjoint.sweep(step, steps, back);
        step.pullbackStart(Objects.requireNonNull(back.cotangent));
        return step.gradient();
    }

    /** Pulls the cotangent back from state to state. */
    private static final class WayBack<Z> implements ObjIntConsumer<Z> {

        private final EquilibriumStep<Z> step;
        private @Nullable Z cotangent;

        WayBack(EquilibriumStep<Z> step) {
            this.step = step;
        }

        @Override
        public void accept(Z zeta, int t) {
            Z previous = cotangent;
            cotangent = previous == null ? step.objective(zeta) : step.pullback(zeta, t, previous);
        }
    }
}
