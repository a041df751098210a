package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.Bench;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BatchedAuctionTest {

    private static AuctionSetting.Scenario scenario(AuctionSetting setting, int n, SplittableRandom random) {
        return setting.isRandom()
                ? setting.draw(n, random)
                : new AuctionSetting.Scenario(setting.alphaMax(), ReferenceAuction.initial(setting.name(), n));
    }

    @Property(tries = 150)
    void everySettingFollowsTheDefinition(
            @ForAll @IntRange(max = 9) int setting,
            @ForAll Samples.Kind kind,
            @ForAll @DoubleRange(max = 0.5) double tau,
            @ForAll long seed) {
        int n = 6;
        AuctionSetting about = AuctionSetting.ALL.get(setting);
        SplittableRandom random = new SplittableRandom(seed);
        int rounds = Math.min(about.rounds(), 8);
        double[][][] policy = Samples.policy(rounds, n, false, random);
        if (kind == Samples.Kind.RESERVE) {
            // a reserve sells exactly what is bid from there up: rounding would decide about an empty bid next to it
            Samples.fill(policy);
        }
        AuctionSetting.Scenario scenario = scenario(about, n, random);
        try (Bench bench = new Bench()) {
            Samples.Market market = Samples.market(kind, bench, rounds, n, scenario.alphaMax(), random);
            BatchedAuction game = about.game(bench.constants, rounds, scenario, market.mechanism());
            PopulationFlow<AuctionRound> flow = bench.playing(game, market.theta(), Samples.flat(policy));
            ReferenceAuction reference =
                    new ReferenceAuction(about.name(), scenario.alphaMax(), scenario.initialValues(), market.seller());
            ReferenceAuction.Outcome[] expected = reference.play(policy);

            // a reserve leaves 1e-14 of the goods unsold, which shows where few bid
            double tolerance = kind == Samples.Kind.RESERVE ? 1e-8 : 1e-10;
            for (int h = 0; h < rounds; h++) {
                assertArrayEquals(Samples.flat(expected[h].flow()), Tensors.toDoubles(flow.at(h)), 1e-12);
                assertRound(expected[h], flow.rounds().get(h), tolerance);
            }
            assertArrayEquals(
                    Samples.flat(reference.q(expected, policy, tau)),
                    Tensors.toDoubles(Values.of(flow, tau).q()),
                    tolerance);
            assertEquals(
                    Arrays.stream(expected)
                            .mapToDouble(ReferenceAuction.Outcome::revenue)
                            .sum(),
                    Tensors.toDouble(AuctionObjective.REVENUE.of(flow, Bench.NO_THETA)),
                    1e-12);
            assertEquals(
                    Arrays.stream(expected)
                            .mapToDouble(o -> 0.25 * o.revenue() + 0.75 * o.welfare())
                            .sum(),
                    Tensors.toDouble(new AuctionObjective(0.25).of(flow, Bench.NO_THETA)),
                    1e-12);
        }
    }

    private static void assertRound(ReferenceAuction.Outcome expected, AuctionRound round, double tolerance) {
        assertArrayEquals(expected.nu(), Tensors.toDoubles(round.bids()), 1e-12);
        assertEquals(expected.goods(), Tensors.toDouble(round.goods()), 1e-12);
        assertEquals(expected.remaining(), Tensors.toDouble(round.remaining()), 1e-12);
        assertArrayEquals(expected.payments(), Tensors.toDoubles(round.payments()), 1e-14);
        assertArrayEquals(expected.winning(), Tensors.toDoubles(round.winning()), tolerance);
        assertArrayEquals(Samples.flat(expected.reward()), Tensors.toDoubles(round.reward()), tolerance);
        assertArrayEquals(expected.next(), Tensors.toDoubles(round.next()), 1e-12);
        assertEquals(expected.revenue(), Tensors.toDouble(round.revenue()), 1e-12);
        assertEquals(expected.welfare(), Tensors.toDouble(round.welfare()), 1e-12);
    }

    @Property(tries = 100)
    void massIsConservedAndGoodsAreNotInvented(
            @ForAll @IntRange(max = 9) int setting,
            @ForAll Samples.Kind kind,
            @ForAll boolean exact,
            @ForAll long seed) {
        int n = 8;
        AuctionSetting about = AuctionSetting.ALL.get(setting);
        SplittableRandom random = new SplittableRandom(seed);
        AuctionSetting.Scenario scenario = about.draw(n, random);
        double[] policy = Samples.flat(Samples.policy(about.rounds(), n, false, random));
        double tolerance = exact ? 1e-12 : 1e-4;
        try (Bench bench = new Bench(exact ? DataType.FLOAT64 : DataType.FLOAT32)) {
            Samples.Market market = Samples.market(kind, bench, about.rounds(), n, scenario.alphaMax(), random);
            BatchedAuction game = about.game(bench.constants, about.rounds(), scenario, market.mechanism());
            double sold = 0;
            for (AuctionRound round :
                    bench.playing(game, market.theta(), policy).rounds()) {
                double[] next = Tensors.toDoubles(round.next());
                assertTrue(Arrays.stream(next).allMatch(mass -> mass >= 0));
                assertEquals(1, Arrays.stream(next).sum(), tolerance);
                assertTrue(Arrays.stream(Tensors.toDoubles(round.winning())).allMatch(p -> p >= 0 && p <= 1));
                assertTrue(Tensors.toDouble(round.goods()) >= 0);
                sold += Tensors.toDouble(round.goods());
                assertEquals(scenario.alphaMax() - sold, Tensors.toDouble(round.remaining()), tolerance);
            }
            assertTrue(sold <= scenario.alphaMax() + tolerance);
        }
    }

    @Property(tries = 60)
    void revenueStaysBelowEfficiencyWhenNobodyPaysAboveValue(
            @ForAll @IntRange(max = 9) int setting, @ForAll Samples.Kind kind, @ForAll long seed) {
        int n = 8;
        AuctionSetting about = AuctionSetting.ALL.get(setting);
        SplittableRandom random = new SplittableRandom(seed);
        AuctionSetting.Scenario scenario = about.draw(n, random);
        double[] policy = Samples.flat(Samples.policy(about.rounds(), n, true, random));
        try (Bench bench = new Bench()) {
            Samples.Market market = Samples.market(kind, bench, about.rounds(), n, scenario.alphaMax(), random);
            BatchedAuction game = about.game(bench.constants, about.rounds(), scenario, market.mechanism());
            PopulationFlow<AuctionRound> flow = bench.playing(game, market.theta(), policy);
            assertTrue(Tensors.toDouble(AuctionObjective.REVENUE.of(flow, Bench.NO_THETA))
                    <= Tensors.toDouble(AuctionObjective.EFFICIENCY.of(flow, Bench.NO_THETA)) + 1e-12);
        }
    }

    @Test
    void thoseWhoLeftForGoodAreWorthNothing() {
        AuctionSetting setting = AuctionSetting.named("A2");
        try (Bench bench = new Bench()) {
            AuctionSetting.Scenario scenario = setting.draw(8, new SplittableRandom(1));
            Samples.Market market = Samples.firstPrice(bench, 8, FirstPrice.equalShares(4, 0.8));
            BatchedAuction game = setting.game(bench.constants, 4, scenario, market.mechanism());
            double[] initial = Tensors.toDoubles(
                    Values.of(bench.uniform(game, Bench.NO_THETA), 0.5).initial());
            assertEquals(0, initial[8]);
            assertTrue(initial[7] > 0);
        }
    }

    @Test
    void rulesThatAreNoAuctionAreRefused() {
        double[] half = {0.5, 0.5};
        assertRefused(() -> new BatchedAuction.Rules(0, 2, 1, half, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 1, 1, new double[] {1}, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 2, 0, half, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 2, Double.NaN, half, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 3, 1, half, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 2, 1, new double[] {0.5, 0.4}, Utility.LINEAR));
        assertRefused(() -> new BatchedAuction.Rules(1, 2, 1, new double[] {1.5, -0.5}, Utility.LINEAR));
        try (Bench bench = new Bench()) {
            assertRefused(() -> new FirstPrice(bench.constants, 2, new double[] {0.1, -0.1}));
            assertRefused(() -> new FirstPrice(bench.constants, 2, new double[] {Double.NaN}));
        }
    }

    private static void assertRefused(Executable making) {
        assertThrows(InvalidInputException.class, making);
    }
}
