package mfg.envs.bids;

import java.util.List;
import java.util.function.Function;

/**
 * What the best reserve price would have earned with the bidders of a log, in the unit of bids.
 *
 * @param reserve the best reserve price of a second-price auction
 * @param reserveInterval where it lies
 * @param revenue what an auction with it is expected to earn
 * @param revenueInterval where that lies
 * @param withoutReserve what an auction without a reserve price is expected to earn
 * @param withoutInterval where that lies
 */
public record ReserveEstimate(
        double reserve,
        Interval reserveInterval,
        double revenue,
        Interval revenueInterval,
        double withoutReserve,
        Interval withoutInterval) {

    /**
     * Estimates it. The revenue's interval is that of the revenue of whichever reserve price is best in each resample.
     *
     * @param auctions the log
     * @param values how values are estimated from a log, such as {@code log -> new FirstPriceBids(log).distribution()};
     *     called by several threads at once
     * @param bidders how many the auction has, at least 1
     * @param unsold what a good that is not sold is worth to the seller, in the unit of bids
     * @param bootstrap how intervals are found
     * @return the estimate
     * @throws mfg.core.InvalidInputException if there is no auction or no bidder, or what the estimation of values throws
     */
    public static ReserveEstimate of(
            List<Auction> auctions,
            Function<List<Auction>, ValueDistribution> values,
            int bidders,
            double unsold,
            AuctionBootstrap bootstrap) {
        Function<List<Auction>, double[]> statistics = log -> {
            SecondPriceRevenue revenue = new SecondPriceRevenue(values.apply(log), bidders, unsold);
            double reserve = revenue.bestReserve();
            return new double[] {reserve, revenue.at(reserve), revenue.at(0)};
        };
        double[] estimate = statistics.apply(auctions);
        List<Interval> intervals = bootstrap.intervals(auctions, statistics);
        return new ReserveEstimate(
                estimate[0], intervals.get(0), estimate[1], intervals.get(1), estimate[2], intervals.get(2));
    }
}
