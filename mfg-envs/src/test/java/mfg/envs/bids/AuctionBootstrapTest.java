package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Intervals by resampling auctions. */
final class AuctionBootstrapTest {

    private static double[] mean(List<Auction> log) {
        double[] bids = Ascending.bids(log);
        return new double[] {Arrays.stream(bids).sum() / bids.length};
    }

    @Test
    void threadsDoNotMatter() {
        List<Auction> log = KnownValues.BETA.firstPrice(3, 50, 1);
        List<Interval> one = new AuctionBootstrap(40, 0.9, 5, 1).intervals(log, AuctionBootstrapTest::mean);
        assertEquals(one, new AuctionBootstrap(40, 0.9, 5, 3).intervals(log, AuctionBootstrapTest::mean));
        assertTrue(!one.equals(new AuctionBootstrap(40, 0.9, 6, 3).intervals(log, AuctionBootstrapTest::mean)));
    }

    @Test
    void numbersOfBiddersStayAsTheyAre() {
        List<Auction> log = Stream.of(KnownValues.BETA.firstPrice(3, 1, 1), KnownValues.BETA.firstPrice(4, 9, 1))
                .flatMap(List::stream)
                .toList();
        Interval ofThree = new AuctionBootstrap(40, 0.9, 1, 1)
                .intervals(log, resample -> new double[] {
                    resample.stream().filter(auction -> auction.bidders() == 3).count()
                })
                .get(0);
        assertEquals(new Interval(1, 1), ofThree);
    }

    /** Of two bidders who bid the same, bids count once: as bids they would give intervals that hold the mean of 100 only 75 times. */
    @Test
    void ninetyPercentIntervalsHoldNinetyPercent() {
        double[][] drawn = KnownValues.UNIFORM.draw(1, 300 * 50, 1);
        long held = IntStream.range(0, 300)
                .filter(log -> {
                    List<Auction> auctions = IntStream.range(50 * log, 50 * log + 50)
                            .mapToObj(a -> new Auction(2, new double[] {drawn[a][0], drawn[a][0]}))
                            .toList();
                    return new AuctionBootstrap(99, 0.9, log, 1)
                            .intervals(auctions, AuctionBootstrapTest::mean)
                            .get(0)
                            .contains(0.5);
                })
                .count();
        assertTrue(held > 255 && held < 285, held + " of 300");
    }

    @Test
    void resamplesDrawnOneByOneGiveTheSameInterval() {
        List<Auction> log = KnownValues.BETA.firstPrice(3, 50, 1);
        AuctionBootstrap bootstrap = new AuctionBootstrap(40, 0.9, 5, 2);
        double[] means = IntStream.range(0, 40)
                .mapToDouble(draw -> mean(bootstrap.resample(log, draw))[0])
                .toArray();
        assertEquals(bootstrap.intervals(log, AuctionBootstrapTest::mean), List.of(bootstrap.interval(means)));
    }

    /** Of 39 results 90 % lie between the second from either end: each is a 40th apart. */
    @Test
    void anIntervalLeavesOutAsManyAtEitherEnd() {
        double[] results =
                IntStream.range(0, 39).mapToDouble(k -> 7 * k % 39 + 1).toArray();
        assertEquals(new Interval(2, 38), new AuctionBootstrap(99, 0.89, 1, 1).interval(results));
        assertEquals(7 + 1, results[1]);
    }

    @Test
    void settingsAreChecked() {
        assertThrows(InvalidInputException.class, () -> new AuctionBootstrap(1, 0.9, 1, 1));
        assertThrows(InvalidInputException.class, () -> new AuctionBootstrap(99, 1, 1, 1));
        assertThrows(InvalidInputException.class, () -> new AuctionBootstrap(99, 0.9, 1, 0));
        assertThrows(InvalidInputException.class, () -> new AuctionBootstrap(99, 0.9, 1, 1).interval(new double[1]));
        assertThrows(
                InvalidInputException.class,
                () -> new AuctionBootstrap(99, 0.9, 1, 1).intervals(List.of(), AuctionBootstrapTest::mean));
    }
}
