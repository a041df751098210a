package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;

/**
 * Fixed-point iteration: everybody switches to a best response at once. Simple, and often it cycles. With a temperature it is
 * GMF-V (Guo et al. 2019), Boltzmann iteration of the best response. From the uniform policy. The iteration carries the policy's
 * probabilities, (H, S, A).
 *
 * @param response how everybody answers
 */
@Named("fixed-point")
@AutoService(Solver.class)
public record FixedPoint(Response response) implements Solver {

    /**
     * Answers with a best response.
     *
     * @param tau its regularization, 0 for the plain one (ties to the first action)
     */
    public FixedPoint(double tau) {
        this(new Response(tau, 0, Ties.FIRST));
    }

    /** The plain one. */
    public FixedPoint() {
        this(0);
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
        return response.to(PopulationFlow.of(game, policy(probabilities), theta))
                .probabilities();
    }

    @Override
    public Policy policy(NDArray probabilities) {
        return Policy.of(probabilities);
    }

    @Override
    public double tau() {
        return response.tau();
    }

    @Override
    public boolean isDifferentiable() {
        return response.isDifferentiable();
    }

    @Override
    public boolean isStationary() {
        return true;
    }
}
