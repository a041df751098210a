package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What bids say of values by each rule. */
final class BidRuleTest {

    private static final KnownValues KNOWN = KnownValues.BETA;

    @ParameterizedTest
    @CsvSource({"VALUES, values", "SECOND_PRICE, second-price", "FIRST_PRICE, first-price", "ASCENDING, ascending"})
    void hasANameForPeople(BidRule rule, String name) {
        assertEquals(name, rule.toString());
    }

    @ParameterizedTest
    @EnumSource
    void assumesInOneSentenceAndRefusesEmptyLogs(BidRule rule) {
        assertTrue(rule.assumption().matches("[A-Z][^.]+\\."), rule.assumption());
        assertThrows(InvalidInputException.class, () -> rule.distribution(List.of()));
    }

    /** The same values, seen through what may be recorded by each rule. */
    @ParameterizedTest
    @EnumSource
    void findsTheDistributionOfValues(BidRule rule) {
        double[][] drawn = KNOWN.draw(4, 3000, 1);
        List<Auction> log =
                switch (rule) {
                    case VALUES ->
                        Arrays.stream(drawn)
                                .map(v -> new Auction(4, new double[] {v[0]}))
                                .toList();
                    case SECOND_PRICE -> recorded(drawn, 2, 4);
                    case FIRST_PRICE -> KNOWN.firstPrice(drawn);
                    case ASCENDING -> recorded(drawn, 2, 3);
                };
        ValueDistribution found = rule.distribution(log);
        for (int k = 4; k < 20; k++) {
            assertEquals(k / 20.0, found.cumulative(KNOWN.quantile(k / 20.0)), 0.04);
        }
        assertEquals(0, rule.estimator(log).leftOut());
    }

    /** Of each auction the bids of some ranks, from the lowest. */
    private static List<Auction> recorded(double[][] drawn, int from, int to) {
        return Arrays.stream(drawn)
                .map(v -> new Auction(v.length, Arrays.copyOfRange(Ascending.sorted(v), from, to)))
                .toList();
    }

    /** Of two the price is the lower value: F = 1 - sqrt(1 - H). */
    @Test
    void aSecondPriceLogThatLacksOneBidTellsOnlyPrices() {
        Auction complete = new Auction(2, new double[] {9, 1});
        Auction other = new Auction(2, new double[] {3, 4});
        Auction single = new Auction(2, new double[] {2});
        assertEquals(
                0.25,
                BidRule.SECOND_PRICE.distribution(List.of(complete, other)).cumulative(1));
        BidEstimator estimator = BidRule.SECOND_PRICE.estimator(List.of(complete, single, other));
        assertEquals(1, estimator.leftOut());
        assertEquals(1 - Math.sqrt(0.5), estimator.distribution().cumulative(1), 1e-9);
        assertEquals(1, estimator.distribution().cumulative(3));
        assertThrows(InvalidInputException.class, () -> BidRule.SECOND_PRICE.distribution(List.of(single)));
    }

    /** By chance a resample may lack no bid, or have nothing but single bids: what counts was decided by the log. */
    @Test
    void resamplesAreEstimatedAsTheLogIs() {
        List<Auction> log = List.of(
                new Auction(2, new double[] {9, 1}), new Auction(2, new double[] {3, 4}), new Auction(2, new double[] {2
                }));
        BidEstimator estimator = BidRule.SECOND_PRICE.estimator(log);
        AuctionBootstrap bootstrap = new AuctionBootstrap(99, 0.9, 1, 1);
        for (int draw = 0; draw < 20; draw++) {
            ValueDistribution values = estimator.values().apply(bootstrap.resample(estimator.auctions(), draw));
            double low = values.cumulative(1); // with neither, one or both prices of 1
            assertTrue(low == 0 || Math.abs(low - 1 + Math.sqrt(0.5)) < 1e-9 || low == 1, "" + low);
        }
    }

    @Test
    void numbersOfBiddersWithTooFewBidsAreLeftOut() {
        List<Auction> enough = KNOWN.firstPrice(3, 100, 1);
        List<Auction> few = KNOWN.firstPrice(6, 3, 2);
        List<Auction> same = Collections.nCopies(10, new Auction(2, new double[] {0.3, 0.3}));
        BidEstimator estimator = BidRule.FIRST_PRICE.estimator(
                Stream.of(few, enough, same).flatMap(List::stream).toList());
        assertEquals(13, estimator.leftOut());
        assertEquals(enough, estimator.auctions());
        double median = new FirstPriceBids(enough).distribution().quantile(0.5);
        assertEquals(median, estimator.distribution().quantile(0.5));
        for (List<Auction> useless : List.of(few, same)) {
            Exception refusal =
                    assertThrows(InvalidInputException.class, () -> BidRule.FIRST_PRICE.distribution(useless));
            assertTrue(refusal.getMessage().contains("20 bids"), refusal.getMessage());
        }
    }

    @Test
    void firstPriceAuctionsThatLackBidsAreRefused() {
        List<Auction> log = Stream.concat(
                        KNOWN.firstPrice(3, 100, 1).stream(), Stream.of(new Auction(6, new double[] {0.1})))
                .toList();
        Exception refusal = assertThrows(InvalidInputException.class, () -> BidRule.FIRST_PRICE.distribution(log));
        assertTrue(refusal.getMessage().contains("6 bidders"), refusal.getMessage());
    }

    /** In every third resample: all but one auction are the same. */
    @Test
    void aResampleOfOneBidHasThatValue() {
        Auction dollar = new Auction(2, new double[] {1, 1});
        List<Auction> log = IntStream.range(0, 50)
                .mapToObj(a -> a == 7 ? new Auction(2, new double[] {1, 2}) : dollar)
                .toList();
        ValueDistribution values = BidRule.FIRST_PRICE.estimator(log).values().apply(Collections.nCopies(50, dollar));
        assertEquals(0, values.below(1));
        assertEquals(1, values.cumulative(1));
    }
}
