package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.Bench;
import mfg.envs.auction.UniformPrice.Pays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniformPriceTest {

    /** What a bid of 1 and more would pay, which is the price, of a mechanism with one round. */
    private static double price(double[] nu, double share, double reserve, double remaining, Pays pays) {
        try (Bench bench = new Bench()) {
            int n = nu.length;
            UniformPrice mechanism =
                    new UniformPrice(bench.constants, n, new double[] {share}, new double[] {reserve}, pays);
            NDArray bids = Tensors.create(bench.manager, bench.type, nu, new Shape(n));
            NDArray left = Tensors.create(bench.manager, bench.type, new double[] {remaining}, new Shape(1));
            double[] payments = Tensors.toDoubles(
                    mechanism.offer(0, bids, left, Bench.NO_THETA).payments());
            for (int a = 0; a < n; a++) {
                assertTrue(payments[a] <= (double) a / n);
            }
            return payments[n - 1];
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the bid of 2/5 is at the margin: some who make it win, others lose
        "0.5, 0, 1, 0.4, 0.4",
        // the goods run out between two bids
        "0.3, 0, 1, 0.6, 0.4",
        // there are goods for all
        "1, 0, 1, 0.2, 0",
        // fewer remain than are offered
        "1, 0, 0.1, 0.8, 0.6",
        // the reserve lets three bids in, and there are goods for them
        "1, 0.3, 1, 0.4, 0.3",
        // not so many
        "0.2, 0.3, 1, 0.6, 0.6",
        // nobody is left out by the reserve who bids at all
        "1, 0.1, 1, 0.2, 0.1"
    })
    void thePriceIsThatOfTheMargin(double share, double reserve, double left, double winning, double losing) {
        double[] nu = {0, 0.1, 0.3, 0.2, 0.1};
        assertEquals(winning, price(nu, share, reserve, left, Pays.LOWEST_WINNING), 1e-12);
        assertEquals(losing, price(nu, share, reserve, left, Pays.HIGHEST_LOSING), 1e-12);
    }

    /** By the definition, bid by bid. */
    @Property(tries = 100)
    void winnersPayTheLowestBidThatWins(@ForAll long seed) {
        int n = 7;
        SplittableRandom random = new SplittableRandom(seed);
        double[] nu = random.doubles(n).map(x -> x / n).toArray();
        double share = random.nextDouble();
        double[] winning = ReferenceAuction.winning(nu, share);
        double lowest =
                IntStream.range(0, n).filter(a -> winning[a] > 1e-9).min().orElseThrow() / (double) n;
        assertEquals(lowest, price(nu, share, 0, 1, Pays.LOWEST_WINNING), 1e-12);
    }

    /**
     * Theory: uniform values and a share alpha clear the market at the value {@code v} above which there are no more bidders than
     * goods, so all goods go at that price. Bids of the grid may support the price next to it.
     */
    @ParameterizedTest
    @CsvSource({"0.33, LOWEST_WINNING", "0.33, HIGHEST_LOSING", "0.52, LOWEST_WINNING", "0.52, HIGHEST_LOSING"})
    void oneRoundClearsTheMarket(double alpha, Pays pays) {
        int n = 20;
        double clearing = Math.floor((1 - alpha) * n) / n;
        AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(alpha, ReferenceAuction.initial("A1", n));
        try (Bench bench = new Bench()) {
            UniformPrice mechanism = new UniformPrice(bench.constants, n, new double[] {alpha}, new double[] {0}, pays);
            BatchedAuction game = AuctionSetting.named("A1").game(bench.constants, 1, scenario, mechanism);
            PopulationFlow<AuctionRound> flow =
                    bench.learned(game, Bench.NO_THETA, new OnlineMirrorDescent(2, 1e-3), 4000);
            double revenue = Tensors.toDouble(flow.rounds().get(0).revenue());
            assertEquals(alpha * clearing, revenue, 1.001 * alpha / n);
        }
    }

    /** With goods for all above a reserve, the reserve is the price. */
    @Test
    void aReserveIsAPostedPrice() {
        int n = 20;
        AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(1, ReferenceAuction.initial("A1", n));
        try (Bench bench = new Bench()) {
            UniformPrice mechanism =
                    new UniformPrice(bench.constants, n, new double[] {1}, new double[] {0.475}, Pays.HIGHEST_LOSING);
            BatchedAuction game = AuctionSetting.named("A1").game(bench.constants, 1, scenario, mechanism);
            PopulationFlow<AuctionRound> flow =
                    bench.learned(game, Bench.NO_THETA, new OnlineMirrorDescent(10, 1e-3), 2000);
            AuctionRound round = flow.rounds().get(0);
            assertEquals(0.475 * 0.5, Tensors.toDouble(round.revenue()), 1e-6);
            assertArrayEquals(new double[] {0.5}, Tensors.toDoubles(round.goods()), 1e-6);
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        try (Bench bench = new Bench()) {
            double[] fine = {0.5};
            for (double bad : new double[] {-0.1, Double.NaN}) {
                assertThrows(
                        InvalidInputException.class,
                        () -> new UniformPrice(bench.constants, 2, new double[] {bad}, fine, Pays.LOWEST_WINNING));
                assertThrows(
                        InvalidInputException.class,
                        () -> new UniformPrice(bench.constants, 2, fine, new double[] {bad}, Pays.LOWEST_WINNING));
            }
        }
    }
}
