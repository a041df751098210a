package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Fictitious play (Perrin et al. 2020): step k answers the averaged population with a best response and mixes the flow of
 * that response in with weight {@code 1/(k+1)}, so that policies are averaged by the mass that visits a state. From the
 * uniform policy. The iteration carries the averaged flow {@code L}, (H, S, A).
 *
 * @param tau the regularization of the best response, 0 for the plain one (ties to the first action)
 */
public record FictitiousPlay(double tau) implements Solver {

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return PopulationFlow.of(game, Policy.uniform(game.shape(), manager, type), theta)
                .stacked();
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray average, int k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(average), theta);
        Policy response =
                BestResponse.regularized(population, tau, MirrorMap.ENTROPY).policy();
        NDArray latest = PopulationFlow.of(game, response, theta).stacked();
        double weight = 1.0 / (k + 1);
        return Tensors.times(average, 1 - weight).add(Tensors.times(latest, weight));
    }

    @Override
    public Policy policy(NDArray average) {
        return Policy.shownBy(average);
    }

    /** A softmax response moves smoothly, a plain one jumps. */
    @Override
    public boolean isDifferentiable() {
        return tau > 0;
    }
}
