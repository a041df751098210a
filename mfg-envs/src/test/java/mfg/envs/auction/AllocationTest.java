package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Tensors;
import mfg.envs.Bench;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wins in one round. Masses are multiples of 1/16 and goods of 1/64, which add up without rounding: ties are ties. */
class AllocationTest {

    private static final int BIDS = 5;
    private static final int PLAYERS = 16;

    private static BatchedAuction game(Bench bench, double goods) {
        double[] even = new double[BIDS];
        Arrays.fill(even, 1.0 / BIDS);
        return new BatchedAuction(
                bench.constants,
                new BatchedAuction.Rules(1, BIDS, 9, even, Utility.LINEAR),
                ValueDynamics.STILL,
                new FirstPrice(bench.constants, BIDS, new double[] {goods}));
    }

    /** The round of players with a state (5 is ⊥) and a bid each. */
    private static AuctionRound round(Bench bench, double goods, int[][] players) {
        double[] flow = new double[(BIDS + 1) * BIDS];
        for (int[] player : players) {
            flow[player[0] * BIDS + player[1]] += 1.0 / players.length;
        }
        NDArray population = Tensors.create(bench.manager, bench.type, flow, new Shape(BIDS + 1, BIDS));
        return game(bench, goods).round(0, population, null, Bench.NO_THETA);
    }

    @Property(tries = 300)
    void theHighestBidsWin(@ForAll @IntRange(max = 80) int quarters, @ForAll boolean exact, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] popular = {random.nextInt(BIDS), random.nextInt(BIDS), random.nextInt(BIDS)};
        int[][] players = new int[PLAYERS][];
        Arrays.setAll(players, i -> new int[] {random.nextInt(BIDS + 1), popular[random.nextInt(3)]});
        try (Bench bench = new Bench(exact ? DataType.FLOAT64 : DataType.FLOAT32)) {
            AuctionRound round = round(bench, quarters / 64.0, players);
            assertArrayEquals(served(players, quarters), Tensors.toDoubles(round.winning()), exact ? 1e-15 : 1e-7);
        }
    }

    /** Serves the active players one by one, four quarters of a good each, and averages over those with the same bid. */
    private static double[] served(int[][] players, int quarters) {
        int[] demanded = new int[BIDS];
        for (int[] player : players) {
            demanded[player[1]] += player[0] < BIDS ? 4 : 0;
        }
        double[] winning = new double[BIDS];
        boolean everybody = quarters >= Arrays.stream(demanded).sum();
        int left = quarters;
        for (int a = BIDS - 1; a >= 0; a--) {
            int sold = Math.min(left, demanded[a]);
            if (demanded[a] > 0) {
                winning[a] = (double) sold / demanded[a];
            } else {
                winning[a] = everybody || left > 0 ? 1 : 0;
            }
            left -= sold;
        }
        return winning;
    }

    private static final int[][] MIXED = {{4, 3}, {3, 3}, {3, 1}, {2, 1}, {1, 0}, {0, 0}, {5, 4}, {5, 0}};

    @Test
    void withoutGoodsNobodyWins() {
        try (Bench bench = new Bench()) {
            AuctionRound round = round(bench, 0, MIXED);
            assertArrayEquals(new double[BIDS], Tensors.toDoubles(round.winning()));
            assertEquals(0, Tensors.toDouble(round.revenue()));
            assertEquals(0.25, Tensors.toDoubles(round.next())[BIDS], "⊥ gains nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.75, 1, 3})
    void withGoodsForAllEverybodyWins(double goods) {
        try (Bench bench = new Bench()) {
            AuctionRound round = round(bench, goods, MIXED);
            assertArrayEquals(new double[] {1, 1, 1, 1, 1}, Tensors.toDoubles(round.winning()));
            assertEquals(0.75, Tensors.toDouble(round.goods()), "no more is sold than is bid for");
            assertArrayEquals(new double[] {0, 0, 0, 0, 0, 1}, Tensors.toDoubles(round.next()));
        }
    }

    @Test
    void everybodyWinsWhateverTheRounding() {
        // sums of these masses differ with the order of summation
        try (Bench bench = new Bench()) {
            double[] flow = new double[(BIDS + 1) * BIDS];
            Arrays.fill(flow, 0, BIDS * BIDS, 0.04);
            flow[3] = 0.013;
            flow[7] = 0.067;
            for (double goods : new double[] {1, Math.nextUp(1.0)}) {
                AuctionRound round = game(bench, goods)
                        .round(
                                0,
                                Tensors.create(bench.manager, bench.type, flow, new Shape(BIDS + 1, BIDS)),
                                null,
                                Bench.NO_THETA);
                assertEquals(1, Tensors.toDouble(round.winning().min()), 1e-14);
            }
        }
    }

    /** Bids of which nobody makes 2 and 4, goods for a tie, a margin, nobody or everybody. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 0", "0.375, 1", "0.5, 0", "0.625, 1", "0.75, 0", "2, 0"})
    void gradientsAreFiniteAndOnlyTheMarginalBidHasOne(double goods, int marginal) {
        try (Bench bench = new Bench();
                GradientCollector collector = bench.manager.getEngine().newGradientCollector()) {
            double[] flow = new double[(BIDS + 1) * BIDS];
            for (int[] player : MIXED) {
                flow[player[0] * BIDS + player[1]] += 1.0 / MIXED.length;
            }
            NDArray population = Tensors.create(bench.manager, bench.type, flow, new Shape(BIDS + 1, BIDS));
            population.setRequiresGradient(true);
            AuctionRound round = game(bench, goods).round(0, population, null, Bench.NO_THETA);
            NDArray winning = round.winning();
            // keeps the graph connected where winning is constant
            collector.backward(winning.sum().add(Tensors.times(population.sum(), 0)));
            double[] gradient = Tensors.toDoubles(population.getGradient());
            assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite));
            assertEquals(marginal == 1, Arrays.stream(gradient).anyMatch(g -> g != 0));
        }
    }

    @Test
    void zeroDominanceIsABidThatNobodyMakesAtTheThreshold() {
        int[][] gap = {{4, 3}, {3, 3}, {2, 1}, {1, 1}};
        int[][] neighbours = {{4, 4}, {3, 3}, {2, 2}, {1, 1}, {0, 0}};
        try (Bench bench = new Bench()) {
            assertTrue(violates(bench, 0.5, gap), "bid 2 is empty and bid 3 takes exactly half");
            assertFalse(violates(bench, 0.4, gap), "bid 3 itself is at the threshold");
            assertFalse(violates(bench, 0.6, gap), "bid 1 is");
            assertFalse(violates(bench, 0.4, neighbours), "no bid is empty");
            assertTrue(violates(bench, 0.5 + 1e-9, gap), "close counts");
            assertFalse(violates(bench, 0.5 + 1e-5, gap));
        }
    }

    private static boolean violates(Bench bench, double goods, int[][] players) {
        AuctionRound round = round(bench, goods, players);
        return game(bench, goods).violatesNoZeroDominance(List.of(round), 1e-8);
    }
}
