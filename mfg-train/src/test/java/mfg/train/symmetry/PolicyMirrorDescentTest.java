package mfg.train.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solution;
import mfg.core.Tensors;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.InducedGame;
import mfg.envs.symmetry.ARps;
import mfg.envs.symmetry.ASis;
import mfg.envs.symmetry.AsymmetricCongestion;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.envs.symmetry.CrowdSimulation;
import mfg.train.symmetry.TemporalDifference.Data;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyMirrorDescentTest {

    private static PolicyMirrorDescent.State learn(
            AnonymousGame game, boolean shared, PolicyMirrorDescent.Options options, int epochs, int threads) {
        PolicyMirrorDescent learner = new PolicyMirrorDescent(
                () -> new CrowdSimulation(game),
                options,
                3,
                PolicyMirrorDescent.State.start(game.shape(), shared ? 1 : game.players()),
                threads);
        for (int t = 0; t < epochs; t++) {
            learner.epoch();
        }
        return learner.state();
    }

    private static double distance(double[] x, double[] y) {
        double most = 0;
        for (int k = 0; k < x.length; k++) {
            most = Math.max(most, Math.abs(x[k] - y[k]));
        }
        return most;
    }

    /** In the symmetric limit of a monotone game, where mirror descent on the model finds the equilibrium. */
    @Test
    void sharedLearningComesToTheRegularizedEquilibrium() {
        double tau = 0.1;
        AnonymousGame game = new AsymmetricCongestion(3000, 3, 3, 0, 0, 0, 4);
        double[] equilibrium;
        try (NDManager manager = NDManager.newBaseManager()) {
            OnlineMirrorDescent solver = new OnlineMirrorDescent(1, tau);
            Solution solution = Solution.find(
                    InducedGame.of(game),
                    new NDList(),
                    solver,
                    new Solution.Stopping(300, -1, 300),
                    manager,
                    DataType.FLOAT64,
                    Solution.Listener.NONE);
            equilibrium = Tensors.toDoubles(solver.policy(solution.state()).probabilities());
        }
        PolicyMirrorDescent.Options options = new PolicyMirrorDescent.Options(20, 0.1, 8, tau, Data.ALL, false);
        double[] early = learn(game, true, options, 10, 2).last().probabilities();
        double[] late = learn(game, true, options, 200, 2).last().probabilities();
        assertTrue(distance(late, equilibrium) < 0.03, "after 200 epochs " + distance(late, equilibrium));
        assertTrue(distance(late, equilibrium) < 0.3 * distance(early, equilibrium));
    }

    /** SYMM Fig. 1: few plays, many players. */
    @Test
    void oneForAllIsBetterThanOneForEachWherePlaysAreFew() {
        AnonymousGame game = new ARps(500, 5, 0.05, 1);
        CrowdExploitability.Plan plan = new CrowdExploitability.Plan(2, 500, 1, 2);
        double shared = CrowdExploitability.quick(
                game,
                learn(game, true, new PolicyMirrorDescent.Options(10, 0.1, 5, 0.02, Data.ALL, false), 40, 2)
                        .average(),
                0,
                plan);
        double each = CrowdExploitability.quick(
                game,
                learn(game, false, new PolicyMirrorDescent.Options(10, 0.5, 5, 0.02, Data.ALL, false), 40, 2)
                        .average(),
                0,
                plan);
        assertTrue(shared < each, shared + " against " + each);
    }

    /** Two plays an epoch leave much unvisited, so that values of the epoch before count if they are kept. */
    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void threadsAndInterruptionsChangeNoNumber(boolean shared, boolean keepValues) {
        AnonymousGame game = new ASis(50, 6, 0.1, 0.1, 1);
        PolicyMirrorDescent.Options options = new PolicyMirrorDescent.Options(2, 0.5, 20, 0.02, Data.ALL, keepValues);
        PolicyMirrorDescent.State one = learn(game, shared, options, 6, 1);
        PolicyMirrorDescent.State three = learn(game, shared, options, 6, 3);
        PolicyMirrorDescent again = new PolicyMirrorDescent(
                () -> new CrowdSimulation(game), options, 3, learn(game, shared, options, 4, 2), 2);
        again.epoch();
        again.epoch();
        assertArrayEquals(one.sum(), three.sum());
        assertArrayEquals(one.sum(), again.state().sum());
        assertEquals(6, again.state().epoch());
    }

    /** What nobody did in an epoch is worth what it was, or nothing. */
    @Test
    void valuesAreKeptOrForgotten() {
        AnonymousGame game = new ASis(20, 6, 0.1, 0.1, 1);
        for (boolean keepValues : new boolean[] {false, true}) {
            PolicyMirrorDescent.Options options =
                    new PolicyMirrorDescent.Options(1, 0.5, 20, 0.02, Data.ALL, keepValues);
            double[] before = learn(game, false, options, 4, 1).values();
            double[] after = learn(game, false, options, 5, 1).values();
            long same = IntStream.range(0, after.length)
                    .filter(k -> before[k] != 0 && after[k] == before[k])
                    .count();
            long forgotten = IntStream.range(0, after.length)
                    .filter(k -> before[k] != 0 && after[k] == 0)
                    .count();
            assertEquals(keepValues, same > 0, same + " values as they were");
            assertEquals(!keepValues, forgotten > 0, forgotten + " values forgotten");
        }
    }

    /** A million players of A-RPS fit into memory, for fewer trajectories are then played side by side. */
    @Test
    void trajectoriesSideBySideAreBounded() {
        assertEquals(16, PolicyMirrorDescent.sideBySide(10, 2000, 20));
        assertEquals(5, PolicyMirrorDescent.sideBySide(10, 2000, 5));
        AnonymousGame million = new ARps(1_000_000, 10, 0.1, 1);
        int sideBySide = PolicyMirrorDescent.sideBySide(million.shape().rounds(), million.players(), 1000);
        long bytes = 10L * sideBySide * million.players() * million.shape().rounds();
        assertTrue(sideBySide >= 2 && bytes < 1L << 30, sideBySide + " trajectories");
        assertEquals(1, PolicyMirrorDescent.sideBySide(500, 1_000_000, 1000));
    }

    /** SYMM Alg. 2: the first step goes back to uniform, whatever was learned, and averages are policies. */
    @Test
    void policiesStayPoliciesAndTheFirstStepIsUniform() {
        AnonymousGame game = new ASis(50, 6, 0.1, 0.1, 1);
        PolicyMirrorDescent.Options options = new PolicyMirrorDescent.Options(3, 0.1, 1000, 0.02, Data.ALL, false);
        for (double p : learn(game, true, options, 1, 1).last().probabilities()) {
            assertEquals(0.5, p, 1e-15);
        }
        double[] average = learn(game, true, options, 7, 1).average().probabilities();
        for (int row = 0; row < average.length; row += 2) {
            assertEquals(1, average[row] + average[row + 1], 1e-12);
            assertTrue(Math.min(average[row], average[row + 1]) >= 0.5 / 8 / 7, "uniform has its part");
        }
        assertEquals(0.9 / 0.02, options.xi(0), "the step is bounded by the regularization");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    InvalidInputException.class,
                    () -> new PolicyMirrorDescent.Options(1, 0.1, bad, 0.02, Data.ALL, false));
        }
        assertThrows(
                InvalidInputException.class, () -> new PolicyMirrorDescent.Options(0, 0.1, 1, 0.02, Data.ALL, false));
        assertThrows(
                InvalidInputException.class, () -> new PolicyMirrorDescent.Options(1, 0.1, 1, -1, Data.ALL, false));
    }
}
