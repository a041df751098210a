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
 * Prior descent (Cui and Koeppl 2021): {@code pi <- q exp(Q* / eta) / Z} with the optimal values against the flow of pi and a prior q,
 * first uniform. After step i the prior becomes the new policy if {@code i + 1} is a multiple of {@code every}. The iteration carries
 * the logits of the prior and of the policy, (2, H, S, A).
 *
 * @param eta the temperature, positive
 * @param every how many steps a prior stays
 */
@Named("prior-descent")
@AutoService(Solver.class)
public record PriorDescent(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "1",
                above = 0)
        double eta,

        @Parameter(about = "the prior becomes the policy after every so many steps", value = "1", min = 1)
        int every)
        implements Solver {

    /** At temperature 1, with a new prior after each step. */
    public PriorDescent() {
        this(1, 1);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        NDArray uniform = game.legal(manager.zeros(game.shape().policy(), type));
        return NDArrays.stack(new NDList(uniform, uniform));
    }

    /** {@inheritDoc} It is the first prior, too. */
    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        NDArray logits = policy.logits(game);
        return NDArrays.stack(new NDList(logits, logits));
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(state), theta);
        NDArray optimal = BestResponse.plain(population).values().q();
        NDArray prior = state.get(0);
        NDArray latest = Tensors.times(optimal, 1 / eta).add(prior);
        NDArray isNewPrior =
                k.add(1).mod(every).eq(0).toType(state.getDataType(), false).stopGradient();
        return NDArrays.stack(new NDList(latest.sub(prior).mul(isNewPrior).add(prior), latest));
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
        return every == 1;
    }
}
