package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;
import mfg.core.InvalidInputException;

/**
 * The distribution of values from the prices of ascending auctions, or of second-price auctions of which only the price is known: the
 * price is the second highest value. So prices have the distribution {@code F_{n-1:n} = n F^(n-1) - (n-1) F^n}, which is inverted
 * (Athey and Haile 2002, Econometrica 70). Where numbers of bidders differ, F(v) is the number at which the expected share of
 * prices up to v, each with its own n, is the share in the log.
 */
public final class AscendingPrices {

    private AscendingPrices() {}

    /**
     * Estimates F. With the least number of bidders there may have been F is too low, with the greatest too high.
     *
     * @param auctions of one kind of good, each with the price as its highest bid
     * @return F, which steps up at prices
     * @throws InvalidInputException if there is no auction
     */
    public static ValueDistribution distribution(List<Auction> auctions) {
        return distribution(auctions, 0);
    }

    /** As above, of the prices and an increment. */
    static ValueDistribution distribution(List<Auction> auctions, double increment) {
        Auction.requireSome(auctions);
        double[] prices = Ascending.sorted(auctions.stream()
                .mapToDouble(auction -> Arrays.stream(auction.bids()).max().orElseThrow() + increment)
                .toArray());
        OrderStatistics second = new OrderStatistics(auctions, 2);
        double[] cumulative = new double[prices.length];
        double least = 0;
        for (int from = 0; from < prices.length; ) {
            int to = Ascending.upTo(prices, prices[from]);
            least = second.parent((double) to / prices.length, least);
            Arrays.fill(cumulative, from, to, least);
            from = to;
        }
        return new ValueDistribution(prices, cumulative);
    }
}
