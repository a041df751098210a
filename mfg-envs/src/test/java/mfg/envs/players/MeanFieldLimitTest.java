package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.auction.Utility;
import mfg.envs.auction.ValueDynamics;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.envs.examples.LeftRight;
import mfg.envs.examples.Sis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many players come to what the mean field computes. */
class MeanFieldLimitTest {

    private static final int N = 6;

    /** Any policy that leaves nothing out. */
    private static double[] policy(GameShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] policy = new double[(int) shape.policy().size()];
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
        return policy;
    }

    private static BatchedAuction auction(Bench bench, String setting, Mechanism mechanism) {
        AuctionSetting about = AuctionSetting.named(setting);
        AuctionSetting.Scenario scenario = about.draw(N, new SplittableRandom(3));
        return about.game(bench.constants, Math.min(about.rounds(), 8), scenario, mechanism);
    }

    private static Mechanism mechanism(Bench bench, String kind, int rounds) {
        return switch (kind) {
            case "reserve" -> new ReservePrice(bench.constants, N, new double[] {0.8, 0.6, 0.5, 0.3});
            case "static" -> new StaticMechanism(bench.constants, rounds, N);
            default -> new FirstPrice(bench.constants, N, FirstPrice.equalShares(rounds, 0.7));
        };
    }

    /** Mean and standard error of the objective, and of the mean reward. */
    private record Seen(double objective, double error, double reward, double rewardError) {

        static Seen of(NPlayerGame game, Actions policy, int plays) {
            NPlayerGame.Simulation simulation = game.simulation(policy);
            double[] objectives = new double[plays];
            double[] rewards = new double[plays];
            for (int r = 0; r < plays; r++) {
                NPlayerGame.Play play = simulation.play(Draws.at(77, r), (r + 0.5) / plays, policy);
                objectives[r] = play.objective();
                rewards[r] = play.meanReward();
            }
            double objective = mean(objectives);
            double reward = mean(rewards);
            return new Seen(objective, error(objectives, objective), reward, error(rewards, reward));
        }

        private static double mean(double[] numbers) {
            return Arrays.stream(numbers).average().orElseThrow();
        }

        private static double error(double[] numbers, double mean) {
            double squares =
                    Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
            return Math.sqrt(squares) / numbers.length;
        }
    }

    /** The bias is of order 1/N: half a good in each round. */
    private static <R extends Round> void assertLimit(
            Bench bench, MeanFieldGame<R> game, NDList theta, Objective<R> objective, NPlayerGame players, int plays) {
        double[] policy = policy(game.shape(), 5);
        PopulationFlow<R> flow = bench.playing(game, theta, policy);
        Seen seen = Seen.of(players, Actions.tabular(game.shape(), policy), plays);
        double bias = (double) game.shape().rounds() / players.players();
        assertEquals(Tensors.toDouble(objective.of(flow, theta)), seen.objective(), 4 * seen.error() + bias);
        assertEquals(Values.of(flow, 0).total(flow), seen.reward(), 4 * seen.rewardError() + bias);
        assertTrue(4 * seen.error() + bias < 0.01, "not many enough: " + seen);
    }

    @ParameterizedTest
    @CsvSource({
        "A1, first-price, 1",
        "A1, first-price, 0.25",
        "A2, first-price, 1",
        "A3, first-price, 1",
        "A4, first-price, 1",
        "A5, static, 1",
        "A6, first-price, 0",
        "A7, first-price, 1",
        "A7, static, 1",
        "A8, first-price, 1",
        "A10, static, 1",
        "A10, reserve, 1",
        "A1, reserve, 1",
    })
    void manyBiddersEarnAndPayWhatTheMeanFieldDoes(String setting, String kind, double lambda) {
        try (Bench bench = new Bench()) {
            int rounds = Math.min(AuctionSetting.named(setting).rounds(), 8);
            Mechanism mechanism = mechanism(bench, kind, rounds);
            BatchedAuction game = auction(bench, setting, mechanism);
            NDList theta = theta(bench, mechanism);
            AuctionObjective objective = new AuctionObjective(lambda);
            NPlayerGame players = new NPlayerAuction(game, theta, objective, 20_000, bench.manager);
            assertLimit(bench, game, theta, objective, players, 12);
        }
    }

    private static NDList theta(Bench bench, Mechanism mechanism) {
        NDList theta = new NDList();
        mechanism.parameters().forEach(spec -> theta.add(bench.manager.zeros(spec.shape(), bench.type)));
        return theta;
    }

    @ParameterizedTest
    @CsvSource({"A1, first-price", "A7, first-price", "A10, static"})
    void independentBiddersComeToTheSameLimit(String setting, String kind) {
        try (Bench bench = new Bench()) {
            Mechanism mechanism =
                    mechanism(bench, kind, AuctionSetting.named(setting).rounds());
            BatchedAuction game = auction(bench, setting, mechanism);
            NDList theta = theta(bench, mechanism);
            Objective<AuctionRound> objective = AuctionObjective.REVENUE;
            NPlayerGame players = new IndependentPlayers<>(game, theta, objective, 20_000, bench.manager);
            assertLimit(bench, game, theta, objective, players, 12);
        }
    }

    @Test
    void anyGameIsPlayedByMany() {
        try (Bench bench = new Bench()) {
            assertAnyGame(bench, new LeftRight(bench.constants, 2), Bench.NO_THETA);
            assertAnyGame(bench, new Sis(bench.constants, 8), Bench.NO_THETA);
            NDList prices = new NDList(bench.manager.zeros(new Shape(5), bench.type));
            assertAnyGame(bench, new BeachBar(bench.constants, new BeachBar.Options(5, 4, 0.5, 0.2, 1e-8)), prices);
        }
    }

    private static <R extends Round> void assertAnyGame(Bench bench, MeanFieldGame<R> game, NDList theta) {
        Objective<R> objective = new Congestion<>(5);
        NPlayerGame players = new IndependentPlayers<>(game, theta, objective, 20_000, bench.manager);
        assertLimit(bench, game, theta, objective, players, 12);
    }

    /** What a play returns is all that it leaves. */
    @Test
    void playingAllocatesNothing() {
        try (Bench bench = new Bench()) {
            for (String setting : new String[] {"A1", "A2"}) {
                BatchedAuction game = auction(bench, setting, mechanism(bench, "first-price", 4));
                Actions policy = Actions.tabular(game.shape(), policy(game.shape(), 5));
                NPlayerGame.Simulation simulation = new NPlayerAuction(
                                game, Bench.NO_THETA, AuctionObjective.REVENUE, 300, bench.manager)
                        .simulation(policy);
                simulation.play(1, 0.5, policy);
                int plays = 1000;
                long before = Bench.allocated();
                for (int seed = 0; seed < plays; seed++) {
                    simulation.play(seed, 0.5, policy);
                }
                assertTrue(Bench.allocated() - before < 100L * plays, Bench.allocated() - before + " bytes");
            }
        }
    }

    /** One deviator changes nobody else's chance: with all goods sold at the same price revenue stays. */
    @Test
    void whatTheFirstPlayerDoesChangesNoDrawOfOthers() {
        try (Bench bench = new Bench()) {
            double[] even = {0.25, 0.25, 0.25, 0.25};
            BatchedAuction game = new BatchedAuction(
                    bench.constants,
                    new BatchedAuction.Rules(3, 4, 0.5, even, Utility.LINEAR),
                    ValueDynamics.STILL,
                    new FirstPrice(bench.constants, 4, new double[] {0, 0, 0.5}));
            NPlayerGame players =
                    new NPlayerAuction(game, Bench.NO_THETA, AuctionObjective.REVENUE, 100, bench.manager);
            long[] sums = new long[2];
            for (int deviates = 0; deviates < 2; deviates++) {
                int which = deviates;
                Actions others = (h, state, random) -> {
                    sums[which] = 31 * sums[which] + random + state;
                    return 0;
                };
                players.simulation(others).play(9, 0.5, (h, state, random) -> which);
            }
            assertEquals(sums[0], sums[1]);
        }
    }
}
