package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;

/**
 * The values of a policy in a fixed flow, backward from {@code V[H] = 0}: {@code q[h](s,a) = R[h](s,a,L[h]) + sum_{s'}
 * P[h](s'|s,a,L[h]) V[h+1](s')} and {@code V[h](s) = sum_a pi[h](a|s) q[h](s,a) + tau * entropy(pi[h](.|s))}. So
 * {@code q} excludes the entropy of its own round and includes that of later ones. Where an action is not {@link
 * MeanFieldGame#legal legal}, q is out of reach.
 *
 * @param q the action values, (H, S, A)
 * @param initial {@code V[0]}, (S)
 */
public record Values(NDArray q, NDArray initial) {

    /**
     * Values what the population itself plays.
     *
     * @param flow the population
     * @param tau the regularization, 0 for plain values
     * @return the values of {@code flow.policy()}
     */
    public static Values of(PopulationFlow<?> flow, double tau) {
        return of(flow, flow.policy(), tau);
    }

    /**
     * Values another policy of one player among this population.
     *
     * @param flow the population
     * @param policy what the player plays; not modified
     * @param tau the regularization, 0 for plain values
     * @return the values of the policy
     */
    public static Values of(PopulationFlow<?> flow, Policy policy, double tau) {
        List<NDArray> probabilities = PopulationFlow.split(policy.probabilities());
        List<NDArray> bonuses = tau > 0 ? PopulationFlow.split(Tensors.times(policy.entropy(), tau)) : List.of();
        return backward(flow, (h, q) -> {
            NDArray earned = probabilities.get(h).mul(q).sum(new int[] {1});
            return tau > 0 ? earned.add(flow.game().countedEntropy(bonuses.get(h))) : earned;
        });
    }

    /** How a state is valued, given the values of its actions in round h. */
    interface StateValue {
        NDArray of(int h, NDArray q);
    }

    /** The recursion that every kind of value shares. */
    static Values backward(PopulationFlow<?> flow, StateValue stateValue) {
        int rounds = flow.rounds().size();
        NDArray[] q = new NDArray[rounds];
        q[rounds - 1] = flow.game().legal(flow.rounds().get(rounds - 1).reward());
        NDArray value = stateValue.of(rounds - 1, q[rounds - 1]);
        Optional<Stationary> stationary = flow.game().stationary();
        if (stationary.isPresent()) {
            return endless(flow, stationary.get(), stateValue, q[0], value);
        }
        for (int h = rounds - 2; h >= 0; h--) {
            Round round = flow.rounds().get(h);
            q[h] = flow.game().legal(round.continuation(value).add(round.reward()));
            value = stateValue.of(h, q[h]);
        }
        return new Values(NDArrays.stack(new NDList(q)), value);
    }

    private static Values endless(
            PopulationFlow<?> flow, Stationary stationary, StateValue stateValue, NDArray first, NDArray after) {
        Round round = flow.rounds().get(0);
        NDArray q = first;
        NDArray value = after;
        for (int sweep = 1; sweep < stationary.sweeps(); sweep++) {
            NDArray later = Tensors.times(round.continuation(value), stationary.discount());
            q = flow.game().legal(later.add(round.reward()));
            value = stateValue.of(0, q);
        }
        return new Values(q.expandDims(0), value);
    }

    /**
     * Returns the value of the game to a player drawn from the population, {@code V(L, pi) = sum_s mu[0](s) V[0](s)}.
     *
     * @param flow the population
     * @return the value
     */
    public double total(PopulationFlow<?> flow) {
        double[] value = Tensors.toDoubles(initial);
        double[] states = flow.game().stationary().isPresent()
                ? Tensors.toDoubles(flow.states(0))
                : flow.game().initialStates();
        double total = 0;
        for (int s = 0; s < states.length; s++) {
            total += states[s] * value[s];
        }
        return total;
    }
}
