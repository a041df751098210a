package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostedPriceMechanismTest {

    private static final int N = 20;

    /** In a round of A1, after many steps. */
    private static AuctionRound learned(Bench bench, double goods, double price) {
        AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(goods, ReferenceAuction.initial("A1", N));
        PostedPriceMechanism mechanism = new PostedPriceMechanism(bench.constants, N, new double[] {price});
        BatchedAuction game = AuctionSetting.named("A1").game(bench.constants, 1, scenario, mechanism);
        PopulationFlow<AuctionRound> flow =
                bench.learned(game, Bench.NO_THETA, new OnlineMirrorDescent(10, 1e-3), 2000);
        return flow.rounds().get(0);
    }

    /** By hand: those whose value is at least the price buy. Nobody is indifferent at these prices. */
    @ParameterizedTest
    @ValueSource(doubles = {0.18, 0.475, 0.52, 0.93})
    void thoseToWhomAGoodIsWorthThePriceBuy(double price) {
        double expected = price * (1 - Math.ceil(price * N) / N);
        try (Bench bench = new Bench()) {
            assertEquals(expected, Tensors.toDouble(learned(bench, 1, price).revenue()), 1e-6);
        }
    }

    /** Who bids more wins where goods are scarce, but pays no more. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.475", "0.25, 0.475"})
    void scarceGoodsAreSoldAtThePrice(double goods, double price) {
        try (Bench bench = new Bench()) {
            AuctionRound round = learned(bench, goods, price);
            assertEquals(goods * price, Tensors.toDouble(round.revenue()), 1e-6);
            double[] payments = Tensors.toDoubles(round.payments());
            assertEquals(0, payments[0]);
            assertEquals(price * (N - 1), Arrays.stream(payments).sum(), 1e-12);
        }
    }

    @Test
    void pricesOutOfRangeAreRefused() {
        try (Bench bench = new Bench()) {
            for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
                assertThrows(
                        InvalidInputException.class,
                        () -> new PostedPriceMechanism(bench.constants, 2, new double[] {bad}));
            }
        }
    }
}
