package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.Objective;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.envs.examples.CrowdModelling;
import mfg.envs.examples.LeftRight;
import mfg.envs.examples.MfglibBeachBar;
import mfg.envs.examples.RockPaperScissors;
import mfg.envs.examples.Sis;
import mfg.envs.players.NPlayerEvaluation.Plan;
import mfg.envs.players.NPlayerEvaluation.Prediction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are recorded, and rules that the engine computes. */
class RefereeTest {

    private static final int PLAYERS = 50;
    private static final int BIDS = 6;

    /** A game with a design and an objective. */
    private record Match<R extends Round>(MeanFieldGame<R> game, NDList theta, Objective<R> objective) {

        IndependentPlayers<R> seat(Bench bench) {
            return new IndependentPlayers<>(game, theta, objective, PLAYERS, bench.manager);
        }

        Referee engine(Bench bench) {
            return new EngineReferee<>(game, theta, objective, bench.manager);
        }

        Referee chosen(NDManager manager) {
            return Referee.of(game, theta, objective, manager).get();
        }
    }

    private static Match<KernelRound> crowd(Bench bench, String kind) {
        MeanFieldGame<KernelRound> game =
                switch (kind) {
                    case "left-right" -> new LeftRight(bench.constants, 2);
                    case "rps" -> new RockPaperScissors(bench.constants, 3);
                    case "sis" -> new Sis(bench.constants, 8);
                    case "mfglib-beach-bar" -> new MfglibBeachBar(bench.constants, 10);
                    case "crowd-modelling" -> new CrowdModelling(bench.constants, 10);
                    default -> new BeachBar(bench.constants, new BeachBar.Options(5, 4, 0.5, 0.2, 1e-8));
                };
        NDList theta = new NDList();
        game.parameters().forEach(spec -> theta.add(numbers(bench, spec.shape())));
        return new Match<>(game, theta, new Congestion<>(game.shape().states()));
    }

    private static Match<?> auction(Bench bench, String setting, String kind) {
        AuctionSetting about = AuctionSetting.named(setting);
        int rounds = Math.min(about.rounds(), 8);
        Mechanism mechanism =
                switch (kind) {
                    case "reserve" -> new ReservePrice(bench.constants, BIDS, new double[] {0.8, 0.6, 0.5, 0.3});
                    case "static" -> new StaticMechanism(bench.constants, rounds, BIDS);
                    default -> new FirstPrice(bench.constants, BIDS, FirstPrice.equalShares(rounds, 0.7));
                };
        BatchedAuction game = about.game(bench.constants, rounds, about.draw(BIDS, new SplittableRandom(3)), mechanism);
        NDList theta = new NDList();
        mechanism.parameters().forEach(spec -> theta.add(numbers(bench, spec.shape())));
        return new Match<>(game, theta, new AuctionObjective(0.5));
    }

    private static NDArray numbers(Bench bench, Shape shape) {
        double[] numbers =
                new SplittableRandom(4).doubles(shape.size(), -0.3, 0.3).toArray();
        return Tensors.create(bench.manager, bench.type, numbers, shape);
    }

    private static Actions uneven(GameShape shape) {
        double[] policy = new double[(int) shape.policy().size()];
        SplittableRandom random = new SplittableRandom(5);
        for (int row = 0; row < policy.length; row += shape.actions()) {
            double total = 0;
            for (int a = 0; a < shape.actions(); a++) {
                policy[row + a] = 0.05 + random.nextExponential();
                total += policy[row + a];
            }
            for (int a = 0; a < shape.actions(); a++) {
                policy[row + a] /= total;
            }
        }
        return Actions.tabular(shape, policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"left-right", "rps", "sis", "mfglib-beach-bar", "crowd-modelling", "beach-bar"})
    void bothLeadCrowdsAlike(String kind) {
        try (Bench bench = new Bench()) {
            assertAlike(bench, crowd(bench, kind));
        }
    }

    /** Auctions remember what was sold before. */
    @ParameterizedTest
    @CsvSource({"A1, first-price", "A2, first-price", "A4, first-price", "A6, static", "A7, static", "A10, reserve"})
    void bothLeadAuctionsAlike(String setting, String kind) {
        try (Bench bench = new Bench()) {
            assertAlike(bench, auction(bench, setting, kind));
        }
    }

    private static void assertAlike(Bench bench, Match<?> match) {
        Referee chosen = match.chosen(bench.manager);
        assertInstanceOf(TracedReferee.class, chosen);
        assertAlike(match.seat(bench), match.engine(bench), chosen);
    }

