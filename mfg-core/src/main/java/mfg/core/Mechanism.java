package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import mfg.core.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * An auctioneer: sees how the population bids and what is left to sell, says how much is on offer and what each bid pays
 * (AMID Sec. 3, App. F).
 */
public interface Mechanism {

    /**
     * The terms of one round.
     *
     * @param goods the share of goods on offer, per capita, (1); the game sells at most what remains and what is bid for
     * @param payments what a winner pays with each bid, in units of value, (A)
     */
    record Offer(NDArray goods, NDArray payments) {}

    /**
     * Returns what theta consists of.
     *
     * @return the parameters in order; empty for a mechanism that cannot be designed
     */
    List<ParameterSpec> parameters();

    /**
     * Makes the offer of one round.
     *
     * @param h the round, from 0
     * @param bids the bid distribution {@code nu}, (A), nonnegative, sums to the active mass; not modified
     * @param remaining the goods left per capita, (1); not modified
     * @param theta the design parameters, in the order of {@link #parameters()}; not modified
     * @return the offer, owned by the manager of {@code bids}
     */
    Offer offer(int h, NDArray bids, NDArray remaining, NDList theta);

    /**
     * Returns the same mechanism on primitive arrays, with its derivative by hand: what the fast step needs. Without one the
     * engine differentiates {@link #offer}.
     *
     * @param <F> {@code float[]} or {@code double[]}
     * @param kernels the loops to compute with
     * @param theta the design parameters, read now; not modified
     * @return the mechanism at theta, or null if there is no such version
     */
    default <F> @Nullable MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return null;
    }

    /**
     * Makes parameters at which the mechanism sells at one price to those who accept it: a good start for a design.
     *
     * @param price what a winner pays, at least 0
     * @param fractions for mechanisms that do not see who accepts: the share of the remaining goods to offer in each round
     * @param theta the default start, one array a parameter in the order of {@link #parameters()}; modified where prices and
     *     offers depend on it
     * @return false if this mechanism cannot post a price, and theta is as it was
     */
    default boolean postPrice(double price, double[] fractions, List<double[]> theta) {
        return false;
    }
}
