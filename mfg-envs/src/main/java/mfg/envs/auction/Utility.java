package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import mfg.core.InvalidInputException;
import mfg.core.Tensors;

/**
 * What a winner's surplus {@code x = value - payment} is worth to it: {@code u_h(x) = (e^(kx) - 1) / k / (1 + lambda h)}, of
 * constant absolute risk aversion {@code -k} and discounted hyperbolically; {@code x / (1 + lambda h)} for {@code k = 0}. The
 * forms of A4 to A6 are our reading of AMID.
 *
 * <p>It falls into parts that know the value s or the payment p only, which is what makes a fast step possible: {@code
 * u_h(s - p) = level(h, s) + weight(h, s) cost(p)}.
 *
 * @param curvature k, negative for the risk averse, positive for the risk seeking
 * @param discount lambda, nonnegative
 */
public record Utility(double curvature, double discount) {

    /** Risk neutral: {@code x}. */
    public static final Utility LINEAR = new Utility(0, 0);

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if they are not finite or the discount is negative
     */
    public Utility {
        if (!Double.isFinite(curvature) || !(discount >= 0) || Double.isInfinite(discount)) {
            throw new InvalidInputException("a utility needs a finite curvature and a discount of at least 0, not "
                    + curvature + " and " + discount);
        }
    }

    /**
     * Risk aversion: {@code (1 - exp(-b x)) / b}.
     *
     * @param b how averse, positive
     * @return the utility
     */
    public static Utility riskAverse(double b) {
        return new Utility(-b, 0);
    }

    /**
     * Risk seeking: {@code (exp(b x) - 1) / b}.
     *
     * @param b how keen, positive
     * @return the utility
     */
    public static Utility riskSeeking(double b) {
        return new Utility(b, 0);
    }

    /**
     * Hyperbolic discounting: {@code x / (1 + lambda h)}.
     *
     * @param lambda the discount, nonnegative
     * @return the utility
     */
    public static Utility hyperbolic(double lambda) {
        return new Utility(0, lambda);
    }

    /**
     * Evaluates the utility.
     *
     * @param h the round
     * @param surplus value minus payment, any shape; not modified
     * @return the utility, of the same shape
     */
    public NDArray of(int h, NDArray surplus) {
        NDArray gain = curvature == 0
                ? surplus
                : Tensors.times(Tensors.times(surplus, curvature).exp().sub(1), 1 / curvature);
        return discount == 0 ? gain : Tensors.times(gain, factor(h));
    }

    private double factor(int h) {
        return 1 / (1 + discount * h);
    }

    /**
     * Returns the part of the utility that no payment changes.
     *
     * @param h the round
     * @param value s
     * @return {@code level(h, s)}
     */
    public double level(int h, double value) {
        return factor(h) * (curvature == 0 ? value : -1 / curvature);
    }

    /**
     * Returns how the cost of a payment counts.
     *
     * @param h the round
     * @param value s
     * @return {@code weight(h, s)}
     */
    public double weight(int h, double value) {
        return factor(h) * (curvature == 0 ? -1 : Math.exp(curvature * value) / curvature);
    }

    /**
     * Returns the cost of a payment.
     *
     * @param payment p
     * @return {@code cost(p)}
     */
    public double cost(double payment) {
        return curvature == 0 ? payment : Math.exp(-curvature * payment);
    }

    /**
     * Returns how fast the cost rises.
     *
     * @param payment p
     * @return the derivative of {@link #cost}
     */
    public double costSlope(double payment) {
        return curvature == 0 ? 1 : -curvature * Math.exp(-curvature * payment);
    }
}
