package mfg.train.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.InducedGame;
import mfg.envs.symmetry.AsymmetricCongestion;
import mfg.envs.symmetry.CrowdSimulation;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;
import mfg.train.symmetry.TemporalDifference.Data;
import org.junit.jupiter.api.Test;

final class TemporalDifferenceTest {

    private static final double TAU = 0.05;

    /** {@code Q = q + tau entropy} of everybody's policy, by the mean field. */
    private static double[] exact(AnonymousGame game, Policies policies) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Policy policy = Policy.of(Tensors.create(
                    manager,
                    DataType.FLOAT64,
                    policies.probabilities(),
                    game.shape().policy()));
            PopulationFlow<?> flow = PopulationFlow.of(InducedGame.of(game), policy, new NDList());
            return Tensors.toDoubles(
                    Values.of(flow, TAU).q().add(Tensors.times(policy.entropy().expandDims(-1), TAU)));
        }
    }

    private static double squaredError(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        }
        return sum / x.length;
    }

    /**
     * All alike and many, each learning from its own play (SYMM Thm. 2), with a delta below every visiting probability; the error is
     * averaged over them.
     */
    @Test
    void theSquaredErrorFallsAsOneOverTheTrajectories() {
        int players = 300;
        AnonymousGame game = new AsymmetricCongestion(players, 4, 3, 0, 0, 0, 1);
        double[] exact = exact(game, Policies.uniform(game.shape(), 1));
        Policies policies = Policies.uniform(game.shape(), players);
        TemporalDifference learner = new TemporalDifference(policies, TAU, 0.05, Data.ALL);
        CrowdSimulation simulation = new CrowdSimulation(game);
        Trajectory play = Trajectory.empty(4, players);
        int[] amounts = {1000, 2000, 4000, 8000};
        double[] errors = new double[amounts.length];
        int next = 0;
        for (int m = 1; next < amounts.length; m++) {
            simulation.play(m, policies, play);
            learner.learn(play);
            if (m == amounts[next]) {
                for (int i = 0; i < players; i++) {
                    double[] q = Arrays.copyOfRange(learner.values(), i * exact.length, (i + 1) * exact.length);
                    errors[next] += squaredError(q, exact) / players;
                }
                next++;
            }
        }
        double slope = slope(amounts, errors);
        assertTrue(slope > -1.3 && slope < -0.7, slope + " of " + Arrays.toString(errors));
    }

    private static double slope(int[] x, double[] y) {
        double mx = Arrays.stream(x).mapToDouble(Math::log).average().orElseThrow();
        double my = Arrays.stream(y).map(Math::log).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int k = 0; k < x.length; k++) {
            xy += (Math.log(x[k]) - mx) * (Math.log(y[k]) - my);
            xx += (Math.log(x[k]) - mx) * (Math.log(x[k]) - mx);
        }
        return xy / xx;
    }

    /** The data of all say in a few trajectories what those of one say in thousands. */
    @Test
    void theDataOfAllComeToTheSameValuesSooner() {
        AnonymousGame game = new AsymmetricCongestion(2000, 4, 3, 0, 0, 0, 1);
        Policies policies = Policies.uniform(game.shape(), 1);
        TemporalDifference all = new TemporalDifference(policies, TAU, 0.5, Data.ALL);
        TemporalDifference first = new TemporalDifference(policies, TAU, 0.5, Data.PLAYER_1);
        CrowdSimulation simulation = new CrowdSimulation(game);
        Trajectory play = Trajectory.empty(4, 2000);
        for (int m = 0; m < 50; m++) {
            simulation.play(m, policies, play);
            all.learn(play);
            first.learn(play);
        }
        double[] exact = exact(game, policies);
        assertTrue(squaredError(all.values(), exact) < 1e-3, "all " + squaredError(all.values(), exact));
        assertTrue(squaredError(first.values(), exact) > 10 * squaredError(all.values(), exact));
    }

    @Test
    void playerOneLearnsAloneWhatItLearnsBesideOthers() {
        AnonymousGame game = new AsymmetricCongestion(7, 3, 3, 0.1, 0.1, 0, 2);
        Policies one = Policies.uniform(game.shape(), 1);
        TemporalDifference first = new TemporalDifference(one, TAU, 0.3, Data.PLAYER_1);
        TemporalDifference each = new TemporalDifference(Policies.uniform(game.shape(), 7), TAU, 0.3, Data.ALL);
        CrowdSimulation simulation = new CrowdSimulation(game);
        Trajectory play = Trajectory.empty(3, 7);
        for (int m = 0; m < 30; m++) {
            simulation.play(m, one, play);
            first.learn(play);
            each.learn(play);
        }
        assertArrayEquals(first.values(), Arrays.copyOf(each.values(), first.values().length));
    }

    /** SYMM Alg. 1 by hand: two trajectories of two players in two rounds. */
    @Test
    void everyTargetIsTakenFromTheValuesBeforeTheTrajectory() {
        Policies policies = Policies.uniform(new GameShape(2, 1, 2), 1);
        double bonus = TAU * Math.log(2);
        TemporalDifference learner = new TemporalDifference(policies, TAU, 1, Data.ALL);
        short[] pairs = {0, 1, 0, 0};
        learner.learn(new Trajectory(2, pairs, new double[] {1, 2, 3, 5}));
        assertArrayEquals(new double[] {1 + bonus, 2 + bonus, 4 + bonus, 0}, learner.values(), 1e-12);
        learner.learn(new Trajectory(2, pairs, new double[] {1, 2, 3, 5}));
        double rate = 2.0 / 3;
        double first = 1 + bonus + rate * (4 + bonus);
        assertEquals(first, learner.values()[0], 1e-12);
        assertEquals(4 + bonus, learner.values()[2], 1e-12);
    }

    @Test
    void deltaIsAProbability() {
        Policies policies = Policies.uniform(new GameShape(2, 1, 2), 1);
        for (double bad : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThrows(InvalidInputException.class, () -> new TemporalDifference(policies, TAU, bad, Data.ALL));
        }
    }
}
