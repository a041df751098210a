package mfg.envs.bids;

import java.util.List;
import mfg.core.InvalidInputException;

/** Values behind the sealed bids of second-price auctions: everybody bids the own value (Vickrey 1961). */
public final class SecondPriceBids {

    private SecondPriceBids() {}

    /**
     * All that bids say.
     *
     * @param auctions of one kind of good, each with a bid of every bidder; where only prices are known see {@link AscendingPrices}
     * @return the bids as values
     * @throws InvalidInputException if there is no auction or bids are missing
     */
    public static BidValues estimate(List<Auction> auctions) {
        Auction.requireAllBids(auctions);
        double[][] values =
                auctions.stream().map(auction -> auction.bids().clone()).toArray(double[][]::new);
        return new BidValues(values, ValueDistribution.of(Ascending.bids(auctions)), 0, List.of(), List.of());
    }
}
