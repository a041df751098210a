package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Fixed-point iteration: everybody switches to a best response at once. Simple, and often it cycles. From the uniform
 * policy. The iteration carries the policy's probabilities, (H, S, A).
 *
 * @param tau the regularization of the best response, 0 for the plain one (ties to the first action)
 */
public record FixedPoint(double tau) implements Solver {

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return Policy.uniform(game, manager, type).probabilities();
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray probabilities, NDArray k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(probabilities), theta);
        return BestResponse.regularized(population, tau, MirrorMap.ENTROPY)
                .policy()
                .probabilities();
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

    @Override
    public boolean isStationary() {
        return true;
    }
}
