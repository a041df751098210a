package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.Utility;
import mfg.envs.auction.ValueDynamics;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Held against sorting the bids. */
class AuctionRulesTest {

    /** Everybody's value is drawn evenly, and winners leave for good. */
    private static BatchedAuction singleMinded(Bench bench, int rounds, int n, double alphaMax, Mechanism mechanism) {
        double[] even = new double[n];
        Arrays.fill(even, 1.0 / n);
        return new BatchedAuction(
                bench.constants,
                new BatchedAuction.Rules(rounds, n, alphaMax, even, Utility.LINEAR),
                ValueDynamics.STILL,
                mechanism);
    }

    private static NPlayerAuction revenue(Bench bench, BatchedAuction auction, int players) {
        return new NPlayerAuction(auction, Bench.NO_THETA, AuctionObjective.REVENUE, players, bench.manager);
    }

    /** What the goods bring, in units of 1/n, if the highest bids get them. */
    private static int highest(List<Witness.Choice> bids, int goods) {
        return bids.stream()
                .map(Witness.Choice::action)
                .sorted(Comparator.reverseOrder())
                .limit(goods)
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static Set<Integer> players(List<Witness.Choice> choices) {
        return choices.stream().map(Witness.Choice::player).collect(Collectors.toSet());
    }

    @Test
    void everyProfileOfBidsSellsToTheHighest() {
        int players = 5;
        int n = 3;
        try (Bench bench = new Bench()) {
            for (int goods = 0; goods <= players; goods++) {
                FirstPrice seller = new FirstPrice(bench.constants, n, new double[] {(double) goods / players, 0});
                NPlayerAuction game = revenue(bench, singleMinded(bench, 2, n, 1, seller), players);
                for (int profile = 0; profile < Math.pow(n, players); profile++) {
                    int code = profile;
                    Witness witness = new Witness(players, 2, (h, i, state, random) -> code / (int) Math.pow(n, i) % n);
                    NPlayerGame.Play play = witness.watch(game.simulation(witness), profile);
                    List<Witness.Choice> bids = witness.round(0);
                    assertEquals(players, bids.size());
                    assertEquals((double) highest(bids, goods) / n / players, play.objective(), 1e-15);
                    Set<Integer> losers = players(witness.round(1));
                    assertEquals(players - goods, losers.size());
                    assertNobodyIsOutbid(bids, losers);
                }
            }
        }
    }

    private static void assertNobodyIsOutbid(List<Witness.Choice> bids, Set<Integer> losers) {
        int lowestWinner = bids.stream()
                .filter(bid -> !losers.contains(bid.player()))
                .mapToInt(Witness.Choice::action)
                .min()
                .orElse(Integer.MAX_VALUE);
        int highestLoser = bids.stream()
                .filter(bid -> losers.contains(bid.player()))
                .mapToInt(Witness.Choice::action)
                .max()
                .orElse(-1);
        assertTrue(lowestWinner >= highestLoser, bids + " lost by " + losers);
    }

    @Property(tries = 200)
    void wholeAuctionsSellToTheHighest(
            @ForAll @IntRange(min = 2, max = 60) int players,
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 5) int rounds,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double alphaMax = random.nextDouble(0.05, 1.2);
        double[] shares = random.doubles(rounds, 0, 2 * alphaMax / rounds).toArray();
        try (Bench bench = new Bench()) {
            FirstPrice seller = new FirstPrice(bench.constants, n, shares);
            NPlayerAuction game = revenue(bench, singleMinded(bench, rounds, n, alphaMax, seller), players);
            Witness witness = new Witness(players, rounds, (h, i, state, own) -> own.nextInt(n));
            NPlayerGame.Play play = witness.watch(game.simulation(witness), seed);
            int earned = 0;
            int sold = 0;
            int gained = 0;
            for (int h = 0; h < rounds; h++) {
                List<Witness.Choice> bids = witness.round(h);
                double share = Math.min(shares[h], alphaMax - (double) sold / players);
                int goods = (int) Math.min(bids.size(), Math.floor(share * players + 1e-9));
                earned += highest(bids, goods);
                sold += goods;
                if (h + 1 < rounds) {
                    Set<Integer> losers = players(witness.round(h + 1));
                    assertEquals(bids.size() - goods, losers.size());
                    assertTrue(players(bids).containsAll(losers));
                    assertNobodyIsOutbid(bids, losers);
                    gained += bids.stream()
                            .filter(bid -> !losers.contains(bid.player()))
                            .mapToInt(bid -> bid.state() - bid.action())
                            .sum();
                }
            }
            assertEquals((double) earned / n / players, play.objective(), 1e-13);
            assertTrue(sold <= alphaMax * players + 1e-9);
            if (rounds > 1
                    && shares[rounds - 1] * players < 1 - 1e-9) { // nothing in the round after which nobody is seen
                assertEquals((double) gained / n / players, play.meanReward(), 1e-13);
            }
        }
    }

