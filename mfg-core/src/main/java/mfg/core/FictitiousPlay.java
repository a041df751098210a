package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Fictitious play (Perrin et al. 2020): step k moves the population by the averaged policy, answers with a best response b, and
 * averages policies by the mass that visits a state, {@code pi <- ((1-w) mu pi + w mu_b b) / ((1-w) mu + w mu_b)} with {@code
 * w = 1/(k+1)} and the state masses {@code mu} and {@code mu_b} of the flows of pi and b; where nobody is, uniform over
 * legal actions. From the uniform policy. The iteration carries the policy's probabilities, (H, S, A), and each step computes
 * their flow afresh.
 *
 * @param tau the regularization of the best response, 0 for the plain one (ties to the first action)
 */
public record FictitiousPlay(double tau) implements Solver {

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return Policy.uniform(game, manager, type).probabilities();
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray probabilities, NDArray k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(probabilities), theta);
        Policy response =
                BestResponse.regularized(population, tau, MirrorMap.ENTROPY).policy();
        NDArray latest = PopulationFlow.of(game, response, theta).stacked();
        NDArray weight = k.add(1).pow(-1);
        NDArray earlier = population.stacked();
        NDArray mixed = earlier.add(latest.sub(earlier).mul(weight));
        return Policy.shownBy(game, mixed).probabilities();
    }

    @Override
    public Policy policy(NDArray probabilities) {
        return Policy.of(probabilities);
    }

    /** A softmax response moves smoothly, a plain one jumps. */
    @Override
    public boolean isDifferentiable() {
        return tau > 0;
    }
}
