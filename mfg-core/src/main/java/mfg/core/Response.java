package mfg.core;

import ai.djl.ndarray.NDArray;
import mfg.core.catalogue.Parameter;

/**
 * How one player answers a population: greedy in the optimal values {@code Q*}, {@code softmax(Q* / temperature)}, or the best
 * response of the game that is regularized by {@code tau}, whose values hold the entropies of later rounds.
 *
 * @param tau the regularization of the response, 0 for none
 * @param temperature of a softmax of the optimal values, 0 for greedy; not together with tau
 * @param ties what to do where several actions are best
 */
public record Response(
        @Parameter(about = "entropy regularization of the response", value = "0", min = 0)
        double tau,

        @Parameter(about = "the response is softmax(Q* / temperature); 0 is greedy", value = "0", min = 0)
        double temperature,

        @Parameter(about = "what a greedy player does where several actions are best", value = "first")
        Ties ties) {

    /**
     * Checks that the two go together.
     *
     * @throws InvalidInputException if the response were regularized twice
     */
    public Response {
        if (tau > 0 && temperature > 0) {
            throw new InvalidInputException("a response has tau or a temperature, not both: tau = %s, temperature = %s"
                    .formatted(tau, temperature));
        }
    }

    /**
     * Answers.
     *
     * @param flow the population
     * @return what the player plays
     */
    Policy to(PopulationFlow<?> flow) {
        if (tau > 0) {
            return BestResponse.regularized(flow, tau, MirrorMap.ENTROPY).policy();
        }
        NDArray optimal = BestResponse.plain(flow).values().q();
        return temperature > 0
                ? MirrorMap.ENTROPY.policy(Tensors.times(optimal, 1 / temperature))
                : ties.greedy(optimal);
    }

    /** Whether it moves smoothly with the population: a greedy one jumps. */
    boolean isDifferentiable() {
        return tau > 0 || temperature > 0;
    }
}
