package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions of the j-th highest value and back, and the bounds that come of them. */
final class OrderStatisticsTest {

    private static List<Auction> among(int... bidders) {
        return IntStream.of(bidders)
                .mapToObj(n -> new Auction(n, new double[] {1}))
                .toList();
    }

    /** In how many of all draws of low and high values, F being the share of low ones. */
    private static double counted(int n, int rank, double f) {
        double sum = 0;
        for (int draw = 0; draw < 1 << n; draw++) {
            int high = Integer.bitCount(draw);
            if (high < rank) {
                sum += Math.pow(1 - f, high) * Math.pow(f, n - high);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void isTheShareOfAllDraws(int rank) {
        OrderStatistics order = new OrderStatistics(among(3, 5, 3, 10, 4), rank);
        for (double f : new double[] {0, 1e-9, 0.2, 0.5, 0.9, 1 - 1e-9, 1}) {
            double expected =
                    (2 * counted(3, rank, f) + counted(4, rank, f) + counted(5, rank, f) + counted(10, rank, f)) / 5;
            assertEquals(expected, order.cumulative(f), 1e-14);
            if (rank <= 3 && f > 1e-6 && f < 1 - 1e-6) {
                assertEquals(f, order.parent(expected, 0), 1e-9);
            }
        }
    }

    /** Of 1,999 values the 1,000th is the median, although (1999 choose 1000) is no double. */
    @Test
    void manyBiddersAreNoTrouble() {
        OrderStatistics median = new OrderStatistics(among(1999), 1000);
        assertEquals(0.5, median.cumulative(0.5), 1e-9);
        assertEquals(0.5, median.parent(0.5, 0), 1e-9);
    }

    /** With whole numbers and bids missing, against the definition, with F to a thousandth. */
    @Test
    void theUpperBoundIsTheLeastOverRanks() {
        SplittableRandom random = new SplittableRandom(1);
        List<Auction> log = IntStream.range(0, 30)
                .mapToObj(a -> {
                    int n = random.nextInt(2, 5);
                    double[] bids = random.ints(random.nextInt(1, n + 1), 0, 9)
                            .asDoubleStream()
                            .toArray();
                    return new Auction(n, bids);
                })
                .toList();
        ValueDistribution upper = HaileTamerBounds.upper(log);
        for (int v = 0; v < 9; v++) {
            double least = 1;
            for (int rank = 1; rank <= 4; rank++) {
                int at = v;
                int j = rank;
                double share = log.stream()
                                .filter(auction -> auction.bids().length < j
                                        || Ascending.sorted(auction.bids())[auction.bids().length - j] <= at)
                                .count()
                        / 30.0;
                double f = 0;
                while (f < 1 && (share == 1 || mean(log, rank, f) < share - 1e-9)) {
                    f += 0.001;
                }
                least = Math.min(least, f);
            }
            assertEquals(least, upper.cumulative(v), 0.0011, "at " + v);
        }
    }

    private static double mean(List<Auction> log, int rank, double f) {
        return log.stream()
                        .mapToDouble(auction -> counted(auction.bidders(), rank, f))
                        .sum()
                / log.size();
    }

    /** They took two minutes when every rank was sought at every bid. */
    @Test
    @Timeout(60)
    void boundsOfAThousandBiddersTakeSeconds() {
        SplittableRandom random = new SplittableRandom(1);
        List<Auction> log = IntStream.range(0, 100)
                .mapToObj(a -> new Auction(1000, random.doubles(1000).toArray()))
                .toList();
        ValueDistribution upper = HaileTamerBounds.upper(log);
        assertTrue(upper.cumulative(0.5) < 0.55); // the least of a thousand estimates is low
        assertEquals(1, upper.cumulative(1));
    }

    /** As many as numbers of bidders times prices. */
    @Test
    @Timeout(20)
    void longLogsOfPricesTakeMilliseconds() {
        SplittableRandom random = new SplittableRandom(1);
        List<Auction> many = IntStream.range(0, 200_000)
                .mapToObj(a -> {
                    int n = 2 + a % 20;
                    return new Auction(
                            n, new double[] {Ascending.sorted(random.doubles(n).toArray())[n - 2]});
                })
                .toList();
        ValueDistribution found = AscendingPrices.distribution(many);
        for (double v = 0.3; v < 1; v += 0.1) {
            assertEquals(v, found.cumulative(v), 0.01);
        }
    }
}
