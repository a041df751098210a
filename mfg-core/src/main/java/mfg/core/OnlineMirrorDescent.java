package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Online mirror descent in logits: {@code zeta <- (1 - eta*tau) zeta + eta * q(. | Lambda(pi), pi, theta)} for every round,
 * state and action at once, with {@code pi} read from {@code zeta} by the mirror map (AMID Sec. 3, App. D.6). From zeros, and from {@link
 * MeanFieldGame#NEVER} where an action is not legal.
 * A fixed point has {@code zeta = q / tau}, the regularized equilibrium.
 *
 * @param eta the step size, positive
 * @param tau the regularization, nonnegative, with {@code eta * tau < 1}
 * @param map the mirror map
 */
@Named("omd")
@AutoService(Solver.class)
public record OnlineMirrorDescent(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "1",
                above = 0)
        double eta,

        @Parameter(about = "entropy regularization; eta * tau < 1", value = "0", min = 0)
        double tau,

        @Parameter(about = "mirror map", value = "entropy") MirrorMap map)
        implements Solver {

    /**
     * Checks the step size.
     *
     * @throws InvalidInputException if the iteration is not defined for it
     */
    public OnlineMirrorDescent {
        if (!(eta > 0) || !(tau >= 0) || Double.isInfinite(eta) || !(eta * tau < 1)) {
            throw new InvalidInputException(
                    "mirror descent needs eta > 0, tau >= 0 and eta * tau < 1, not eta = %s and tau = %s"
                            .formatted(eta, tau));
        }
    }

    /**
     * Mirror descent with the entropy.
     *
     * @param eta the step size
     * @param tau the regularization
     */
    public OnlineMirrorDescent(double eta, double tau) {
        this(eta, tau, MirrorMap.ENTROPY);
    }

    /** In steps of 1, without regularization. */
    public OnlineMirrorDescent() {
        this(1, 0);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return game.legal(manager.zeros(game.shape().policy(), type));
    }

    /** {@inheritDoc} Only the entropy's mirror map can be inverted. */
    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        if (map != MirrorMap.ENTROPY) {
            throw new InvalidInputException("only mirror descent with --map entropy starts from a policy");
        }
        return policy.logits(game);
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray zeta, NDArray k) {
        PopulationFlow<?> flow = PopulationFlow.of(game, policy(zeta), theta);
        NDArray q = Values.of(flow, tau).q();
        return Tensors.times(zeta, 1 - eta * tau).add(Tensors.times(q, eta));
    }

    @Override
    public Policy policy(NDArray zeta) {
        return map.policy(zeta);
    }

    @Override
    public boolean isDifferentiable() {
        return true;
    }

    /** {@code 1 - eta * tau}. */
    @Override
    public double kept() {
        return 1 - eta * tau;
    }

    @Override
    public boolean isStationary() {
        return true;
    }
}
