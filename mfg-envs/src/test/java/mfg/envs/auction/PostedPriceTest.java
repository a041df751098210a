package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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

    private static PostedPrice best(BatchedAuction auction, AuctionSetting setting) {
        return PostedPrice.of(auction, setting.objective(), PostedPrice.best(List.of(auction), setting.objective()));
    }

    /** Myerson: p (1 - p) is largest at one half. */
    @Test
    void theBestPriceForUniformValuesIsOneHalf() {
        with("A1", 100, (auction, setting) -> {
            PostedPrice best = best(auction, setting);
            assertEquals(0.25, best.objective(), 1e-12);
            assertEquals(0.5, best.price());
            assertArrayEquals(new double[] {0.5, 0, 0, 0}, best.sold(), 1e-12);
        });
    }

    /** Half revenue, half efficiency: {@code p (1 - p) / 2 + (1 - p)(1 + p) / 4} is largest at one third. */
    @Test
    void anAuctioneerWhoCaresForBuyersSellsCheaper() {
        with("A9", 300, (auction, setting) -> {
            PostedPrice best = best(auction, setting);
            assertEquals(1 / 3.0, best.price(), 1.0 / 300);
            assertEquals(1 / 3.0, best.objective(), 1e-3);
        });
    }

    @Test
    void scarceGoodsGoToSomeOfThoseWhoWouldBuy() {
        with("A1", 10, (auction, setting) -> {
            PostedPrice cheap = PostedPrice.of(auction, AuctionObjective.EFFICIENCY, 0);
            assertArrayEquals(new double[] {0.8, 0, 0, 0}, cheap.sold(), 1e-12);
            assertEquals(0.8 * 0.45, cheap.objective(), 1e-12);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"A2", "A7", "A8", "A10"})
    void noMoreIsSoldThanThereIsWhoeverComesBack(String name) {
        with(name, 10, (auction, setting) -> {
            PostedPrice sale = PostedPrice.of(auction, AuctionObjective.REVENUE, 0.1);
            double sold = Arrays.stream(sale.sold()).sum();
            assertTrue(sold <= setting.alphaMax() + 1e-12 && sold > 0.4, "sold " + sold);
            assertEquals(0.1 * sold, sale.objective(), 1e-12);
        });
    }

    @Test
    void thoseWhoseValueRisesBuyLater() {
        double[][] w = new double[4][4];
        w[0][0] = 0.5;
        w[0][1] = 0.5;
        w[1][1] = 0.5;
        w[1][2] = 0.5;
        w[2][2] = 1;
        w[3][3] = 1;
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            BatchedAuction.Rules rules = new BatchedAuction.Rules(3, 3, 1, new double[] {0.5, 0.5, 0}, Utility.LINEAR);
            BatchedAuction auction = new BatchedAuction(
                    constants, rules, ValueDynamics.of(constants, w), new FirstPrice(constants, 3, new double[3]));
            PostedPrice sale = PostedPrice.of(auction, AuctionObjective.REVENUE, 2 / 3.0);
            // after a round a quarter can pay, after the next half of those who stood one step below
            assertArrayEquals(new double[] {0, 0.25, 0.25}, sale.sold(), 1e-12);
            assertEquals(1 / 3.0, sale.objective(), 1e-12);
        }
    }

    /** Of two crowds one buys up to 0.2 and one up to 0.8: at 0.8 one of them pays four times as much. */
    @Test
    void onAverageThePriceIsThatOfTheRicherCrowd() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            List<BatchedAuction> crowds = Stream.of(1, 4)
                    .map(value -> {
                        double[] values = new double[5];
                        values[value] = 1;
                        BatchedAuction.Rules rules = new BatchedAuction.Rules(1, 5, 1, values, Utility.LINEAR);
                        FirstPrice any = new FirstPrice(constants, 5, new double[1]);
                        return new BatchedAuction(constants, rules, ValueDynamics.STILL, any);
                    })
                    .toList();
            assertEquals(0.2, PostedPrice.best(crowds.subList(0, 1), AuctionObjective.REVENUE));
            assertEquals(0.8, PostedPrice.best(crowds, AuctionObjective.REVENUE));
            assertTrue(PostedPrice.best(crowds, AuctionObjective.EFFICIENCY) <= 0.2);
        }
    }
}
