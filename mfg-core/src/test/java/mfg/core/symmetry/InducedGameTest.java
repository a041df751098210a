package mfg.core.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solution;
import org.junit.jupiter.api.Test;

final class InducedGameTest {

    private static final GameShape SHAPE = new GameShape(3, 2, 2);
    private static final NamedGame GAME = new RandomGame(4, SHAPE, 7);

    /** All K! orders of K things, equal or not. */
    private static List<int[]> permutations(int[] things) {
        List<int[]> all = new ArrayList<>();
        permute(things.clone(), 0, all);
        return all;
    }

    private static void permute(int[] things, int from, List<int[]> all) {
        if (from == things.length) {
            all.add(things.clone());
        }
        for (int k = from; k < things.length; k++) {
            int kept = things[from];
            things[from] = things[k];
            things[k] = kept;
            permute(things, from + 1, all);
            things[k] = things[from];
            things[from] = kept;
        }
    }

    /** SYMM Def. 3, 6 and 7, written out. */
    @Test
    void whereAllIsKnownItIsTheAverageOverPermutationsAndPlayers() {
        InducedGame induced = InducedGame.of(GAME, Symmetrization.EXACT, Extension.MCSHANE);
        double[] reward = new double[4];
        double[] kernel = new double[8];
        double[] next = new double[2];
        int[][] configurations = {{0, 0, 0}, {0, 1, 2}, {3, 1, 3}, {2, 2, 0}, {3, 3, 3}};
        for (int[] configuration : configurations) {
            double[] distribution = new double[4];
            for (int pair : configuration) {
                distribution[pair] += 1.0 / 3;
            }
            double[] expectedReward = new double[4];
            double[] expectedKernel = new double[8];
            for (int i = 0; i < 4; i++) {
                for (int[] order : permutations(configuration)) {
                    for (int pair = 0; pair < 4; pair++) {
                        expectedReward[pair] += GAME.reward(i, pair / 2, pair % 2, order) / 24;
                        GAME.transition(i, pair / 2, pair % 2, order, next);
                        expectedKernel[2 * pair] += next[0] / 24;
                        expectedKernel[2 * pair + 1] += next[1] / 24;
                    }
                }
            }
            induced.at(distribution, reward, kernel);
            assertArrayEquals(expectedReward, reward, 1e-12);
            assertArrayEquals(expectedKernel, kernel, 1e-12);
        }
    }

    @Test
    void everywhereElseItIsAGameWithTheSameModulus() {
        InducedGame induced = InducedGame.of(GAME, Symmetrization.EXACT, Extension.MCSHANE);
        double modulus = Asymmetry.exact(GAME, induced).rewardModulus();
        SplittableRandom random = new SplittableRandom(3);
        double[][] at = new double[20][];
        double[][] rewards = new double[20][4];
        for (int k = 0; k < at.length; k++) {
            at[k] = distribution(random);
            double[] kernel = new double[8];
            induced.at(at[k], rewards[k], kernel);
            for (int pair = 0; pair < 4; pair++) {
                assertEquals(1, kernel[2 * pair] + kernel[2 * pair + 1], 1e-12);
                assertTrue(Math.min(kernel[2 * pair], kernel[2 * pair + 1]) >= 0);
            }
            for (int j = 0; j < k; j++) {
                double distance = 0;
                for (int pair = 0; pair < 4; pair++) {
                    distance += Math.abs(at[k][pair] - at[j][pair]);
                }
                for (int pair = 0; pair < 4; pair++) {
                    assertTrue(Math.abs(rewards[k][pair] - rewards[j][pair]) <= modulus * distance + 1e-12);
                }
            }
        }
    }

    private static double[] distribution(SplittableRandom random) {
        double[] distribution = new double[4];
        double sum = 0;
        for (int pair = 0; pair < 4; pair++) {
            distribution[pair] = -Math.log(1 - random.nextDouble());
            sum += distribution[pair];
        }
        for (int pair = 0; pair < 4; pair++) {
            distribution[pair] /= sum;
        }
        return distribution;
    }

    @Test
    void sampledOrdersAgreeOnAverage() {
        InducedGame exact = InducedGame.of(GAME, Symmetrization.EXACT, Extension.MCSHANE);
        InducedGame sampled = InducedGame.of(GAME, Symmetrization.sampled(4000, 1), Extension.MCSHANE);
        double[] distribution = {1.0 / 3, 1.0 / 3, 1.0 / 3, 0};
        double[] expected = new double[4];
        double[] actual = new double[4];
        exact.at(distribution, expected, new double[8]);
        sampled.at(distribution, actual, new double[8]);
        assertArrayEquals(expected, actual, 0.02);
    }

    @Test
    void solversRunOnIt() {
        InducedGame induced = InducedGame.of(GAME, Symmetrization.EXACT, Extension.MCSHANE);
        try (NDManager manager = NDManager.newBaseManager()) {
            Solution solution = Solution.find(
                    induced,
                    new NDList(),
                    new OnlineMirrorDescent(0.5, 0.01),
                    new Solution.Stopping(300, 0, 300),
                    manager,
                    DataType.FLOAT64,
                    Solution.Listener.NONE);
            assertTrue(solution.last().exploitability() < 0.05, solution.last().toString());
        }
    }

    @Test
    void onlyFunctionsOfOneCoordinateAreInterpolated() {
        assertThrows(
                InvalidInputException.class, () -> InducedGame.of(GAME, Symmetrization.EXACT, Extension.INTERPOLATION));
    }

    /** Nothing is nearer than the projection. */
    @Test
    void theProjectionIsTheNearestDistribution() {
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 200; k++) {
            double[] point = {
                3 * random.nextDouble() - 1, random.nextDouble(), random.nextDouble() - 1, random.nextDouble()
            };
            double[] projected = point.clone();
            Simplex.project(projected, 0, 4);
            double distance = distance(point, projected);
            assertEquals(1, projected[0] + projected[1] + projected[2] + projected[3], 1e-12);
            for (int j = 0; j < 50; j++) {
                double[] other = distribution(random);
                for (int pair = 0; pair < 4; pair++) { // near the projection, too
                    other[pair] = 0.9 * projected[pair] + 0.1 * other[pair];
                }
                assertTrue(distance(point, other) >= distance - 1e-12);
            }
        }
    }

    private static double distance(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        }
        return sum;
    }
}
