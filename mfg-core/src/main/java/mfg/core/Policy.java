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
     * Reads off a flow what everybody plays: {@code pi[h](a | s) = L[h](s,a) / mu[h](s)}, uniform where nobody is.
     *
     * @param flow {@code L}, (H, S, A); not modified
     * @return the policy
     */
    public static Policy shownBy(NDArray flow) {
        double actions = flow.getShape().get(2);
        NDArray mass = flow.sum(new int[] {-1}, true).add(UNVISITED);
        return of(flow.add(UNVISITED / actions).div(mass));
    }

    /**
     * Makes the uniform policy.
     *
     * @param shape the game's size
     * @param manager the owner
     * @param type the data type
     * @return the policy
     */
    public static Policy uniform(GameShape shape, NDManager manager, DataType type) {
        return of(Tensors.times(manager.ones(shape.policy(), type), 1.0 / shape.actions()));
    }
}
