package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostedPriceTest {

    private interface Check {
        void on(BatchedAuction auction, AuctionSetting setting);
    }

    private static void with(String name, int values, Check check) {
        AuctionSetting setting = AuctionSetting.named(name);
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            FirstPrice any = new FirstPrice(constants, values, new double[setting.rounds()]);
            AuctionSetting.Scenario scenario = setting.draw(values, new SplittableRandom(1));
            check.on(setting.game(constants, setting.rounds(), scenario, any), setting);
        }
    }

    /** Myerson: p (1 - p) is largest at one half. */
    @Test
    void theBestPriceForUniformValuesIsOneHalf() {
        with("A1", 100, (auction, setting) -> {
            PostedPrice best = PostedPrice.best(auction, setting.objective(), 3);
            assertEquals(0.25, best.objective(), 1e-12);
            assertArrayEquals(new double[] {1, 1, 1, 0.5}, best.prices());
            assertArrayEquals(new double[] {0, 0, 0, 0.5}, best.sold(), 1e-12);
            assertArrayEquals(new double[] {0, 0, 0, 0.99 * 0.5 / 0.8}, best.fractions(0.8), 1e-12);
        });
    }

    /** Half revenue, half efficiency: {@code p (1 - p) / 2 + (1 - p)(1 + p) / 4} is largest at one third. */
    @Test
    void anAuctioneerWhoCaresForBuyersSellsCheaper() {
        with("A9", 300, (auction, setting) -> {
            PostedPrice best = PostedPrice.best(auction, setting.objective(), 3);
            assertEquals(1 / 3.0, best.prices()[3], 1.0 / 300);
            assertEquals(1 / 3.0, best.objective(), 1e-3);
        });
    }

    @Test
    void nobodyWaitsForTheLastOfScarceGoods() {
        with("A1", 10, (auction, setting) -> {
            PostedPrice cheap = PostedPrice.of(auction, AuctionObjective.EFFICIENCY, new double[] {0.6, 0.2, 0, 0});
            assertArrayEquals(new double[] {0.4, 0.4, 0, 0}, cheap.sold(), 1e-12);
            assertEquals((6 + 7 + 8 + 9 + 2 + 3 + 4 + 5) / 100.0, cheap.objective(), 1e-12);
            assertArrayEquals(new double[] {0.99 * 0.5, 0.99 * 0.4 / 0.404, 0, 0}, cheap.fractions(0.8), 1e-12);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"A2", "A7", "A8", "A10"})
    void noMoreIsSoldThanThereIsWhoeverComesBack(String name) {
        with(name, 10, (auction, setting) -> {
            double[] prices = new double[setting.rounds()];
            Arrays.fill(prices, 0.1);
            PostedPrice sale = PostedPrice.of(auction, AuctionObjective.REVENUE, prices);
            double sold = Arrays.stream(sale.sold()).sum();
            assertTrue(sold <= setting.alphaMax() + 1e-12 && sold > 0.4, "sold " + sold);
            assertEquals(0.1 * sold, sale.objective(), 1e-12);
            assertTrue(Arrays.stream(sale.fractions(setting.alphaMax())).allMatch(f -> f >= 0 && f <= 1));
        });
    }
}