    private static void assertAlike(IndependentPlayers<?> game, Referee one, Referee other) {
        Actions policy = uneven(game.shape());
        IndependentSimulation expected = new IndependentSimulation(game, one, policy);
        IndependentSimulation actual = new IndependentSimulation(game, other, policy);
        int plays = 20;
        for (int seed = 0; seed < plays; seed++) {
            NPlayerGame.Play engine = expected.play(seed, 0.3, policy);
            NPlayerGame.Play traced = actual.play(seed, 0.3, policy);
            assertEquals(engine.objective(), traced.objective(), 1e-12);
            assertEquals(engine.meanReward(), traced.meanReward(), 1e-12);
            assertEquals(engine.firstReward(), traced.firstReward(), 1e-12);
        }
        assertArrayEquals(expected.experience(), actual.experience(), 1e-12 * plays * PLAYERS);
        assertTrue(Arrays.stream(actual.experience()).anyMatch(x -> x > 1));
    }

    @Test
    void threadsShareTheRules() {
        try (Bench bench = new Bench()) {
            NPlayerGame game = auction(bench, "A7", "static").seat(bench);
            List<Prediction> predictions = List.of(new Prediction(game, uneven(game.shape()), 0.5));
            NPlayerEvaluation alone = NPlayerEvaluation.of(predictions, new Plan(60, 1, 1), more -> {});
            NPlayerEvaluation together = NPlayerEvaluation.of(predictions, new Plan(60, 1, 4), more -> {});
            assertEquals(alone, together);
        }
    }

    /** A game that reads a number out of an array. */
    private record Reading(MeanFieldGame<KernelRound> game) implements MeanFieldGame<KernelRound> {

        @Override
        public GameShape shape() {
            return game.shape();
        }

        @Override
        public double[] initialStates() {
            return game.initialStates();
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            assertEquals(1, flow.sum().getDouble(), 1e-12);
            return game.round(h, flow, previous, theta);
        }
    }

    @Test
    void whatCannotBeRecordedIsPlayedByTheEngine() {
        try (Bench bench = new Bench()) {
            Match<KernelRound> match = crowd(bench, "sis");
            Match<KernelRound> reading = new Match<>(new Reading(match.game()), match.theta(), match.objective());
            Referee engine = reading.chosen(bench.manager);
            assertInstanceOf(EngineReferee.class, engine);
            int arrays = bench.manager.getManagedArrays().size();
            assertAlike(reading.seat(bench), engine, match.chosen(bench.manager));
            assertEquals(arrays, bench.manager.getManagedArrays().size());
        }
    }

    @Test
    void onAGpuTheEnginePlays() {
        try (Bench bench = new Bench()) {
            NDManager gpu = (NDManager) Proxy.newProxyInstance(
                    NDManager.class.getClassLoader(),
                    new Class<?>[] {NDManager.class},
                    (proxy, method, arguments) -> method.getName().equals("getDevice")
                            ? Device.gpu()
                            : method.invoke(bench.manager, arguments));
            assertInstanceOf(EngineReferee.class, crowd(bench, "sis").chosen(gpu));
        }
    }

    @Test
    void largeGamesAreNotRecorded() {
        assertTrue(TracedRules.suit(new GameShape(50, 50, 5)));
        assertFalse(TracedRules.suit(new GameShape(5, 101, 100)));
        assertFalse(TracedRules.suit(new GameShape(301, 2, 2)));
    }

    /** What came before takes no more than its flow where the game does not ask for it. */
    @Test
    void aRoundIsWhatItDependsOn() {
        try (Bench bench = new Bench()) {
            Match<KernelRound> match = crowd(bench, "sis");
            TracedRules rules = TracedRules.of(match.game(), match.theta(), match.objective());
            long first = rules.rounds().get(0).machine().bytes();
            for (int h = 1; h < 8; h++) {
                long flows = 8L
                        * h
                        * match.game().shape().states()
                        * match.game().shape().actions();
                assertEquals(first + flows, rules.rounds().get(h).machine().bytes());
            }
        }
    }

    /** Once Java has compiled it. */
    @Test
    void playingRecordedRulesAllocatesNothing() {
        try (Bench bench = new Bench()) {
            IndependentPlayers<?> game = auction(bench, "A7", "static").seat(bench);
            Actions policy = uneven(game.shape());
            NPlayerGame.Simulation simulation = game.simulation(policy);
            int plays = 1000;
            assertTrue(IntStream.range(0, 60).anyMatch(attempt -> {
                long before = Bench.allocated();
                for (int seed = 0; seed < plays; seed++) {
                    simulation.play(seed, 0.5, policy);
                }
                return Bench.allocated() - before < 100L * plays;
            }));
        }
    }
}
