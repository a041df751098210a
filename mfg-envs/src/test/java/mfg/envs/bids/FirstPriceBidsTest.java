package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values behind the bids of first-price auctions. */
final class FirstPriceBidsTest {

    private static final AuctionBootstrap BOOTSTRAP = new AuctionBootstrap(99, 0.95, 1, 2);

    static Stream<KnownValues> known() {
        return Stream.of(KnownValues.UNIFORM, KnownValues.BETA, KnownValues.LOGNORMAL);
    }

    /** Bids of n who draw uniformly are (n-1)/n of their values, so without error in G and g values come out exactly. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void evenBidsStandForEvenValues(int n) {
        int bids = 2000;
        List<Auction> auctions = IntStream.range(0, bids / n)
                .mapToObj(a -> new Auction(
                        n,
                        IntStream.range(0, n)
                                .mapToDouble(i -> (n - 1.0) / n * (a * n + i + 1) / bids)
                                .toArray()))
                .toList();
        double[][] values = new FirstPriceBids(auctions, Boundary.TRIM).values();
        int kept = 0;
        for (int a = 0; a < values.length; a++) {
            for (int i = 0; i < n; i++) {
                if (!Double.isNaN(values[a][i])) {
                    kept++;
                    assertEquals((a * n + i + 1.0) / bids, values[a][i], 2e-3);
                }
            }
        }
        assertTrue(kept > bids / 4, kept + " kept");
    }

    /** At ten times the auctions an error that falls as N^(-2/5) is 2.5 times as small. */
    @ParameterizedTest
    @MethodSource("known")
    void errorsFallAtThePublishedRate(KnownValues known) {
        double ratio = error(known, 200) / error(known, 2000);
        assertTrue(ratio > 1.8 && ratio < 3.5, known + " " + ratio);
    }

    /** Root mean square over the middle values, in ten logs of three bidders. */
    private static double error(KnownValues known, int auctions) {
        double sum = 0;
        int count = 0;
        for (int log = 0; log < 10; log++) {
            double[][] drawn = known.draw(3, auctions, log);
            double[][] estimated = new FirstPriceBids(known.firstPrice(drawn)).values();
            for (int a = 0; a < auctions; a++) {
                for (int i = 0; i < 3; i++) {
                    if (drawn[a][i] > known.quantile(0.35) && drawn[a][i] < known.quantile(0.65)) {
                        sum += Math.pow(estimated[a][i] - drawn[a][i], 2);
                        count++;
                    }
                }
            }
        }
        return Math.sqrt(sum / count);
    }

    /** Where the published method has values at all, the corrected has the same; it has all others, too. */
    @ParameterizedTest
    @MethodSource("known")
    void theCorrectedBoundaryAddsToWhatIsPublished(KnownValues known) {
        List<Auction> auctions = known.firstPrice(3, 200, 1);
        double[][] trimmed = new FirstPriceBids(auctions, Boundary.TRIM).values();
        double[][] corrected = new FirstPriceBids(auctions).values();
        for (int a = 0; a < trimmed.length; a++) {
            for (int i = 0; i < 3; i++) {
                if (Double.isNaN(trimmed[a][i])) {
                    assertTrue(corrected[a][i] > auctions.get(a).bids()[i] && corrected[a][i] < 20);
                } else {
                    assertEquals(trimmed[a][i], corrected[a][i], 1e-10);
                }
            }
        }
    }

    /** Kolmogorov's distance: of drawn values 0.02, of trimmed ones several times as much. */
    @ParameterizedTest
    @MethodSource("known")
    void theDistributionIsThatOfValues(KnownValues known) {
        List<Auction> auctions = known.firstPrice(5, 400, 7);
        assertTrue(distance(known, auctions, Boundary.CORRECT) < 0.04, known.toString());
        assertTrue(distance(known, auctions, Boundary.TRIM) > 0.04, known.toString());
    }

    private static double distance(KnownValues known, List<Auction> auctions, Boundary boundary) {
        ValueDistribution found = new FirstPriceBids(auctions, boundary).distribution();
        return IntStream.range(1, 200)
                .mapToDouble(k -> known.quantile(k / 200.0))
                .map(v -> Math.abs(found.cumulative(v) - known.cumulative(v)))
                .max()
                .orElseThrow();
    }

    @Test
    void numbersOfBiddersAreEstimatedApart() {
        List<Auction> three = KnownValues.BETA.firstPrice(3, 100, 1);
        List<Auction> six = KnownValues.BETA.firstPrice(6, 100, 2);
        double[][] together =
                new FirstPriceBids(Stream.of(six, three).flatMap(List::stream).toList()).values();
        double[][] apart = new FirstPriceBids(three).values();
        for (int a = 0; a < 100; a++) {
            assertEquals(Arrays.toString(apart[a]), Arrays.toString(together[100 + a]));
        }
    }

