package mfg.envs.beach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.InvalidInputException;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Tensors;

/**
 * Minus the congestion of a beach, {@code congestion = (1/H) sum_h sum_s softmax(beta * mu[h])(s) * mu[h](s)}: a smooth
 * maximum of the crowd over spots (AMID Sec. 4, our reading).
 *
 * @param <R> any kind of round
 * @param beta how sharp the maximum is, nonnegative; at 0 congestion is 1/K whatever happens
 */
public record Congestion<R extends Round>(double beta) implements Objective<R> {

    /** The default sharpness. With 1 the objective is nearly flat. */
    public static final double SHARPNESS = 100;

    /**
     * Checks the sharpness.
     *
     * @throws InvalidInputException if it is negative or infinite
     */
    public Congestion {
        if (!(beta >= 0) || Double.isInfinite(beta)) {
            throw new InvalidInputException("beta must be nonnegative, not " + beta);
        }
    }

    @Override
    public NDArray of(PopulationFlow<R> flow, NDList theta) {
        NDArray crowd = flow.stacked().sum(new int[] {2});
        NDArray weight = Tensors.times(crowd, beta).softmax(1);
        return Tensors.times(weight.mul(crowd).sum(), -1.0 / flow.rounds().size());
    }
}
