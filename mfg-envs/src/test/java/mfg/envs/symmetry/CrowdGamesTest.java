package mfg.envs.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.Asymmetry;
import mfg.core.symmetry.Extension;
import mfg.core.symmetry.InducedGame;
import mfg.core.symmetry.Symmetrization;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The games of SYMM App. E.2. */
final class CrowdGamesTest {

    private static double[] distribution(int pairs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sigma = new double[pairs];
        double sum = 0;
        for (int pair = 0; pair < pairs; pair++) {
            sigma[pair] = Math.pow(random.nextDouble(), 8); // often nearly all in one
            sum += sigma[pair];
        }
        for (int pair = 0; pair < pairs; pair++) {
            sigma[pair] /= sum;
        }
        return sigma;
    }

    private static void assertIsGame(AnonymousGame game, long seed, double most, double slack) {
        double[] next = new double[game.shape().states()];
        double[] others = distribution(game.pairs(), seed);
        for (int i = 0; i < game.players(); i++) {
            for (int s = 0; s < game.shape().states(); s++) {
                for (int a = 0; a < game.shape().actions(); a++) {
                    double[] sigma = game.sigma(others, s, a);
                    double reward = game.reward(i, s, a, sigma);
                    assertTrue(reward >= -slack && reward <= most + slack, "reward " + reward);
                    game.transition(i, s, a, sigma, next);
                    double sum = 0;
                    for (double p : next) {
                        assertTrue(p >= 0);
                        sum += p;
                    }
                    assertEquals(1, sum, 1e-12);
                }
            }
        }
    }

    @Property(tries = 40)
    void rewardsAndTransitionsAreWithinBounds(
            @ForAll @IntRange(min = 2, max = 300) int players,
            @ForAll @DoubleRange(min = 0, max = 0.1) double beta,
            @ForAll @DoubleRange(min = 0, max = 0.25) double alpha,
            @ForAll long seed) {
        assertIsGame(new ASis(players, 3, alpha, beta, seed), seed, 1, 0);
        assertIsGame(new AsymmetricCongestion(players, 3, 4, alpha, 5 * beta, 1 - 10 * beta, seed), seed, 2, 0);
        if (players > 100) { // of a few players the traits may be so alike that no e below 1 makes a difference
            assertIsGame(new ARps(players, 3, beta, seed), seed, 1, 0.5 / Math.sqrt(players)); // centred after the draw
        }
    }

    private static Asymmetry asymmetry(AnonymousGame game) {
        return Asymmetry.of(game, InducedGame.of(game), 1, 1);
    }

    /** As asked for, but for a player's own part of the population. */
    @Test
    void playersDifferByWhatIsAskedFor() {
        for (double size : new double[] {0, 0.05, 0.1, 0.2}) {
            Asymmetry sis = asymmetry(new ASis(400, 4, size, size, 3));
            assertEquals(size, sis.alpha(), 1e-12 + size / 400);
            assertEquals(size, sis.beta(), 1e-12);
            Asymmetry congestion = asymmetry(new AsymmetricCongestion(400, 4, 5, size, size, 0, 3));
            assertEquals(size, congestion.alpha(), 1e-12);
            assertEquals(size, congestion.beta(), 1e-12);
            assertEquals(1, congestion.kappa());
            assertEquals(0, congestion.effectOnTransitions(), 1e-12);
        }
        for (double beta : new double[] {0, 0.05, 0.1, 0.13}) {
            Asymmetry rps = asymmetry(new ARps(2000, 4, beta, 3));
            assertEquals(0, rps.alpha(), 1e-12);
            assertTrue(rps.beta() <= beta + 1e-12 && rps.beta() >= 0.98 * beta, "beta " + rps.beta());
            assertEquals("exact", rps.statement());
        }
    }

    /** Few players, all configurations. */
    @Test
    void formulasInduceWhatTablesDo() {
        AnonymousGame sis = new ASis(4, 3, 0.2, 0.1, 5);
        InducedGame tables = InducedGame.of(sis, Symmetrization.EXACT, Extension.INTERPOLATION);
        double[] sigma = distribution(4, 8);
        double[] kernel = new double[8];
        double[] expected = new double[8];
        InducedGame.of(sis).at(sigma, new double[4], kernel);
        tables.at(sigma, new double[4], expected);
        assertArrayEquals(expected, kernel, 1e-12);
    }

    /** The average player is the formula without traits. */
    @Test
    void theAverageOfRockPaperScissorsIsItsBase() {
        InducedGame induced = InducedGame.of(new ARps(500, 2, 0, 1));
        double[] reward = new double[9];
        double[] sigma = distribution(9, 4);
        induced.at(sigma, reward, new double[27]);
        for (int s = 0; s < 3; s++) {
            for (int a = 0; a < 3; a++) {
                double[] all = new double[9];
                for (int pair = 0; pair < 9; pair++) {
                    all[pair] = sigma[pair] * 499 / 500;
                }
                all[3 * s + a] += 1.0 / 500;
                double same = all[a] + all[3 + a] + all[6 + a];
                double[] in = {all[0] + all[1] + all[2], all[3] + all[4] + all[5], all[6] + all[7] + all[8]};
                double[] loss = {2, 4, 6};
                double[] win = {1, 2, 3};
                double r = -same - loss[s] * in[(s + 1) % 3] + win[s] * in[(s + 2) % 3];
                assertEquals((r + 7) / 10, reward[3 * s + a], 1e-12);
            }
        }
    }

