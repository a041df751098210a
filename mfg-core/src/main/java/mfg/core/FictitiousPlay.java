package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Fictitious play (Perrin et al. 2020): step k moves the population by the averaged policy, answers with a best response b, and
 * averages policies by the mass that visits a state, {@code pi <- ((1-w) mu pi + w mu_b b) / ((1-w) mu + w mu_b)} with {@code
 * w = 1/(k+1)}, or a constant w (damped), and the state masses {@code mu} and {@code mu_b} of the flows of pi and b; where nobody
 * is, uniform over legal actions. From the uniform policy. The iteration carries the policy's probabilities, (H, S, A), and each
 * step computes their flow afresh.
 *
 * @param weight w of the latest response; 0 for {@code 1/(k+1)}
 * @param response how a player answers
 */
@Named("fictitious-play")
@AutoService(Solver.class)
public record FictitiousPlay(
        @Parameter(about = "constant weight of the latest response; 0 is 1/(k+1)", value = "0", min = 0, max = 1)
        double weight,

        Response response)
        implements Solver {

    /**
     * Averages all responses alike.
     *
     * @param tau the regularization of the best response, 0 for the plain one (ties to the first action)
     */
    public FictitiousPlay(double tau) {
        this(0, new Response(tau, 0, Ties.FIRST));
    }

    /** The plain one. */
    public FictitiousPlay() {
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
        PopulationFlow<?> population = PopulationFlow.of(game, policy(probabilities), theta);
        NDArray latest = PopulationFlow.of(game, response.to(population), theta).stacked();
        NDArray earlier = population.stacked();
        NDArray change = latest.sub(earlier);
        NDArray mixed = earlier.add(weight > 0 ? Tensors.times(change, weight) : change.div(k.add(1)));
        return Policy.shownBy(game, mixed).probabilities();
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
        return weight > 0;
    }
}
