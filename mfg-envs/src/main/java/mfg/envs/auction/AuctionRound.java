package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import mfg.core.Mechanism;
import mfg.core.Round;

/** What happens in one round of a {@link BatchedAuction}: everything that players, mechanism and objectives need of it. */
public final class AuctionRound implements Round {

    private final BatchedAuction auction;
    private final NDArray flow;
    private final NDArray bids;
    private final NDArray offered;
    private final NDArray goods;
    private final NDArray remaining;
    private final NDArray payments;
    private final NDArray winning;
    /** {@code pwin(a)} of those who take part, 0 in ⊥; (n + 1, A). */
    private final NDArray winningByState;

    private final NDArray reward;
    private final NDArray allocated;

    AuctionRound(BatchedAuction auction, int h, NDArray flow, NDArray available, Mechanism.Offer offer, NDArray bids) {
        this.auction = auction;
        this.flow = flow;
        this.bids = bids;
        this.offered = offer.goods();
        NDArray demand = bids.sum(new int[] {0}, true);
        this.goods = NDArrays.minimum(NDArrays.minimum(offer.goods(), available), demand);
        this.remaining = available.sub(goods);
        this.payments = offer.payments();
        this.winning = auction.allocation().winning(bids, goods, demand);
        this.winningByState = winning.mul(auction.active());
        NDArray surplus = payments.neg().add(auction.values());
        this.reward = auction.rules().utility().of(h, surplus).mul(winningByState);
        this.allocated = allocate();
    }

    /** {@code xi}: losers stay where they are, winners go to ⊥. Sums of nonnegative terms stay nonnegative. */
    private NDArray allocate() {
        NDArray losing = winning.neg().add(auction.allocation().ones());
        NDArray losers = flow.matMul(losing).mul(auction.activeStates());
        NDArray idle = flow.matMul(auction.allocation().ones()).mul(auction.outside());
        NDArray winners = winning.dot(bids).mul(auction.outside());
        return losers.add(idle).add(winners);
    }

    @Override
    public NDArray reward() {
        return reward;
    }

    @Override
    public NDArray next() {
        return auction.dynamics().next(allocated);
    }

    /** {@code pwin(a) W(⊥) + (1 - pwin(a)) W(s)}, written as a gain over losing; in ⊥ it is W(⊥). */
    @Override
    public NDArray continuation(NDArray value) {
        NDArray stay = auction.dynamics().continuation(value, allocated);
        NDArray leave = stay.dot(auction.outside());
        NDArray gain = stay.neg().add(leave);
        return winningByState.mul(gain.expandDims(1)).add(stay.expandDims(1));
    }

    /**
     * Returns the bid distribution {@code nu(a) = sum over active s of L(s,a)}.
     *
     * @return (A), sums to the active mass
     */
    public NDArray bids() {
        return bids;
    }

    /**
     * Returns the goods on offer, which may be more than there are or than bidders ask for.
     *
     * @return (1), per capita
     */
    public NDArray offered() {
        return offered;
    }

    /**
     * Returns the share of goods sold, {@code alpha_h}.
     *
     * @return (1), per capita
     */
    public NDArray goods() {
        return goods;
    }

    /**
     * Returns the goods left after this round.
     *
     * @return (1), per capita
     */
    public NDArray remaining() {
        return remaining;
    }

    /**
     * Returns what a winner pays with each bid.
     *
     * @return (A), in units of value
     */
    public NDArray payments() {
        return payments;
    }

    /**
     * Returns the probability of winning with each bid.
     *
     * @return {@code pwin}, (A)
     */
    public NDArray winning() {
        return winning;
    }

    /**
     * Returns what the auctioneer earns, {@code sum_a nu(a) pwin(a) p(a)}.
     *
     * @return shape (), per capita
     */
    public NDArray revenue() {
        return bids.mul(winning).dot(payments);
    }

    /**
     * Returns the value of the goods to those who get them, {@code sum_{s,a} L(s,a) pwin(a) s}.
     *
     * @return shape (), per capita
     */
    public NDArray welfare() {
        return flow.matMul(winning).dot(auction.stateValues());
    }
}
