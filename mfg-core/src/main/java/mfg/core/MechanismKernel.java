package mfg.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * A {@link Mechanism} at one theta, on primitive arrays, with its derivative by hand. An object serves one gradient: it sums
 * what its {@link #pullback}s contribute to {@code dG/dtheta}. Its numbers are those of the mechanism up to rounding.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public interface MechanismKernel<F> extends AutoCloseable {

    /**
     * Returns how many numbers an offer must keep for its pullback.
     *
     * @return at least 0
     */
    int tapeLength();

    /**
     * Makes the offer of one round.
     *
     * @param h the round, from 0
     * @param bids the bid distribution {@code nu}, (A); not modified
     * @param remaining the goods left per capita
     * @param payments out: what a winner pays with each bid, (A)
     * @param tape out: what {@link #pullback} will want to know, from {@code at} on
     * @param at where it begins
     * @return the goods on offer, per capita
     */
    double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at);

    /**
     * Pulls cotangents of an offer back, and adds to the gradient by theta where that is wanted.
     *
     * @param h the round, as in {@link #offer}
     * @param bids as in {@link #offer}; not modified
     * @param remaining as in {@link #offer}
     * @param goodsBar the cotangent of the goods on offer
     * @param paymentsBar that of the payments, (A); not modified
     * @param bidsBar added to: the cotangent of the bids, (A)
     * @param tape what the offer left, from {@code at} on; not modified
     * @param at where it begins
     * @param sums whether to add to {@code dG/dtheta}
     * @return the cotangent of the remaining goods
     */
    double pullback(
            int h,
            double[] bids,
            double remaining,
            double goodsBar,
            double[] paymentsBar,
            double[] bidsBar,
            F tape,
            int at,
            boolean sums);

    /**
     * Returns what was summed since creation.
     *
     * @param manager the owner of the result
     * @return {@code dG/dtheta}, in the order of theta
     */
    NDList gradient(NDManager manager);

    /** Lets the next kernel of the same mechanism have its memory. */
    @Override
    default void close() {}
}
