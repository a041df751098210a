package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values behind second-price bids, and behind the prices and last bids of ascending auctions. */
final class AscendingPricesTest {

    private static final KnownValues KNOWN = KnownValues.BETA;

    /** F_{n-1:n}^-1: of two, F = 1 - sqrt(1 - H). */
    @Test
    void ofTwoThePriceIsTheLowerValue() {
        List<Auction> four = Stream.of(3.0, 1.0, 4.0, 2.0)
                .map(price -> new Auction(2, new double[] {price}))
                .toList();
        ValueDistribution values = AscendingPrices.distribution(four);
        for (int k = 1; k <= 4; k++) {
            assertEquals(1 - Math.sqrt(1 - k / 4.0), values.cumulative(k), 1e-9);
            assertEquals(values.cumulative(k - 1), values.below(k));
        }
    }

    @Test
    void pricesMayBeTied() {
        List<Auction> tied = Stream.of(4.0, 1.0, 1.0, 1.0)
                .map(price -> new Auction(2, new double[] {price}))
                .toList();
        ValueDistribution values = AscendingPrices.distribution(tied);
        assertEquals(0, values.below(1));
        assertEquals(0.5, values.cumulative(1), 1e-9); // 1 - sqrt(1 - 3/4)
        assertEquals(1, values.cumulative(4));
    }

    /** But nothing of values that are almost never the second highest. */
    @ParameterizedTest
    @CsvSource({"3, 0.05", "5, 0.2", "10, 0.45"})
    void pricesShowTheDistribution(int n, double share) {
        assertTrue(distance(AscendingPrices.distribution(prices(n, 4000, 1)), share) < 0.04);
    }

    @Test
    void numbersOfBiddersMayDiffer() {
        List<Auction> auctions = Stream.of(prices(3, 2000, 1), prices(6, 2000, 2))
                .flatMap(List::stream)
                .toList();
        assertTrue(distance(AscendingPrices.distribution(auctions)) < 0.05);
    }

    /** Everybody stops early by chance, but no winner pays less than the second highest value less the increment. */
    @Test
    void boundsHoldTheDistribution() {
        double increment = 0.05;
        List<Auction> auctions = Arrays.stream(KNOWN.draw(4, 4000, 3))
                .map(v -> {
                    double[] values = Ascending.sorted(v);
                    double price = Math.max(0, values[2] - increment / 2);
                    return new Auction(
                            4, new double[] {0.5 * values[0], 0.9 * values[1], Math.min(price, values[2]), price});
                })
                .toList();
        ValueDistribution lower = HaileTamerBounds.lower(auctions, increment);
        ValueDistribution upper = HaileTamerBounds.upper(auctions);
        for (int k = 1; k < 20; k++) {
            double v = KNOWN.quantile(k / 20.0);
            assertTrue(lower.cumulative(v) < k / 20.0 + 0.02, k + " lower");
            assertTrue(upper.cumulative(v) > k / 20.0 - 0.02, k + " upper");
            assertTrue(upper.cumulative(v) - lower.cumulative(v) < 0.25, k + " apart");
        }
    }

    /** Where everybody bids up to the own value in small steps, bounds meet. */
    @Test
    void boundsMeetWhereBidsAreValues() {
        List<Auction> auctions = Arrays.stream(KNOWN.draw(4, 4000, 3))
                .map(v -> {
                    double[] values = Ascending.sorted(v);
                    values[3] = values[2];
                    return new Auction(4, values);
                })
                .toList();
        assertTrue(distance(HaileTamerBounds.lower(auctions, 0)) < 0.05);
        assertTrue(distance(HaileTamerBounds.upper(auctions)) < 0.05);
    }

    private static List<Auction> prices(int n, int auctions, long seed) {
        return Arrays.stream(KNOWN.draw(n, auctions, seed))
                .map(v -> new Auction(n, new double[] {Ascending.sorted(v)[n - 2]}))
                .toList();
    }

    private static double distance(ValueDistribution found) {
        return distance(found, 0.05);
    }

    /** The largest above a quantile. */
    private static double distance(ValueDistribution found, double share) {
        double most = 0;
        for (int k = (int) Math.round(20 * share); k < 20; k++) {
            most = Math.max(most, Math.abs(found.cumulative(KNOWN.quantile(k / 20.0)) - k / 20.0));
        }
        return most;
    }
}
