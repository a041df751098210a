package mfg.envs.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import mfg.core.Exploitability;
import mfg.core.MirrorMap;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.Utility;
import mfg.envs.auction.ValueDynamics;
import mfg.envs.exact.EdgeAuction.Equilibrium;
import mfg.envs.players.Actions;
import mfg.envs.players.NPlayerAuction;
import mfg.envs.players.NPlayerEvaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binomial sums against counting, against auctions as they are simulated and as the mean field has them, and against theory. */
final class EdgeAuctionTest {

    /** E max(0, Z), Z standard normal. */
    private static final double POSITIVE_PART = 1 / Math.sqrt(2 * Math.PI);

    static final List<Equilibrium> WITHOUT_ENTROPY = List.of(Equilibrium.PURE, Equilibrium.MIXED);
    static final List<Equilibrium> ALL = Equilibrium.ALL;

    private static BatchedAuction auction(Bench bench) {
        BatchedAuction.Rules rules =
                new BatchedAuction.Rules(1, 5, 0.5, new double[] {0, 0, 0, 0.5, 0.5}, Utility.LINEAR);
        return new BatchedAuction(
                bench.constants, rules, ValueDynamics.STILL, new FirstPrice(bench.constants, 5, new double[] {0.5}));
    }

    /** The policy over all states of the auction, (6, 5): nobody else is there. */
    private static double[] policy(Equilibrium equilibrium) {
        double[] uniform = new double[5];
        Arrays.fill(uniform, 0.2);
        double[][] both = equilibrium.policy();
        return List.of(uniform, uniform, uniform, both[0], both[1], uniform).stream()
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void winningIsCountedOverAllBidsOfTheOthers(int players) {
        double[] bids = {0.3, 0.1, 0, 0.35, 0.25};
        double[] wins = EdgeAuction.wins(bids, players);
        for (int bid = 0; bid < bids.length; bid++) {
            assertEquals(counted(bids, players, bid, 1, 0, 0), wins[bid], 1e-14);
        }
    }

    /** How often a bid wins, bidder after bidder. */
    private static double counted(double[] bids, int players, int bid, int seen, int above, int equal) {
        if (seen == players) {
            return Math.min(1, Math.max(0, (players / 2 - above) / (equal + 1.0)));
        }
        double wins = 0;
        for (int other = 0; other < bids.length; other++) {
            wins += bids[other]
                    * counted(
                            bids,
                            players,
                            bid,
                            seen + 1,
                            above + (other > bid ? 1 : 0),
                            equal + (other == bid ? 1 : 0));
        }
        return wins;
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void theMeanFieldIsTheAuctions(Equilibrium equilibrium) {
        try (Bench bench = new Bench()) {
            BatchedAuction auction = auction(bench);
            PopulationFlow<AuctionRound> flow = bench.playing(auction, Bench.NO_THETA, policy(equilibrium));
            double tau = equilibrium.tau();
            // unused states have no mass, so that what they do costs nothing
            double gain =
                    tau > 0 ? Exploitability.regularized(flow, tau, MirrorMap.ENTROPY) : Exploitability.plain(flow);
            assertEquals(0, gain, 1e-12);
            assertEquals(equilibrium.noZeroDominance(), !auction.violatesNoZeroDominance(flow.rounds(), 1e-12));
            EdgeAuction.Players two = EdgeAuction.among(equilibrium, 2);
            double revenue = Tensors.toDouble(AuctionObjective.REVENUE.of(flow, Bench.NO_THETA));
            assertEquals(two.revenueError(), Math.abs(two.revenue() - revenue), 1e-12);
        }
    }

    @ParameterizedTest
    @FieldSource("WITHOUT_ENTROPY")
    void simulatedAuctionsAgree(Equilibrium equilibrium) {
        try (Bench bench = new Bench()) {
            BatchedAuction auction = auction(bench);
            NPlayerAuction game =
                    new NPlayerAuction(auction, Bench.NO_THETA, AuctionObjective.REVENUE, 40, bench.manager);
            Actions actions = Actions.tabular(auction.shape(), policy(equilibrium));
            NPlayerEvaluation simulated = NPlayerEvaluation.of(
                    List.of(new NPlayerEvaluation.Prediction(game, actions, 0)),
                    new NPlayerEvaluation.Plan(40_000, 3, 2),
                    plays -> {});
            EdgeAuction.Players exact = EdgeAuction.among(equilibrium, 40);
            assertEquals(exact.revenue(), simulated.objective(), 4 * simulated.standardError());
            assertEquals(exact.exploitability(), simulated.exploitability(), 4 * simulated.exploitabilityError());
            assertTrue(4 * simulated.exploitabilityError() < 0.1 * exact.exploitability(), simulated.toString());
        }
    }

    @Test
    void withoutNoZeroDominanceTheErrorStays() {
        // high: 0.6 Pr(Bin < N/2) - 0.2; low: 0.4 Pr(Bin < N/2); the probability is 1/2
        for (int players : new int[] {10_000, 1_000_000}) {
            double exploitability = EdgeAuction.among(Equilibrium.PURE, players).exploitability();
            assertEquals(0.5 * (0.6 * 0.5 - 0.2) + 0.5 * 0.4 * 0.5, exploitability, 0.1 / Math.sqrt(players));
        }
        assertFalse(Equilibrium.PURE.noZeroDominance());
    }

    @Test
    void withItTheBoundIsAttained() {
        assertTrue(Equilibrium.MIXED.noZeroDominance());
        int players = 1_000_000;
        EdgeAuction.Players mixed = EdgeAuction.among(Equilibrium.MIXED, players);
        // a bid of 2/5 takes the goods that high bidders leave, sqrt(N)/2 E max(0, Z) of them, among N/6; it is worth
        // 1/5 to low ones,
        // half of all, two thirds of whom do not make it
        double wins = 0.5 * POSITIVE_PART / (1 / 6.0) / Math.sqrt(players);
        assertEquals(0.5 * 2 / 3 * 0.2 * wins, mixed.exploitability(), 1e-3 * mixed.exploitability());
        // what high bidders leave is sold at 2/5 instead of 3/5
        assertEquals(0.2 * 0.5 * POSITIVE_PART / Math.sqrt(players), mixed.revenueError(), 1e-3 * mixed.revenueError());
    }

    @Test
    void withEntropyTheErrorIsSoonGone() {
        assertTrue(Equilibrium.ENTROPY.noZeroDominance());
        assertTrue(EdgeAuction.among(Equilibrium.ENTROPY, 10).exploitability() > 1e-3);
        assertTrue(EdgeAuction.among(Equilibrium.ENTROPY, 1000).exploitability() < 1e-12);
    }

    @Test
    void binomialsOfOneMillionAddUp() {
        int n = 1_000_000;
        assertEquals(0.3 * n, Binomial.expectation(n, 0.3, k -> k), 1e-6);
        assertEquals(0.21 * n, Binomial.expectation(n, 0.3, k -> Math.pow(k - 0.3 * n, 2)), 1e-3);
        assertEquals(1, Binomial.below(3, 0, 1));
        assertEquals(0, Binomial.below(3, 1, 3));
    }
}
