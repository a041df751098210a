package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Munchausen mirror descent (Lauriere et al. 2022): {@code pi <- pi exp(eta Q^pi) / Z}. In exact arithmetic it is mirror descent
 * without regularization; it remembers the last policy and not the sum of all values, which is what a network can learn. From the
 * uniform policy. The iteration carries {@code log pi}, (H, S, A).
 *
 * @param eta the step size, positive
 */
@Named("munchausen")
@AutoService(Solver.class)
public record Munchausen(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "1",
                above = 0)
        double eta)
        implements Solver {

    /** In steps of 1. */
    public Munchausen() {
        this(1);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return game.legal(manager.zeros(game.shape().policy(), type)).logSoftmax(-1);
    }

    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        return policy.logits(game);
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray logarithm, NDArray k) {
        NDArray q =
                Values.of(PopulationFlow.of(game, policy(logarithm), theta), 0).q();
        return logarithm.add(Tensors.times(q, eta)).logSoftmax(-1);
    }

    @Override
    public Policy policy(NDArray logarithm) {
        return MirrorMap.ENTROPY.policy(logarithm);
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
