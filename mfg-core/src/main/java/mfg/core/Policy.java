package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * A policy with the bonus that its regularizer pays.
 *
 * @param probabilities {@code pi[h](a | s)}, (H, S, A), rows sum to 1
 * @param entropy the regularizer of each row, (H, S): Shannon's entropy unless a {@link MirrorMap} says otherwise
 */
public record Policy(NDArray probabilities, NDArray entropy) {

    /** Mass below which a state counts as unvisited. */
    private static final double UNVISITED = 1e-30;

    /**
     * Makes a policy from its probabilities, with Shannon's entropy ({@code 0 log 0 = 0}).
     *
     * @param probabilities (H, S, A); not modified
     * @return the policy
     */
    public static Policy of(NDArray probabilities) {
        NDArray logarithm = probabilities.add(Float.MIN_NORMAL).log();
        return new Policy(
                probabilities, probabilities.mul(logarithm).sum(new int[] {-1}).neg());
    }

    /**
     * Reads off a flow what everybody plays: {@code pi[h](a | s) = L[h](s,a) / mu[h](s)}, uniform over what is legal
     * where nobody is.
     *
     * @param game the game
     * @param flow {@code L}, (H, S, A); not modified
     * @return the policy
     */
    public static Policy shownBy(MeanFieldGame<?> game, NDArray flow) {
        NDArray few = Tensors.times(
                uniform(game, flow.getManager(), flow.getDataType()).probabilities(), UNVISITED);
        NDArray mass = flow.sum(new int[] {-1}, true).add(UNVISITED);
        return of(flow.add(few).div(mass));
    }

    /**
     * Makes the policy that is uniform over legal actions.
     *
     * @param game the game
     * @param manager the owner
     * @param type the data type
     * @return the policy
     */
    public static Policy uniform(MeanFieldGame<?> game, NDManager manager, DataType type) {
        return of(game.legal(manager.zeros(game.shape().policy(), type)).softmax(-1));
    }

    /**
     * Returns logits of which this policy is the softmax.
     *
     * @param game what is played
     * @return logarithms of the probabilities, out of reach where an action is not legal, (H, S, A)
     */
    NDArray logits(MeanFieldGame<?> game) {
        return game.legal(probabilities.add(Float.MIN_NORMAL).log());
    }
}
