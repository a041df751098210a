package mfg.envs.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.symmetry.AnonymousGame;
import org.junit.jupiter.api.Test;

final class CrowdSimulationTest {

    static Policies random(GameShape shape, int tables, long seed) {
        Policies policies = Policies.uniform(shape, tables);
        SplittableRandom random = new SplittableRandom(seed);
        double[] p = policies.probabilities();
        for (int row = 0; row < p.length; row += shape.actions()) {
            double sum = 0;
            for (int a = row; a < row + shape.actions(); a++) {
                p[a] = random.nextDouble();
                sum += p[a];
            }
            for (int a = row; a < row + shape.actions(); a++) {
                p[a] /= sum;
            }
        }
        return policies;
    }

    /** What is in the trajectory is what the game pays for it. */
    @Test
    void rewardsAreThoseOfTheGameAtWhatEverybodyDid() {
        AnonymousGame game = new ARps(50, 4, 0.05, 1);
        Trajectory play = Trajectory.empty(4, 50);
        new CrowdSimulation(game).play(9, random(game.shape(), 50, 2), play);
        for (int h = 0; h < 4; h++) {
            double[] sigma = new double[9];
            for (int i = 0; i < 50; i++) {
                sigma[play.pairs()[h * 50 + i]] += 1.0 / 50;
            }
            for (int i = 0; i < 50; i++) {
                int pair = play.pairs()[h * 50 + i];
                assertEquals(game.reward(i, pair / 3, pair % 3, sigma), play.rewards()[h * 50 + i], 1e-12);
                if (h > 0) {
                    assertEquals(play.pairs()[(h - 1) * 50 + i] % 3, pair / 3, "the next state is the action");
                }
            }
        }
    }

    /** Where nobody moves anybody else, nobody notices anything; where they do, it is next to nothing. */
    @Test
    void whatOthersNoticeIsLittle() {
        AnonymousGame deaf = new ARps(60, 8, 0.01, 4);
        Policies policies = random(deaf.shape(), 60, 3);
        FrozenPopulations population = new FrozenPopulations(deaf, policies, 1, 7, 1);
        double[] own = random(deaf.shape(), 1, 9).probabilities();
        for (int i = 0; i < 60; i += 7) {
            assertEquals(0, population.notice(new CrowdSimulation(deaf), policies, 0, i, own, new double[24]), 1e-12);
        }
        AnonymousGame epidemic = new ASis(20, 20, 0.2, 0.2, 4);
        Policies shared = random(epidemic.shape(), 1, 3);
        double[] out = new double[80];
        Arrays.setAll(out, k -> k % 2);
        double largest = 0;
        double sum = 0;
        for (int k = 0; k < 20; k++) {
            FrozenPopulations sick = new FrozenPopulations(epidemic, shared, 1, k, 1);
            for (int i = 0; i < 20; i++) {
                double notice = sick.notice(new CrowdSimulation(epidemic), shared, 0, i, out, new double[40]);
                largest = Math.max(largest, Math.abs(notice));
                sum += Math.abs(notice);
            }
        }
        assertTrue(largest > 0, "somebody infected somebody who infected it again");
        assertTrue(sum / 400 < 1, "on average " + sum / 400);
    }

    /** Two implementations: bidden by chance, and by expectation. */
    @Test
    void thePopulationIsOnAverageWhatIsExpected() {
        AnonymousGame game = new AsymmetricCongestion(30, 5, 4, 0.3, 0.1, 0, 2);
        Policies policies = random(game.shape(), 30, 5);
        PlayerProblem expected = new ExpectedPopulation(game, policies).problem(3);
        PlayerProblem watched = new FrozenPopulations(game, policies, 4000, 1, 2).problem(3, 0, 4000);
        assertArrayEquals(expected.reward(), watched.reward(), 2e-3);
        assertArrayEquals(expected.kernel(), watched.kernel(), 1e-12);
    }

    /** A-SIS, where players do move each other: infections as its formula has them. */
    @Test
    void theEpidemicSpreadsByItsFormula() {
        int players = 400;
        AnonymousGame game = new ASis(players, 2, 0, 0, 1);
        Policies out = Policies.uniform(game.shape(), 1);
        Arrays.setAll(out.probabilities(), k -> k % 2); // all go out
        CrowdSimulation simulation = new CrowdSimulation(game);
        Trajectory play = Trajectory.empty(2, players);
        double difference = 0;
        for (int k = 0; k < 400; k++) {
            simulation.play(k, out, play);
            double infected = 0;
            double after = 0;
            for (int i = 0; i < players; i++) {
                infected += play.pairs()[i] / 2 == 0 ? 1 : 0;
                after += play.pairs()[players + i] / 2 == 0 ? 1 : 0;
            }
            double expected = 0.7 * infected + 0.8 * infected / players * (players - infected);
            difference += (after - expected) / players / 400;
        }
        assertEquals(0, difference, 4 * 0.5 / Math.sqrt(400.0 * players));
    }
}
