package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import mfg.core.Tensors;

/** What a winner's surplus {@code x = value - payment} is worth to it. The forms of A4 to A6 are our reading of AMID. */
@FunctionalInterface
public interface Utility {

    /** Risk neutral: {@code x}. */
    Utility LINEAR = (h, surplus) -> surplus;

    /**
     * Evaluates the utility.
     *
     * @param h the round
     * @param surplus value minus payment, any shape; not modified
     * @return the utility, of the same shape
     */
    NDArray of(int h, NDArray surplus);

    /**
     * Risk aversion: {@code (1 - exp(-b x)) / b}.
     *
     * @param b how averse, positive
     * @return the utility
     */
    static Utility riskAverse(double b) {
        return (h, surplus) -> Tensors.times(Tensors.times(surplus, -b).exp().sub(1), -1 / b);
    }

    /**
     * Risk seeking: {@code (exp(b x) - 1) / b}.
     *
     * @param b how keen, positive
     * @return the utility
     */
    static Utility riskSeeking(double b) {
        return (h, surplus) -> Tensors.times(Tensors.times(surplus, b).exp().sub(1), 1 / b);
    }

    /**
     * Hyperbolic discounting: {@code x / (1 + lambda h)}.
     *
     * @param lambda the discount, nonnegative
     * @return the utility
     */
    static Utility hyperbolic(double lambda) {
        return (h, surplus) -> Tensors.times(surplus, 1 / (1 + lambda * h));
    }
}
