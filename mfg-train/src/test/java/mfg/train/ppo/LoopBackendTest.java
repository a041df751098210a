package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import mfg.core.Tensors;
import mfg.envs.Simulator;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.TaxiSimulator;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.train.Adam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our loops against the engine: what networks say, and what they have learned from an episode. */
final class LoopBackendTest {

    private static final int PLAYERS = 70;
    private static final int ROUNDS = 20;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Taxis with networks away from their start, whose values are of the size of returns. */
    private final class Problem {

        private final Simulator taxis =
                new TaxiSimulator(City.of(new CityLayout(CityLayout.DEFAULT), PLAYERS, ROUNDS, 8, 1), 1);
        private final ActorCritic networks;
        private final NDList theta;
        private final NDList engineTheta = new NDList();
        private final LoopBackend loops;
        private final EngineBackend engine;
        private final Rollout rollout;

        Problem(Identity identity, int hidden) {
            networks = new ActorCritic(PLAYERS, taxis.features(), taxis.actions(), hidden, identity);
            SplittableRandom random = new SplittableRandom(5);
            theta = networks.start(random, manager, DataType.FLOAT32);
            for (NDArray array : theta) {
                double[] noise = random.doubles(array.size(), -0.1, 0.1).toArray();
                array.addi(Tensors.create(manager, DataType.FLOAT32, noise, array.getShape()));
                engineTheta.add(array.duplicate());
            }
            loops = new LoopBackend(taxis, networks, theta, 2);
            engine = new EngineBackend(taxis, networks, engineTheta);
            rollout = new Rollout(taxis, loops);
            rollout.play(3);
        }

        /** What both have learned, and what they tell of it. */
        void learn(PpoOptions options) {
            Samples samples = rollout.samples(options, 1);
            Backend.Lesson lesson = new Backend.Lesson(options, options.valueClip(0.3), 1e-3f, 11);
            Adam ours = new Adam(theta);
            Adam theirs = new Adam(engineTheta);
            Steps mine = loops.learn(rollout.seen(), samples, lesson, ours);
            Steps other = engine.learn(rollout.seen(), samples, lesson, theirs);
            assertEquals(theirs.steps(), ours.steps());
            assertEquals(other.norm(), mine.norm(), 1e-3 * other.norm());
            assertEquals(
                    other.loss().value(),
                    mine.loss().value(),
                    1e-4 * other.loss().value());
            assertEquals(other.loss().entropy(), mine.loss().entropy(), 1e-4);
            assertEquals(other.loss().kl(), mine.loss().kl(), 1e-5);
            for (int i = 0; i < theta.size(); i++) {
                // Adam divides by the root of squares: where a gradient is rounding, so is the direction of its step
                assertArrayEquals(
                        engineTheta.get(i).toFloatArray(), theta.get(i).toFloatArray(), 2e-4f);
            }
        }
    }

    private static PpoOptions options(PpoOptions.ValueClipping clipping, double targetKl, int minibatch) {
        return new PpoOptions(
                10,
                1e-3,
                0.99,
                0.95,
                6e-3,
                0.9,
                0.5,
                0.2,
                clipping,
                false,
                targetKl,
                3,
                minibatch,
                PpoOptions.CLEAN_RL);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 33", "ONE_HOT, 128", "NUMBER, 40", "INDEPENDENT, 16", "NONE, 200"})
    void saysWhatTheEngineSays(Identity identity, int hidden) {
        Problem problem = new Problem(identity, hidden);
        float[] seen = problem.rollout.seen();
        int at = 7 * PLAYERS * problem.taxis.features();
        assertArrayEquals(problem.engine.logits(seen, at), problem.loops.logits(seen, at), 1e-4);
        assertArrayEquals(problem.engine.values(seen), problem.loops.values(seen), 1e-4);
    }

    /** Minibatches of more than a chunk, of few, and a last one that is smaller. */
    @ParameterizedTest
    @CsvSource({
        "NONE, 33, NONE, 1300",
        "NONE, 128, ABSOLUTE, 300",
        "ONE_HOT, 64, RELATIVE, 300",
        "NUMBER, 40, NONE, 500",
        "INDEPENDENT, 16, RELATIVE, 420"
    })
    void learnsWhatTheEngineLearns(Identity identity, int hidden, PpoOptions.ValueClipping clipping, int minibatch) {
        new Problem(identity, hidden).learn(options(clipping, 0, minibatch));
    }

    @ParameterizedTest
    @EnumSource(
            value = Identity.class,
            names = {"NONE", "ONE_HOT"})
    void stopsWhereTheEngineStops(Identity identity) {
        Problem problem = new Problem(identity, 32);
        problem.learn(options(PpoOptions.ValueClipping.NONE, 1e-6, 300));
        assertInstanceOf(LoopBackend.class, Backend.of(problem.taxis, problem.networks, problem.theta, 1));
    }

    /** An agent's numbers do not depend on who is beside it, so no more on how agents are shared out. */
    @ParameterizedTest
    @EnumSource(Identity.class)
    void everyRowIsByItself(Identity identity) {
        Problem problem = new Problem(identity, 50);
        float[] seen = problem.rollout.seen();
        int row = PLAYERS * problem.taxis.features();
        double[] values = problem.loops.values(seen);
        float[] turned = seen.clone();
        System.arraycopy(seen, 0, turned, 5 * row, row);
        System.arraycopy(seen, 5 * row, turned, 0, row);
        double[] other = problem.loops.values(turned);
        int same = 0;
        for (int k = 0; k < PLAYERS; k++) {
            same += values[k] == other[5 * PLAYERS + k] ? 1 : 0;
        }
        assertTrue(same == PLAYERS, same + " of " + PLAYERS);
    }
}
