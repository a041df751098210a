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

    /** Whether this is a cotangent, and so {@link AuctionModel#scale}d. */
    final boolean cotangent;

    /** What happened under this policy. Null until somebody asks, and then the step that makes the table is taken, too. */
    @Nullable
    AuctionTrace<F> trace;

    /** The step that leads here, until it is taken. */
    @Nullable
    Step<F> step;

    /** The latest state to which a step leads from here. */
    @Nullable
    AuctionState<F> next;

    /**
     * A step still to be taken.
     *
     * @param from the table that it starts from, perhaps the one that it ends in
     * @param trace what happened there
     * @param stretch how many times as long it is
     */
    record Step<F>(F from, AuctionTrace<F> trace, double stretch) {}

    AuctionState(F table, @Nullable Step<F> step) {
        this.table = table;
        this.step = step;
        this.cotangent = step == null;
    }
}
