package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Policy iteration (Cacace, Camilli and Goffi 2021): everybody becomes greedy in the values {@code Q^pi} of what is played now,
 * not in the optimal ones. From the uniform policy. The iteration carries the policy's probabilities, (H, S, A).
 *
 * @param ties what to do where several actions are best
 */
@Named("policy-iteration")
@AutoService(Solver.class)
public record PolicyIteration(
        @Parameter(about = "what a greedy player does where several actions are best", value = "first")
        Ties ties) implements Solver {

    /** The first of the best actions. */
    public PolicyIteration() {
        this(Ties.FIRST);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        return Policy.uniform(game, manager, type).probabilities();
    }

    @Override
    public NDArray from(MeanFieldGame<?> game, Policy policy) {
        return policy.probabilities();
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray probabilities, NDArray k) {
        PopulationFlow<?> population = PopulationFlow.of(game, policy(probabilities), theta);
        return ties.greedy(Values.of(population, 0).q()).probabilities();
    }

    @Override
    public Policy policy(NDArray probabilities) {
        return Policy.of(probabilities);
    }

    @Override
    public boolean isStationary() {
        return true;
    }
}
