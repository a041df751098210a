package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Boltzmann policy iteration (Cui and Koeppl 2021): {@code pi <- softmax(eta Q^pi)}, with the values of what is played now. From the
 * uniform policy. The iteration carries the logits, (H, S, A).
 *
 * @param eta the inverse temperature, positive
 */
@Named("boltzmann")
@AutoService(Solver.class)
public record BoltzmannIteration(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "1",
                above = 0)
        double eta)
        implements Solver {

    /** At temperature 1. */
    public BoltzmannIteration() {
        this(1);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return game.legal(manager.zeros(game.shape().policy(), type));
    }

    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        return policy.logits(game);
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray logits, NDArray k) {
        return Tensors.times(
                Values.of(PopulationFlow.of(game, policy(logits), theta), 0).q(), eta);
    }

    @Override
    public Policy policy(NDArray logits) {
        return MirrorMap.ENTROPY.policy(logits);
    }

    @Override
    public boolean isDifferentiable() {
        return true;
    }

    @Override
    public boolean isStationary() {
        return true;
    }
}
