package mfg.envs.auction;

/**
 * What no mechanism earns more than in an exact equilibrium of an auction. Which of the bounds holds depends on the bidders;
 * docs/bounds.md has the proofs.
 */
final class EarningsBound {

    private EarningsBound() {}

    /**
     * Bounds what any mechanism earns.
     *
     * @param auction whose bidders and goods
     * @param objective what the auctioneer wants
     * @return the bound; not a number where none is known
     */
    static double of(BatchedAuction auction, AuctionObjective objective) {
        Bidders bidders = Bidders.of(auction, objective);
        return bidders == null ? Double.NaN : of(bidders);
    }

    static double of(Bidders bidders) {
        Utility utility = bidders.utility();
        boolean still = bidders.areStill();
        if (utility.equals(Utility.LINEAR)) {
            return still ? PriceBound.of(bidders) : Math.min(WelfareBound.of(bidders), MovingBound.of(bidders));
        }
        if (bidders.comeBack()) {
            return Double.NaN; // they may pay more than a good is worth to them, to come back sooner
        }
        if (still && utility.discount() == 0) {
            return utility.curvature() > 0
                    ? PriceBound.of(bidders)
                    : Math.min(WelfareBound.of(bidders), LotteryBound.of(bidders));
        }
        return still && utility.curvature() == 0 ? WaitingBound.of(bidders) : WelfareBound.of(bidders);
    }
}
