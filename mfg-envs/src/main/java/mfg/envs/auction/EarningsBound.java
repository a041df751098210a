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
        boolean curved = bidders.utility().curvature() != 0;
        boolean discounts = bidders.utility().discount() != 0;
        if (!curved && !discounts) {
            return bidders.areStill()
                    ? PriceBound.of(bidders)
                    : Math.min(WelfareBound.of(bidders), MovingBound.of(bidders));
        }
        if (bidders.comeBack()) {
            return Double.NaN; // they may pay more than a good is worth to them, to come back sooner
        }
        double welfare = WelfareBound.of(bidders);
        if (!bidders.areStill() || (curved && discounts)) {
            return welfare;
        }
        return Math.min(welfare, curved ? LotteryBound.of(bidders) : WaitingBound.of(bidders));
    }
}
