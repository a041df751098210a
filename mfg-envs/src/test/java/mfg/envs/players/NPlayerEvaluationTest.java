package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.Utility;
import mfg.envs.auction.ValueDynamics;
import mfg.envs.beach.Congestion;
import mfg.envs.examples.LeftRight;
import mfg.envs.examples.RockPaperScissors;
import mfg.envs.players.NPlayerEvaluation.Plan;
import mfg.envs.players.NPlayerEvaluation.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NPlayerEvaluationTest {

    private static NPlayerGame seat(Bench bench, MeanFieldGame<KernelRound> game, int players) {
        Objective<KernelRound> objective = new Congestion<>(3);
        return new IndependentPlayers<>(game, Bench.NO_THETA, objective, players, bench.manager);
    }

    private static Actions uniform(NPlayerGame game) {
        double[] probabilities = new double[(int) game.shape().policy().size()];
        Arrays.fill(probabilities, 1.0 / game.shape().actions());
        return Actions.tabular(game.shape(), probabilities);
    }

    private static NPlayerEvaluation evaluate(NPlayerGame game, Actions policy, int repetitions, int threads) {
        Plan plan = new Plan(repetitions, 1, threads);
        return NPlayerEvaluation.of(List.of(new Prediction(game, policy, 0.5)), plan, more -> {});
    }

    /** One who goes left meets itself and half of the others: {@code -(1 + (N-1)/2) / N}; right costs twice that. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 40})
    void goingLeftGainsWhatItDoes(int players) {
        try (Bench bench = new Bench()) {
            NPlayerGame game = seat(bench, new LeftRight(bench.constants, 2), players);
            NPlayerEvaluation evaluation = evaluate(game, uniform(game), 500, 2);
            double crowd = (players + 1.0) / (2 * players);
            assertEquals(crowd / 2, evaluation.exploitability(), 4 * evaluation.exploitabilityError());
            assertEquals(-1.5 * crowd, evaluation.reward(), 0.05);
            assertTrue(evaluation.exploitabilityError() < 0.05);
        }
    }

    /** Against a third of each, r(R) = m, r(P) = 2m, r(S) = 3m with the others' share m = (N-1)/(3N). */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 40})
    void scissorsGainWhatTheyDo(int players) {
        try (Bench bench = new Bench()) {
            NPlayerGame game = seat(bench, new RockPaperScissors(bench.constants, 2), players);
            NPlayerEvaluation evaluation = evaluate(game, uniform(game), 500, 2);
            double share = (players - 1.0) / (3 * players);
            assertEquals(share, evaluation.exploitability(), 4 * evaluation.exploitabilityError());
            assertTrue(evaluation.exploitabilityError() < 0.15);
        }
    }

    /**
     * Two bidders, one good, both bid 0 in equal shares of the values 0, 1/4, 1/2 and 3/4. Only with 3/4 is it worth to bid 1/4
     * and win for sure: 1/2 instead of half of 3/4.
     */
    @ParameterizedTest
    @CsvSource({"LINEAR", "AVERSE"})
    void outbiddingThoseWhoBidNothingGainsWhatItDoes(String kind) {
        Utility utility = kind.equals("LINEAR") ? Utility.LINEAR : Utility.riskAverse(1);
        double gain = 0;
        for (double value : new double[] {0, 0.25, 0.5, 0.75}) {
            gain += 0.25 * Math.max(0, u(kind, value - 0.25) - u(kind, value) / 2);
        }
        try (Bench bench = new Bench()) {
            double[] even = {0.25, 0.25, 0.25, 0.25};
            BatchedAuction auction = new BatchedAuction(
                    bench.constants,
                    new BatchedAuction.Rules(1, 4, 0.5, even, utility),
                    ValueDynamics.STILL,
                    new FirstPrice(bench.constants, 4, new double[] {0.5}));
            NPlayerGame game = new NPlayerAuction(auction, Bench.NO_THETA, AuctionObjective.REVENUE, 2, bench.manager);
            NPlayerEvaluation evaluation = evaluate(game, (h, state, random) -> 0, 10_000, 2);
            assertEquals(gain, evaluation.exploitability(), 4 * evaluation.exploitabilityError());
            assertTrue(evaluation.exploitabilityError() < 0.07 * gain);
            assertEquals(0, evaluation.objective());
        }
    }

    private static double u(String kind, double surplus) {
        return kind.equals("LINEAR") ? surplus : 1 - Math.exp(-surplus);
    }

    /** In a large auction a bidder gains the same whether or not the others' luck is tied together. */
    @Test
    void bothKindsOfPlayersAgreeOnTheBestResponse() {
        try (Bench bench = new Bench()) {
            double[] even = {0.25, 0.25, 0.25, 0.25};
            BatchedAuction auction = new BatchedAuction(
                    bench.constants,
                    new BatchedAuction.Rules(3, 4, 0.6, even, Utility.LINEAR),
                    ValueDynamics.STILL,
                    new FirstPrice(bench.constants, 4, new double[] {0.2, 0.2, 0.2}));
            Objective<AuctionRound> revenue = AuctionObjective.REVENUE;
            NPlayerGame tied =
                    new NPlayerAuction(auction, Bench.NO_THETA, AuctionObjective.REVENUE, 1000, bench.manager);
            NPlayerGame independent = new IndependentPlayers<>(auction, Bench.NO_THETA, revenue, 1000, bench.manager);
            NPlayerEvaluation one = evaluate(tied, uniform(tied), 400, 2);
            NPlayerEvaluation other = evaluate(independent, uniform(independent), 400, 2);
            double noise = Math.hypot(one.exploitabilityError(), other.exploitabilityError());
            assertEquals(one.exploitability(), other.exploitability(), 4 * noise);
            assertTrue(one.exploitability() > 6 * noise, one + " " + other);
            assertEquals(one.objective(), other.objective(), 0.005);
        }
    }

    @Test
    void threadsChangeNoNumber() {
        try (Bench bench = new Bench()) {
            NPlayerGame small = seat(bench, new LeftRight(bench.constants, 2), 7);
            assertEquals(evaluate(small, uniform(small), 101, 1), evaluate(small, uniform(small), 101, 3));
            assertTrue(!evaluate(small, uniform(small), 101, 1).equals(evaluate(small, uniform(small), 102, 1)));
        }
    }

    @Test
    void repetitionsAreSpreadOverGames() {
        try (Bench bench = new Bench()) {
            NPlayerGame game = seat(bench, new LeftRight(bench.constants, 2), 4);
            Actions left = (h, state, random) -> 0;
            double objective = game.simulation(left).play(1, 0.5, left).objective(); // without chance
            List<Prediction> predictions = List.of(
                    new Prediction(game, left, objective - 1),
                    new Prediction(game, left, objective + 3),
                    new Prediction(game, left, objective + 100));
            AtomicInteger plays = new AtomicInteger();
            Plan three = new Plan(3, 1, 1);
            NPlayerEvaluation evaluation = NPlayerEvaluation.of(predictions, three, plays::addAndGet);
            assertEquals(objective, evaluation.objective(), 1e-12);
            assertEquals((1 - 3 - 100) / 3.0, evaluation.bias(), 1e-12);
            assertEquals(104 / 3.0, evaluation.deviation(), 1e-12);
            assertEquals(three.plays(), plays.get());
            NPlayerEvaluation two = NPlayerEvaluation.of(predictions, new Plan(2, 1, 1), more -> {});
            assertEquals(2, two.deviation(), 1e-12);
            assertEquals(1, two.objective() - two.bias() - objective, 1e-12);
        }
    }

    @Test
    void aPlanNeedsSomethingToDo() {
        assertThrows(InvalidInputException.class, () -> new Plan(0, 1, 1));
        assertThrows(InvalidInputException.class, () -> new Plan(1, 1, 0));
    }
}
