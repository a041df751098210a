package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Fictitious play (Perrin et al. 2020): step k moves the population by the averaged policy, answers with a best response b, and
 * averages policies by the mass that visits a state, {@code pi <- ((1-w) mu pi + w mu_b b) / ((1-w) mu + w mu_b)} with {@code
 * w = 1/(k+1)} and the state masses {@code mu} and {@code mu_b} of the flows of pi and b; where nobody is, uniform. From the
 * uniform policy. The iteration carries the numerator, (H, S, A): where moves depend on the population it is not the flow of
 * pi, which each step computes afresh.
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
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray mixed, NDArray k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(mixed), theta);
        Policy response =
                BestResponse.regularized(population, tau, MirrorMap.ENTROPY).policy();
        NDArray latest = PopulationFlow.of(game, response, theta).stacked();
        NDArray weight = k.add(1).pow(-1);
        NDArray earlier = population.stacked();
        return earlier.add(latest.sub(earlier).mul(weight));
    }

    @Override
    public Policy policy(NDArray mixed) {
        return Policy.shownBy(mixed);
    }

    /** A softmax response moves smoothly, a plain one jumps. */
    @Override
    public boolean isDifferentiable() {
        return tau > 0;
    }
}
