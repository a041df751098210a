package mfg.eval.design;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import mfg.core.InvalidInputException;
import mfg.envs.bids.AuctionBootstrap;
import mfg.envs.bids.BidRule;
import mfg.envs.bids.ValueDistribution;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.Bidding;
import mfg.eval.bids.HighestBids;
import mfg.eval.bids.LogMarket;
import mfg.eval.io.Text;

/**
 * Bidders' values on a grid, from a log: each one's value in an auction is taken to be the highest bid made there, or estimated from
 * it by the rule of the auction.
 *
 * @param counts how many bidders have each value
 * @param report how that came about, in one line
 */
public record ValueEstimate(List<Double> counts, String report) {

    private static final AuctionBootstrap NO_RESAMPLES = new AuctionBootstrap(2, 0.9, 1, 1);

    /**
     * Counts bidders on the grid {@code {0, .., n-1}/n}: a value {@code v} counts for the highest grid value that
     * {@code v / scale} reaches.
     *
     * @param n the number of values
     * @param scale which bid has the value 1: {@code max}, {@code quantile:Q} or a number, in the log's units
     * @throws InvalidInputException if the scale is none
     */
    static ValueEstimate of(BidLog log, int n, String scale) {
        double[] values = HighestBids.of(log).bids();
        Arrays.sort(values);
        BigDecimal one = one(log, share -> quantile(values, share), scale);
        double[] counts = new double[n];
        int from = 0;
        for (int to = 1; to <= values.length; to++) {
            if (to == values.length || values[to] != values[from]) {
                BigDecimal cell = BigDecimal.valueOf(values[from])
                        .multiply(BigDecimal.valueOf(n))
                        .divideToIntegralValue(one); // exact: a tie is one
                counts[cell.min(BigDecimal.valueOf(n - 1)).intValue()] += to - from;
                from = to;
            }
        }
        long clipped = Arrays.stream(values)
                .filter(value -> value >= one.doubleValue())
                .count();
        String each = log.bidderNames().isEmpty()
                ? "one a row"
                : "the highest bid of each bidder" + (log.auctionNames().isEmpty() ? "" : " in each auction");
        String report = "%s; %s, %s; scale %s (%s), with %d at or above it counted at the top of the grid"
                .formatted(
                        log.summary(),
                        Text.count(values.length, "values"),
                        each,
                        one.stripTrailingZeros().toPlainString(),
                        scale,
                        clipped);
        return new ValueEstimate(DoubleStream.of(counts).boxed().toList(), report);
    }

    /**
     * The same where bids are no values, but tell of them.
     *
     * @param bidding how they came about
     * @throws InvalidInputException if the scale is none, or the log does not suffice
     */
    static ValueEstimate of(BidLog log, Bidding bidding, int n, String scale) {
        LogMarket market = new LogMarket(log, bidding, NO_RESAMPLES);
        ValueDistribution values = market.estimate(0).values();
        double one = one(log, share -> BigDecimal.valueOf(values.quantile(share.doubleValue())), scale)
                .doubleValue();
        double[] counts = new double[n];
        Arrays.setAll(
                counts,
                a -> (a == n - 1 ? 1 : values.below(one * (a + 1) / n)) - (a == 0 ? 0 : values.below(one * a / n)));
        String report = "%s; values behind %s of %s; scale %s (%s)"
                .formatted(
                        log.summary(),
                        bidding.bidsAre() == BidRule.VALUES ? "bids" : bidding.bidsAre() + " bids",
                        Text.count(market.log().all().size(), "auctions"),
                        new BigDecimal(one)
                                .round(new MathContext(6))
                                .stripTrailingZeros()
                                .toPlainString(),
                        scale);
        return new ValueEstimate(DoubleStream.of(counts).boxed().toList(), report);
    }

    private static BigDecimal one(BidLog log, Function<BigDecimal, BigDecimal> values, String scale) {
        boolean quantile = scale.startsWith("quantile:");
        String text = scale.equals("max") ? "1" : quantile ? scale.substring("quantile:".length()) : scale;
        BigDecimal number =
                text.matches("\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40}") ? new BigDecimal(text) : BigDecimal.ZERO;
        if (number.signum() <= 0 || (quantile && number.compareTo(BigDecimal.ONE) > 0)) {
            throw new InvalidInputException(
                    "--scale must be max, quantile:Q with Q above 0 and at most 1, or a positive number, not " + scale);
        }
        BigDecimal one = quantile || scale.equals("max") ? values.apply(number) : number;
        if (one.signum() == 0) {
            throw new InvalidInputException("--scale %s is 0 in %s, but must be positive".formatted(scale, log.file()));
        }
        return one;
    }

    /** The least value that at least a share q of the values does not exceed. */
    private static BigDecimal quantile(double[] values, BigDecimal q) {
        int rank = q.multiply(BigDecimal.valueOf(values.length))
                .setScale(0, RoundingMode.CEILING)
                .intValue();
        return BigDecimal.valueOf(values[rank - 1]);
    }
}
