package mfg.core;

import ai.djl.ndarray.NDArray;

/**
 * A round given by its reward and a transition kernel written out, which suits games with few states.
 *
 * @param flow the state-action distribution {@code L[h]}, (S, A)
 * @param reward the reward, (S, A)
 * @param kernel the transition probabilities, (S * A, S): row {@code s * A + a} is {@code P(. | s, a, L)}
 */
public record KernelRound(NDArray flow, NDArray reward, NDArray kernel) implements Round {

    @Override
    public NDArray next() {
        return flow.flatten().matMul(kernel);
    }

    @Override
    public NDArray continuation(NDArray value) {
        return value.mul(kernel).sum(new int[] {1}).reshape(flow.getShape());
    }
}