    /** SYMM Ex. 1. */
    @Property(tries = 100)
    void congestionIsMonotone(
            @ForAll long seed,
            @ForAll long other,
            @ForAll @IntRange(min = 2, max = 50) int players,
            @ForAll @DoubleRange(max = 1) double convexity) {
        InducedGame induced = InducedGame.of(new AsymmetricCongestion(players, 2, 4, 0.1, 0.1, convexity, 1));
        double[] sigma = distribution(12, seed);
        double[] sigma2 = distribution(12, other);
        double[] reward = reward(induced, sigma);
        double[] reward2 = reward(induced, sigma2);
        double product = 0;
        for (int pair = 0; pair < 12; pair++) {
            product += (reward[pair] - reward2[pair]) * (sigma[pair] - sigma2[pair]);
        }
        assertTrue(product <= 1e-12, "monotone: " + product);
    }

    private static double[] reward(InducedGame induced, double[] others) {
        double[] reward = new double[12];
        induced.at(others, reward, new double[48]);
        return reward;
    }

    /** The formula between counts is what tables of all counts are extended to. */
    @Property(tries = 20)
    void congestionIsLinearBetweenCounts(@ForAll long seed) {
        AnonymousGame game = new AsymmetricCongestion(4, 2, 4, 0.1, 0.1, 1, 2);
        InducedGame tables = InducedGame.of(game, Symmetrization.EXACT, Extension.INTERPOLATION);
        double[] sigma = distribution(12, seed);
        assertArrayEquals(reward(tables, sigma), reward(InducedGame.of(game), sigma), 1e-12);
    }

    /** However different and many players are, on average they are the same. */
    @Test
    void theAverageCongestionIsTheSameForAllPlayers() {
        double[] sigma = distribution(12, 3);
        double[] alike = reward(InducedGame.of(new AsymmetricCongestion(2, 2, 4, 0, 0, 0, 5)), sigma);
        double[] different = reward(InducedGame.of(new AsymmetricCongestion(300, 2, 4, 0.3, 0.4, 0, 5)), sigma);
        assertArrayEquals(alike, different, 1e-12);
        AnonymousGame bent = new AsymmetricCongestion(9, 2, 4, 0, 0, 0.7, 5);
        assertArrayEquals(reward(InducedGame.of(bent), sigma), reward(InducedGame.ofAlike(bent), sigma), 1e-12);
    }

    /** Where others are binomial: on average as many as their distribution says, and {@code p (1-p) / (N-1)} more in the square. */
    @Property(tries = 20)
    void independentOthersAreBinomial(@ForAll @IntRange(min = 2, max = 3000) int players, @ForAll long seed) {
        double[] sigma = distribution(12, seed);
        AnonymousGame line = new AsymmetricCongestion(players, 2, 4, 0, 0, 0, 5);
        assertArrayEquals(
                reward(InducedGame.ofAlike(line), sigma), reward(InducedGame.ofIndependent(line), sigma), 1e-9);
        AnonymousGame square = new AsymmetricCongestion(players, 2, 4, 0, 0, 1, 5);
        double[] alone = new double[12];
        for (int pair = 0; pair < 12; pair++) {
            double[] elsewhere = new double[12];
            elsewhere[(pair + 1) % 12] = 1;
            double[] here = new double[12];
            here[pair] = 1;
            double weight = reward(InducedGame.ofAlike(square), elsewhere)[pair]
                    - reward(InducedGame.ofAlike(square), here)[pair];
            double mean = reward(InducedGame.ofAlike(square), here)[pair] + weight * Math.pow(1 - sigma[pair], 2);
            alone[pair] = mean + weight * sigma[pair] * (1 - sigma[pair]) / (players - 1);
        }
        assertArrayEquals(alone, reward(InducedGame.ofIndependent(square), sigma), 1e-9);
    }

    /** What counts is who else is there, and it counts by {@code (1 - share)^2}. */
    @Test
    void theWorthOfAPlaceFallsWithTheNumberOfOthersThere() {
        AnonymousGame game = new AsymmetricCongestion(5, 2, 3, 0, 0.3, 1, 6);
        for (int i = 0; i < 5; i++) {
            double alone = game.reward(i, 1, 2, new int[] {0, 1, 2, 3});
            double crowded = game.reward(i, 1, 2, new int[] {5, 5, 5, 5});
            double half = game.reward(i, 1, 2, new int[] {5, 8, 5, 0});
            assertTrue(alone > crowded);
            assertEquals(crowded + (alone - crowded) / 4, half, 1e-12);
        }
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new ASis(1, 3, 0.1, 0.1, 1));
        assertThrows(InvalidInputException.class, () -> new ASis(10, 3, 0.5, 0.1, 1));
        assertThrows(InvalidInputException.class, () -> new ASis(10, 3, Double.NaN, 0.1, 1));
        assertThrows(InvalidInputException.class, () -> new ASis(10, 3, 0.1, 0.26, 1));
        assertThrows(InvalidInputException.class, () -> new ARps(2000, 3, 0.2, 1));
        assertThrows(InvalidInputException.class, () -> new AsymmetricCongestion(10, 3, 2, 0.1, 0.1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new AsymmetricCongestion(10, 3, 3, 0.1, 0.6, 0, 1));
        assertThrows(InvalidInputException.class, () -> new AsymmetricCongestion(10, 3, 3, 0.1, 0.1, 1.1, 1));
    }
}
