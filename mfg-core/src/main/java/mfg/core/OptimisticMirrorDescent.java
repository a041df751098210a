package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Optimistic mirror descent (Rakhlin and Sridharan 2013): {@code zeta <- zeta + eta Q^pi}, {@code pi = softmax(zeta + eta Q^pi)}, the
 * last values counted twice as a guess of the next ones. Where players chase each other it comes to rest and mirror descent does not.
 * From the uniform policy. The iteration carries zeta and the logits of pi, (2, H, S, A).
 *
 * @param eta the step size, positive
 */
@Named("optimistic-omd")
@AutoService(Solver.class)
public record OptimisticMirrorDescent(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "1",
                above = 0)
        double eta)
        implements Solver {

    /** In steps of 1. */
    public OptimisticMirrorDescent() {
        this(1);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return twice(game.legal(manager.zeros(game.shape().policy(), type)));
    }

    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        return twice(policy.logits(game));
    }

    private static NDArray twice(NDArray logits) {
        return NDArrays.stack(new NDList(logits, logits));
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k) {
        NDArray q = Values.of(PopulationFlow.of(game, policy(state), theta), 0).q();
        NDArray change = Tensors.times(q, eta);
        NDArray zeta = state.get(0).add(change);
        return NDArrays.stack(new NDList(zeta, zeta.add(change)));
    }

    @Override
    public Policy policy(NDArray state) {
        return MirrorMap.ENTROPY.policy(state.get(1));
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
