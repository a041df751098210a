package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.Bench;
import mfg.envs.StateSimulator;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.FirstPrice;
import mfg.envs.beach.BeachBar;
import mfg.envs.symmetry.ARps;
import mfg.envs.symmetry.ASis;
import mfg.envs.symmetry.CrowdSimulator;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.StatePlays;
import mfg.envs.symmetry.Trajectory;
import org.junit.jupiter.api.Test;

/** Players who all decide for themselves, against plays in which they follow a policy, and against the rules. */
class StateSimulatorTest {

    private static final int PLAYERS = 40;

    /** Plays by a rule that leaves nothing to chance; returns the sum of all rewards. */
    private static double play(StateSimulator simulator, long seed, Actions policy) {
        int[] actions = new int[simulator.agents()];
        float[] rewards = new float[simulator.agents()];
        float[] seen = new float[simulator.agents() * simulator.features()];
        double sum = 0;
        simulator.reset(seed);
        for (int h = 0; h < simulator.rounds(); h++) {
            simulator.observe(seen, 0);
            for (int k = 0; k < actions.length; k++) {
                int row = k * simulator.features();
                assertEquals(1, seen[row + simulator.state(k)]);
                assertEquals(1, seen[row + simulator.shape().states() + h]);
                actions[k] = policy.action(h, simulator.state(k), 0);
            }
            float all = 0;
            for (float x : seen) {
                all += x;
            }
            assertEquals(2 * actions.length, all);
            simulator.step(actions, 0, rewards, 0);
            for (float reward : rewards) {
                sum += reward;
            }
        }
        assertThrows(IllegalStateException.class, () -> simulator.step(actions, 0, rewards, 0));
        return sum;
    }

    @Test
    void biddersWhoDecideForThemselvesFareAsThoseWhoFollowAPolicy() {
        try (Bench bench = new Bench()) {
            for (String setting : new String[] {"A1", "A6"}) {
                AuctionSetting about = AuctionSetting.named(setting);
                double[] shares = FirstPrice.equalShares(Math.min(about.rounds(), 6), 0.6);
                NPlayerAuction auction = new NPlayerAuction(
                        about.game(
                                bench.constants,
                                shares.length,
                                about.draw(12, new SplittableRandom(3)),
                                new FirstPrice(bench.constants, 12, shares)),
                        Bench.NO_THETA,
                        about.objective(),
                        PLAYERS,
                        bench.manager);
                Actions policy = (h, state, random) -> Math.min(11, Math.max(0, state - 3 + h));
                for (long seed = 1; seed <= 20; seed++) {
                    double start = Draws.unit(Draws.at(Draws.at(seed, 0), 0));
                    double expected =
                            auction.simulation(policy).play(seed, start, policy).meanReward();
                    assertEquals(expected, play(auction.simulator(), seed, policy) / PLAYERS, 1e-6);
                }
            }
        }
    }

    /** In beach-bar everybody's first state is drawn, player 0's from a quantile: on average they fare alike. */
    @Test
    void independentPlayersFareAlike() {
        try (Bench bench = new Bench()) {
            MeanFieldGame<KernelRound> game = new BeachBar(bench.constants, new BeachBar.Options(8, 5, 0.5, 0.2, 1e-8));
            Objective<KernelRound> objective = (flow, theta) -> flow.at(0).sum();
            NDList prices = new NDList();
            game.parameters().forEach(spec -> prices.add(bench.manager.zeros(spec.shape(), DataType.FLOAT64)));
            IndependentPlayers<KernelRound> players =
                    new IndependentPlayers<>(game, prices, objective, PLAYERS, bench.manager);
            Actions policy = (h, state, random) -> (state + h) % game.shape().actions();
            double[] gaps = new double[200];
            for (int k = 0; k < gaps.length; k++) {
                double expected = players.simulation(policy)
                        .play(k, Draws.unit(Draws.at(9, k)), policy)
                        .meanReward();
                gaps[k] = expected - play(players.simulator(), k, policy) / PLAYERS;
            }
            double mean = Arrays.stream(gaps).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(gaps)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow());
            assertTrue(Math.abs(mean) < 4 * deviation / Math.sqrt(gaps.length) + 1e-6, mean + " of " + deviation);
        }
    }

    /** What each earns by the game's formula, at the distribution of pairs that all make. */
    @Test
    void crowdsEarnByTheGamesFormula() {
        for (AnonymousGame game :
                new AnonymousGame[] {new ARps(PLAYERS, 4, 0.1, 3), new ASis(PLAYERS, 4, 0.1, 0.1, 3)}) {
            StatePlays plays = new StatePlays(new CrowdSimulator(game));
            Trajectory play = Trajectory.empty(4, PLAYERS);
            plays.play(5, Policies.uniform(game.shape(), 1), play);
            for (int h = 0; h < 4; h++) {
                double[] sigma = new double[game.pairs()];
                for (int i = 0; i < PLAYERS; i++) {
                    sigma[play.pairs()[h * PLAYERS + i]] += 1.0 / PLAYERS;
                }
                for (int i = 0; i < PLAYERS; i++) {
                    int pair = play.pairs()[h * PLAYERS + i];
                    int actions = game.shape().actions();
                    assertEquals(
                            game.reward(i, pair / actions, pair % actions, sigma),
                            play.rewards()[h * PLAYERS + i],
                            1e-6);
                }
            }
            Trajectory again = Trajectory.empty(4, PLAYERS);
            plays.play(5, Policies.uniform(game.shape(), PLAYERS), again);
            assertArrayEquals(play.pairs(), again.pairs());
        }
    }
}
