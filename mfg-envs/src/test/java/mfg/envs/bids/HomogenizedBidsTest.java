package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Against the normal equations of all bids, with a constant for each number of bidders, some of them not in the log. */
    @Test
    void oneRowForEachAuctionGivesWhatAllBidsDo() {
        List<Auction> some = IntStream.range(0, log.size())
                .filter(a -> a % 20 == 0)
                .mapToObj(a -> {
                    Auction auction = log.get(a);
                    int known = 1 + a / 20 % auction.bidders();
                    return new Auction(
                            auction.bidders(),
                            Arrays.copyOf(auction.bids(), known),
                            auction.covariates()[0] - 1000,
                            a % 7);
                })
                .toList();
        double[][] equations = new double[4][5];
        for (Auction auction : some) {
            for (double bid : auction.bids()) {
                double[] x = auction.covariates();
                double[] row = {
                    auction.bidders() == 3 ? 1 : 0, auction.bidders() == 6 ? 1 : 0, x[0], x[1], Math.log(bid)
                };
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 5; j++) {
                        equations[i][j] += row[i] * row[j];
                    }
                }
            }
        }
        for (int i = 0; i < 4; i++) { // Gauss and Jordan
            for (int k = 0; k < 4; k++) {
                double times = equations[k][i] / equations[i][i];
                for (int j = 0; k != i && j < 5; j++) {
                    equations[k][j] -= times * equations[i][j];
                }
            }
        }
        double[] found = new HomogenizedBids(some, new double[2]).coefficients();
        assertEquals(equations[2][4] / equations[2][2], found[0], 1e-9);
        assertEquals(equations[3][4] / equations[3][3], found[1], 1e-9);
    }

    /** Seconds since 1970 within one hour: deviations are a millionth of the number. */
    @Test
    void farFromZeroACovariateStillVaries() {
        List<Auction> auctions = IntStream.range(0, 200)
                .mapToObj(a -> new Auction(2, new double[] {Math.exp(1e-4 * (a % 100))}, 1.7e9 + a % 100))
                .toList();
        HomogenizedBids found = new HomogenizedBids(auctions, HomogenizedBids.average(auctions));
        assertEquals(1e-4, found.coefficients()[0], 1e-10);
    }

    /** Every auction has a constant of its own, so that no covariate can tell. */
    @Test
    void aThousandNumbersOfBiddersTellNothing() {
        List<Auction> auctions = IntStream.range(2, 1002)
                .mapToObj(n -> new Auction(n, new double[] {n}, 1.0 / n))
                .toList();
        assertThrows(InvalidInputException.class, () -> new HomogenizedBids(auctions, new double[1]));
    }

    /** exp(1000) times the reference is no number. */
    @Test
    void aReferenceFarAwayIsRefused() {
        List<Auction> auctions = IntStream.range(0, 9)
                .mapToObj(a -> new Auction(2, new double[] {Math.exp(a)}, a))
                .toList();
        HomogenizedBids homogenized = new HomogenizedBids(auctions, new double[] {-1000});
        assertThrows(InvalidInputException.class, homogenized::auctions);
    }

    @Test
    void withoutCovariatesBidsStayAsTheyAre() {
        Auction auction = new Auction(2, new double[] {1, 2});
        assertArrayEquals(
                auction.bids(),
                new HomogenizedBids(List.of(auction), new double[0])
                        .auctions()
                        .get(0)
                        .bids());
    }

    @ParameterizedTest
    @CsvSource({"7, 'age does not vary'", "0.1, 'age does not vary'", "-1, 'age is a combination'"})
    void covariatesThatTellNothingAreNamed(double constant, String sentence) {
        List<Auction> auctions = IntStream.range(0, 9)
                .mapToObj(a -> new Auction(2, new double[] {1, 2}, a, constant < 0 ? 2 * a + 1 : constant, a * a))
                .toList();
        Exception refusal = assertThrows(
                InvalidInputException.class,
                () -> new HomogenizedBids(
                        auctions, HomogenizedBids.average(auctions), List.of("size", "age", "weight")));
        assertTrue(refusal.getMessage().startsWith(sentence), refusal.getMessage());
        refusal = assertThrows(InvalidInputException.class, () -> new HomogenizedBids(auctions, new double[3]));
        assertTrue(refusal.getMessage().startsWith("covariate 2 "), refusal.getMessage());
        assertThrows(InvalidInputException.class, () -> new HomogenizedBids(auctions, new double[3], List.of("size")));
    }

    @Test
    void logsThatDoNotShowItAreRefused() {
        for (List<Auction> unfit : List.of(
                List.<Auction>of(),
                List.of(new Auction(2, new double[] {1, 2}, 1)),
                List.of(new Auction(2, new double[] {1, 0}, 1, 2)),
                List.of(new Auction(2, new double[] {1, 2}, 1, 2), new Auction(2, new double[] {1, 2}, 2, 1)))) {
            assertThrows(InvalidInputException.class, () -> new HomogenizedBids(unfit, new double[2]));
        }
    }
}
