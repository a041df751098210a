package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Bids for different goods, made those for one. */
final class HomogenizedBidsTest {

    private static final double[] BETA = {0.8, -0.3};

    /** What everybody would have bid for the reference. */
    private final List<Auction> alike = Stream.of(
                    KnownValues.LOGNORMAL.firstPrice(3, 1000, 1), KnownValues.LOGNORMAL.firstPrice(6, 1000, 2))
            .flatMap(List::stream)
            .toList();

    private final List<Auction> log = log();

    private List<Auction> log() {
        SplittableRandom random = new SplittableRandom(3);
        return alike.stream()
                .map(auction -> {
                    double size = 1000 + random.nextDouble();
                    double age = 5 * random.nextDouble() - auction.bidders(); // few bid for old goods
                    double factor = Math.exp(BETA[0] * (size - 1000) + BETA[1] * age);
                    double[] bids = Arrays.stream(auction.bids())
                            .map(bid -> bid * factor)
                            .toArray();
                    return new Auction(auction.bidders(), bids, size, age);
                })
                .toList();
    }

    /** Standard errors are 0.02 and 0.004. */
    @Test
    void coefficientsAreRecovered() {
        double[] found = new HomogenizedBids(log, HomogenizedBids.average(log)).coefficients();
        assertEquals(BETA[0], found[0], 0.06);
        assertEquals(BETA[1], found[1], 0.012);
    }

    @Test
    void bidsAreThoseForTheReference() {
        HomogenizedBids homogenized = new HomogenizedBids(log, new double[] {1000, 0});
        List<Auction> found = homogenized.auctions();
        for (int a = 0; a < log.size(); a++) {
            Auction auction = found.get(a);
            assertArrayEquals(alike.get(a).bids(), auction.bids(), 0.15);
            double factor = homogenized.factor(auction.covariates());
            double[] back =
                    Arrays.stream(auction.bids()).map(bid -> bid * factor).toArray();
            assertArrayEquals(log.get(a).bids(), back, 1e-12);
        }
    }

    @Test
    void logsThatDoNotShowItAreRefused() {
        for (List<Auction> unfit : List.of(
                List.<Auction>of(),
                List.of(new Auction(2, new double[] {1, 2}, 1)),
                List.of(new Auction(2, new double[] {1, 0}, 1, 2)),
                IntStream.range(0, 9)
                        .mapToObj(a -> new Auction(2, new double[] {1, 2}, a, 7))
                        .toList(),
                IntStream.range(0, 9)
                        .mapToObj(a -> new Auction(2, new double[] {1, 2}, a, 2 * a + 1))
                        .toList())) {
            assertThrows(InvalidInputException.class, () -> new HomogenizedBids(unfit, new double[2]));
        }
    }
}
