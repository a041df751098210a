package mfg.core;

import ai.djl.ndarray.NDArray;

/**
 * The best that one player can do in a fixed flow.
 *
 * @param values its action values {@code q}, (H, S, A), and state values
 * @param policy a policy that attains them
 */
public record BestResponse(Values values, Policy policy) {

    /**
     * Finds the plain best response, {@code V[h](s) = max_a q[h](s,a)}, ties to the first action.
     *
     * @param flow the population
     * @return the best response
     */
    public static BestResponse plain(PopulationFlow<?> flow) {
        Values values = Values.backward(flow, (h, q) -> q.max(new int[] {1}));
        NDArray q = values.q();
        NDArray greedy = q.argMax(-1).oneHot(flow.game().shape().actions(), q.getDataType());
        return new BestResponse(values, Policy.of(greedy));
    }

    /**
     * Finds the regularized best response {@code softmax(q / tau)} with {@code V[h](s) = tau * log sum_a exp(q[h](s,a) /
     * tau)}, or the same for another mirror map.
     *
     * @param flow the population
     * @param tau the regularization; 0 gives the plain best response
     * @param map the mirror map of the regularizer
     * @return the best response
     */
    public static BestResponse regularized(PopulationFlow<?> flow, double tau, MirrorMap map) {
        if (tau == 0) {
            return plain(flow);
        }
        Values values = Values.backward(flow, (h, q) -> {
            // the value is attained, so it is the value of the maximizer: exact for every mirror map
            Policy best = map.policy(Tensors.times(q, 1 / tau));
            NDArray bonus = flow.game().countedEntropy(Tensors.times(best.entropy(), tau));
            return best.probabilities().mul(q).sum(new int[] {1}).add(bonus);
        });
        return new BestResponse(values, map.policy(Tensors.times(values.q(), 1 / tau)));
    }
}