    @Test
    void anEstimateHasValuesIntervalsAndWhatWasTrimmed() {
        BidValues estimate =
                new FirstPriceBids(KnownValues.BETA.firstPrice(3, 200, 1), Boundary.TRIM).estimate(BOOTSTRAP);
        long trimmed = Stream.of(estimate.values())
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isNaN)
                .count();
        assertEquals(trimmed, estimate.trimmed());
        assertTrue(trimmed > 0);
        assertEquals(List.of(), estimate.warnings());
        InverseBidFunction inverse = estimate.inverse().get(0);
        assertEquals(3, inverse.bidders());
        for (int k = 0; k < inverse.bids().length; k++) {
            assertTrue(inverse.values()[k] > inverse.bids()[k]);
            assertTrue(inverse.intervals().get(k).contains(inverse.values()[k]), "" + k);
        }
    }

    /** Two kinds of goods in one log: few bid between them, so that whoever did would be worth more than those who bid the most. */
    @Test
    void bidsThatAreNoEquilibriumAreWarnedOf() {
        SplittableRandom random = new SplittableRandom(1);
        List<Auction> auctions = IntStream.range(0, 400)
                .mapToObj(a -> new Auction(
                        2,
                        random.doubles(2)
                                .map(x -> (a % 10 == 0 ? 10 : 0) + (a % 20 == 5 ? 10 : 1) * x)
                                .toArray()))
                .toList();
        List<String> warnings = new FirstPriceBids(auctions).estimate(BOOTSTRAP).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("2 bidders"), warnings.get(0));
    }

    @Test
    void intervalsThatOverlapAreNoFall() {
        double[] x = new double[3];
        assertFalse(new InverseBidFunction(2, x, x, List.of(new Interval(1, 3), new Interval(2, 4), new Interval(0, 2)))
                .falls());
        assertTrue(
                new InverseBidFunction(2, x, x, List.of(new Interval(1, 3), new Interval(2, 4), new Interval(0, 1.9)))
                        .falls());
    }

    /** Whatever the unit of money, though squares of bids are no doubles. */
    @ParameterizedTest
    @ValueSource(ints = {-1000, 1000})
    void valuesHaveTheUnitOfBids(int exponent) {
        List<Auction> log = KnownValues.BETA.firstPrice(3, 200, 1);
        double unit = Math.scalb(1.0, exponent);
        List<Auction> scaled = log.stream()
                .map(auction -> new Auction(
                        3, Arrays.stream(auction.bids()).map(bid -> bid * unit).toArray()))
                .toList();
        for (Boundary boundary : Boundary.values()) {
            double[][] values = new FirstPriceBids(log, boundary).values();
            double[][] found = new FirstPriceBids(scaled, boundary).values();
            for (int a = 0; a < values.length; a++) {
                for (int i = 0; i < 3; i++) {
                    assertEquals(values[a][i], found[a][i] / unit, 1e-9);
                }
            }
        }
    }

    /** Bids that are tied, 0, or far from all others have values that are numbers and no less than the bid. */
    @ParameterizedTest
    @ValueSource(strings = {"whole", "zero", "outliers", "thousand", "two"})
    void strangeBidsHaveValues(String kind) {
        int n = kind.equals("thousand") ? 1000 : kind.equals("two") ? 2 : 3;
        SplittableRandom random = new SplittableRandom(1);
        List<Auction> log = IntStream.range(0, 60)
                .mapToObj(a -> new Auction(
                        n,
                        random.doubles(n)
                                .map(x -> switch (kind) {
                                    case "whole" -> Math.rint(10 * x);
                                    case "zero" -> x < 0.3 ? 0 : x;
                                    case "outliers" -> x < 0.02 ? 1e6 : x;
                                    default -> x;
                                })
                                .toArray()))
                .toList();
        BidValues estimate = new FirstPriceBids(log).estimate(BOOTSTRAP);
        for (int a = 0; a < log.size(); a++) {
            for (int i = 0; i < n; i++) {
                double value = estimate.values()[a][i];
                assertTrue(value >= log.get(a).bids()[i] && Double.isFinite(value), kind + " " + value);
            }
        }
    }

    /** 1 and the next number. */
    @Test
    void bidsThatDifferByRoundingAreTheSame() {
        List<Auction> log = IntStream.range(0, 20)
                .mapToObj(a -> new Auction(2, new double[] {1, Math.nextUp(1.0)}))
                .toList();
        assertThrows(InvalidInputException.class, () -> new FirstPriceBids(log));
        assertThrows(InvalidInputException.class, () -> BidRule.FIRST_PRICE.distribution(log));
    }

    @Test
    void logsThatTellNothingAreRefused() {
        Auction missing = new Auction(3, new double[] {1, 2});
        Auction same = new Auction(2, new double[] {1, 1});
        for (List<Auction> log : List.of(
                List.<Auction>of(),
                List.of(missing),
                KnownValues.BETA.firstPrice(3, 6, 1),
                IntStream.range(0, 20).mapToObj(i -> same).toList())) {
            assertThrows(InvalidInputException.class, () -> new FirstPriceBids(log));
        }
    }
}
