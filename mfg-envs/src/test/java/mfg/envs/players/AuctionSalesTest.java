package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mfg.core.Mechanism;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.PostedPriceMechanism;
import mfg.envs.bids.LotSale;
import mfg.envs.bids.ValueDistribution;
import org.junit.jupiter.api.Test;

/** What few bidders are sold. */
final class AuctionSalesTest {

    private static final int PLAYS = 40_000;
    private static final int VALUES = 10;

    /** Everybody bids the own value. */
    private static final Actions TRUTH = (h, state, random) -> state;

    private static NPlayerAuction seat(Bench bench, Mechanism mechanism, int bidders, double supply) {
        double[] even = new double[VALUES];
        Arrays.fill(even, 1.0 / VALUES);
        AuctionSetting setting = AuctionSetting.named("A1");
        return new NPlayerAuction(
                setting.game(bench.constants, 1, new AuctionSetting.Scenario(supply, even), mechanism),
                Bench.NO_THETA,
                AuctionObjective.REVENUE,
                bidders,
                bench.manager);
    }

    private static double[] mean(NPlayerAuction auction, Actions policy) {
        LongFunction<NPlayerAuction.Sales> sales = auction.sales(policy);
        List<NPlayerAuction.Sales> all =
                LongStream.range(0, PLAYS).mapToObj(sales).toList();
        return new double[] {
            all.stream().mapToDouble(NPlayerAuction.Sales::revenue).average().orElseThrow(),
            all.stream().mapToDouble(NPlayerAuction.Sales::worth).average().orElseThrow(),
            all.stream().mapToDouble(NPlayerAuction.Sales::sold).average().orElseThrow()
        };
    }

    /** Two lots for five bidders at the price 1/2. */
    @Test
    void aPostedPriceSellsAsMuchAsExpected() {
        try (Bench bench = new Bench()) {
            Mechanism price = new PostedPriceMechanism(bench.constants, VALUES, new double[] {0.5});
            ValueDistribution values = ValueDistribution.of(
                    IntStream.range(0, VALUES).mapToDouble(v -> 0.1 * v).toArray());
            LotSale.Outcome expected = new LotSale(values, 5, 2).posted(0.5);
            Actions ready = (h, state, random) -> state < 5 ? 0 : 9;
            double[] mean = mean(seat(bench, price, 5, 0.4), ready);
            assertEquals(expected.revenue(), mean[0], 0.01);
            assertEquals(expected.worth(), mean[1], 0.01);
            assertEquals(expected.sold(), mean[2], 0.01);
        }
    }

    /** Of one and a half goods the second is sold half of the time, where AMID rounds down. */
    @Test
    void aFractionOfAGoodIsSoldByLot() {
        try (Bench bench = new Bench()) {
            NPlayerAuction auction = seat(bench, new FirstPrice(bench.constants, VALUES, new double[] {0.3}), 5, 0.4);
            double[] mean = mean(auction, TRUTH);
            assertEquals(1.5, mean[2], 0.01);
            double down = LongStream.range(0, PLAYS)
                    .mapToDouble(seed -> auction.simulation(TRUTH)
                            .play(seed, Draws.unit(Draws.at(Draws.at(seed, 0), 0)), TRUTH)
                            .objective())
                    .average()
                    .orElseThrow();
            double highest = 0.1
                    * IntStream.range(1, VALUES)
                            .mapToDouble(v -> 1 - Math.pow(v / (double) VALUES, 5))
                            .sum();
            assertEquals(highest / 5, down, 0.005);
        }
    }

    /** In first price for one good two bidders of uniform values bid half of them. */
    @Test
    void twoBiddersLearnTheEquilibriumOfFirstPrice() {
        try (Bench bench = new Bench()) {
            NPlayerAuction auction = seat(bench, new FirstPrice(bench.constants, VALUES, new double[] {0.5}), 2, 0.5);
            double[] even = new double[(VALUES + 1) * VALUES];
            Arrays.fill(even, 1.0 / VALUES);
            double[] learned = auction.learned(even, new NPlayerAuction.Learning(2000, 100, 10, 0.001, 1));
            for (int v = 4; v < VALUES; v++) {
                double bid = 0;
                for (int a = 0; a < VALUES; a++) {
                    bid += 0.1 * a * learned[v * VALUES + a];
                }
                assertEquals(0.05 * v, bid, 0.06, "value " + v);
            }
        }
    }
}
