package mfg.eval.bids;

/**
 * What else is known of the good in an auction.
 *
 * @param name as in {@link Hints#covariates()}
 * @param column where it stands
 * @param logarithm whether that of the column is meant
 */
record Covariate(String name, AuctionColumn column, boolean logarithm) {

    /** Of an auction. */
    double number(int auction) {
        double number = column.number(auction);
        if (logarithm && number <= 0) {
            throw column.refusal(auction, BidLog.plain(number) + " has no logarithm; it must be positive");
        }
        return logarithm ? Math.log(number) : number;
    }
}
