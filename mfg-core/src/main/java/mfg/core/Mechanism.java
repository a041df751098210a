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
     * An offer that was seen, to learn from.
     *
     * @param h the round, from 0
     * @param bids the bid distribution that it answered, (A)
     * @param remaining the goods left per capita
     * @param goods those on offer, per capita
     * @param payments what a winner paid with each bid, (A)
     * @param weight how much it counts, positive
     */
    record Example(int h, double[] bids, double remaining, double goods, double[] payments, double weight) {}

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
     * Says whether {@link #offer offers} depend on the bids.
     *
     * @return true by default
     */
    default boolean seesBids() {
        return true;
    }

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
     * Tells what this mechanism does, if that is simple enough to be imitated by others.
     *
     * @return its terms; null for a mechanism that has none or whose terms depend on theta
     */
    default @Nullable Terms terms() {
        return null;
    }

    /**
     * Makes parameters at which the mechanism plays given terms, as nearly as it can: a start for a design.
     *
     * @param terms what to play, of as many rounds and bids
     * @param sales what came of them in some games, at least one; not modified
     * @param theta the default start, one array a parameter in the order of {@link #parameters()}; modified where payments and
     *     offers depend on it
     * @return false if this mechanism imitates nothing, and theta is as it was
     * @throws InvalidInputException if it cannot play these terms
     */
    default boolean imitate(Terms terms, List<Terms.Sale> sales, List<double[]> theta) {
        return false;
    }

    /**
     * Makes parameters at which the mechanism makes such offers, as nearly as it can.
     *
     * @param examples at least one; not modified
     * @param theta where to start, as in {@link #imitate}; modified
     * @return false if this mechanism does not learn from examples, and theta is as it was
     */
    default boolean fit(List<Example> examples, List<double[]> theta) {
        return false;
    }
}
