package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameterized mean-field game {@code (S, A, H, mu0, P, R)} (AMID Def. 2): transition and reward of a round depend on
 * the population's state-action distribution {@code L[h]} in that round and on the design parameters {@code theta}.
 *
 * <p>A game is a pure function of its arguments. To be designed by gradient, {@link #round} must consist of differentiable
 * array operations.
 *
 * @param <R> what a round of this game remembers
 */
public interface MeanFieldGame<R extends Round> {

    /** What {@link #legal} adds to the value of an action that nobody may take: finite, so that {@code 0 * NEVER} is 0. */
    double NEVER = -1e12;

    /**
     * Returns the size of the game.
     *
     * @return rounds H, states S and actions A
     */
    GameShape shape();

    /**
     * Returns the initial state distribution {@code mu0}. A game of several populations has their states side by side, and each
     * population has mass 1: values and exploitability are then sums over populations.
     *
     * @return S nonnegative numbers that sum to 1, or to the number of populations
     */
    double[] initialStates();

    /**
     * Plays one round.
     *
     * @param h the round, 0 to H - 1
     * @param flow the state-action distribution {@code L[h]}, (S, A), nonnegative, sums to the mass of {@code mu0}; not modified
     * @param previous round {@code h - 1} of the same flow, or null in round 0
     * @param theta the design parameters, in the order of {@link #parameters()}; not modified
     * @return the round at this population
     */
    R round(int h, NDArray flow, @Nullable R previous, NDList theta);

    /**
     * Returns what theta consists of.
     *
     * @return the parameters in order; empty for a game without a designer
     */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /**
     * Rules out what is not legal, wherever values become a maximum or a policy: {@code q(s,a) + NEVER} where action a is not legal
     * in state s. In each state something is legal.
     *
     * @param values of actions, (S, A) or (H, S, A); not modified
     * @return the values with {@link #NEVER} added where an action is not legal; as they are by default
     */
    default NDArray legal(NDArray values) {
        return values;
    }

    /**
     * Keeps of the policy's entropies those that count as regularization. A state in which there is nothing to choose has
     * none, or idling there would be rewarded.
     *
     * @param entropy the entropy of a policy in each state, (S)
     * @return the entropies that count, (S); all of them by default
     */
    default NDArray countedEntropy(NDArray entropy) {
        return entropy;
    }

    /**
     * Says whether this is a stationary discounted game.
     *
     * @return how it goes on for ever, for a game of one round; empty, by default, for a game of H rounds
     */
    default Optional<Stationary> stationary() {
        return Optional.empty();
    }
}