    @Test
    void sharesThatAreWholeNumbersOfGoodsSellAsMany() {
        double[] shares = {0.2, 0.2, 0.2, 0.2};
        try (Bench bench = new Bench()) {
            BatchedAuction auction = singleMinded(bench, 5, 4, 0.8, new FirstPrice(bench.constants, 4, append(shares)));
            for (int players = 5; players <= 2000; players += 5) {
                Witness witness = new Witness(players, 5, (h, i, state, random) -> state);
                witness.watch(revenue(bench, auction, players).simulation(witness), players);
                for (int h = 0; h < 4; h++) {
                    assertEquals(
                            players / 5,
                            witness.round(h).size() - witness.round(h + 1).size());
                }
            }
        }
    }

    /** A round more that sells nothing, to see who is left. */
    private static double[] append(double[] shares) {
        return Arrays.copyOf(shares, shares.length + 1);
    }

    @Test
    void everySetOfTiedBiddersIsEquallyLikelyToWin() {
        int players = 6; // the first bids most; two of the other five get the goods that are left
        try (Bench bench = new Bench()) {
            FirstPrice seller = new FirstPrice(bench.constants, 2, new double[] {0.5, 0});
            NPlayerAuction game = revenue(bench, singleMinded(bench, 2, 2, 1, seller), players);
            Witness witness = new Witness(players, 2, (h, i, state, random) -> i == 0 ? 1 : 0);
            NPlayerGame.Simulation simulation = game.simulation(witness);
            Map<Set<Integer>, Integer> losers = new HashMap<>();
            int plays = 20_000;
            for (int seed = 0; seed < plays; seed++) {
                witness.watch(simulation, seed);
                losers.merge(players(witness.round(1)), 1, Integer::sum);
            }
            assertEquals(10, losers.size());
            double chiSquare = losers.values().stream()
                    .mapToDouble(count -> Math.pow(count - plays / 10.0, 2) / (plays / 10.0))
                    .sum();
            assertTrue(chiSquare < 33.7, "9 degrees of freedom exceed this once in 10,000 times: " + chiSquare);
        }
    }

    @Property(tries = 50)
    void aReserveSellsToAllWhoBidIt(
            @ForAll @IntRange(min = 2, max = 300) int players,
            @ForAll @IntRange(max = 9) int reserve,
            @ForAll long seed) {
        int n = 10;
        try (Bench bench = new Bench()) {
            ReservePrice seller = new ReservePrice(bench.constants, n, new double[] {reserve / 10.0, 1});
            Witness witness = new Witness(players, 2, (h, i, state, own) -> own.nextInt(n));
            witness.watch(
                    revenue(bench, singleMinded(bench, 2, n, 1, seller), players)
                            .simulation(witness),
                    seed);
            Set<Integer> below = players(witness.round(0).stream()
                    .filter(bid -> bid.action() < reserve)
                    .toList());
            assertEquals(below, players(witness.round(1)));
        }
    }

    @Test
    void anyMechanismPlugsIn() {
        AuctionSetting setting = AuctionSetting.named("A10");
        try (Bench bench = new Bench()) {
            AuctionSetting.Scenario scenario = setting.draw(6, new SplittableRandom(1));
            FirstPrice fast = new FirstPrice(bench.constants, 6, FirstPrice.equalShares(4, 0.8));
            Mechanism plain = new Mechanism() {
                @Override
                public List<ParameterSpec> parameters() {
                    return List.of();
                }

                @Override
                public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
                    return fast.offer(h, bids, remaining, theta);
                }
            };
            Actions policy = (h, state, random) -> Draws.below(state + 1, random);
            NPlayerGame.Simulation one = revenue(bench, setting.game(bench.constants, 4, scenario, fast), 50)
                    .simulation(policy);
            NPlayerGame.Simulation other = revenue(bench, setting.game(bench.constants, 4, scenario, plain), 50)
                    .simulation(policy);
            for (int seed = 0; seed < 20; seed++) {
                assertEquals(one.play(seed, 0.3, policy), other.play(seed, 0.3, policy));
            }
        }
    }

    @Test
    void whatCannotBeSimulatedIsRefused() {
        try (Bench bench = new Bench()) {
            FirstPrice seller = new FirstPrice(bench.constants, 2, new double[] {0.5});
            BatchedAuction auction = singleMinded(bench, 1, 2, 1, seller);
            for (int players : new int[] {-1, 0, 1, 10_000_001}) {
                assertThrows(InvalidInputException.class, () -> revenue(bench, auction, players));
            }
            ValueDynamics crowded = new ValueDynamics() {
                @Override
                public NDArray next(NDArray xi) {
                    return xi;
                }

                @Override
                public NDArray continuation(NDArray value, NDArray xi) {
                    return value;
                }
            };
            BatchedAuction other = new BatchedAuction(bench.constants, auction.rules(), crowded, seller);
            assertThrows(InvalidInputException.class, () -> revenue(bench, other, 2));
        }
    }
}
