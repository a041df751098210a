package mfg.train.auction;

import org.jspecify.annotations.Nullable;

/**
 * A dual variable of a batched auction on primitive arrays, or a cotangent of one. States are values only: in ⊥ there is
 * nothing to choose.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionState<F> {

    /** One table a round: logits in base 2 up to a constant of each row, or a cotangent. Null when forgotten. */
    @Nullable
    F table;

    /** By round and value: about the largest logit. Null for a cotangent. */
    @Nullable
    F peak;

    /** What happened under this policy. Null until a step was taken from it. */
    @Nullable
    AuctionTrace<F> trace;

    AuctionState(F table, @Nullable F peak) {
        this.table = table;
        this.peak = peak;
    }
}
