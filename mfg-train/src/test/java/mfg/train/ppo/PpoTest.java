package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.envs.Simulator;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PpoTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static PpoOptions options(int epochs, double learningRate, int minibatch) {
        return options(epochs, learningRate, minibatch, false, 0);
    }

    private static PpoOptions options(
            int epochs, double learningRate, int minibatch, boolean normalizeRewards, double targetKl) {
        return new PpoOptions(
                epochs,
                learningRate,
                1,
                0.95,
                1e-3,
                0.9,
                0.5,
                0.2,
                PpoOptions.ValueClipping.NONE,
                normalizeRewards,
                targetKl,
                4,
                minibatch,
                PpoOptions.CLEAN_RL);
    }

    private static ActorCritic networks(Simulator simulator, Identity identity) {
        return new ActorCritic(simulator.players(), simulator.features(), simulator.actions(), 32, identity);
    }

    private Ppo.State start(ActorCritic networks) {
        NDList theta = networks.start(new SplittableRandom(1), manager, DataType.FLOAT32);
        return new Ppo.State(theta);
    }

    @Test
    void learnsWhatTheDynamicProgramKnows() {
        Tabular game = new Tabular(4, 3, 6, 256, 3);
        ActorCritic networks = networks(game, Identity.NONE);
        Ppo ppo = new Ppo(game, networks, options(20, 1e-2, 384), start(networks), 7, 1);
        for (int epoch = 0; epoch < 20; epoch++) {
            ppo.epoch();
        }
        double best = game.value(new double[0]);
        double uniform = game.value(policy(game, networks, start(networks).theta()));
        double learned = game.value(policy(game, networks, ppo.state().theta()));
        assertTrue(uniform < 0.9 * best, "too easy: %s of %s".formatted(uniform, best));
        assertEquals(best, learned, 0.01 * best);
    }

    /** The probabilities in every round and state, (H, S, A). */
    private double[] policy(Tabular game, ActorCritic networks, NDList theta) {
        float[] rows = game.everything();
        int places = rows.length / game.features();
        NDArray seen = manager.create(rows, new Shape(1, places, game.features()));
        float[] p = networks.logits(theta, seen, manager.create(new long[places]))
                .softmax(-1)
                .toFloatArray();
        double[] policy = new double[p.length];
        for (int k = 0; k < p.length; k++) {
            policy[k] = p[k];
        }
        return policy;
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void onlyWhoKnowsItselfCanBeUnlikeOthers(Identity identity) {
        Parity game = new Parity(2, 64);
        ActorCritic networks = networks(game, identity);
        Ppo ppo = new Ppo(game, networks, options(15, 2e-2, 256), start(networks), 7, 1);
        for (int epoch = 0; epoch < 14; epoch++) {
            ppo.epoch();
        }
        double best = game.rounds();
        double last = ppo.epoch().meanReturn();
        if (identity == Identity.NONE) {
            assertEquals(0.5 * best, last, 0.15 * best);
        } else {
            assertTrue(last > 0.95 * best, identity + " earned " + last);
        }
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void goesOnWhereItStoppedWhateverTheThreads(Identity identity) {
        Parity game = new Parity(3, 500);
        ActorCritic networks = networks(game, identity);
        PpoOptions options = options(4, 1e-2, 4500, identity == Identity.NUMBER, 0);
        Ppo whole = new Ppo(game, networks, options, start(networks), 7, 1);
        List<Ppo.Epoch> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            epochs.add(whole.epoch());
        }
        Ppo half = new Ppo(game, networks, options, start(networks), 7, 2);
        half.epoch();
        half.epoch();
        Ppo other = new Ppo(game, networks, options, half.state(), 7, 2);
        assertEquals(epochs.get(2), other.epoch());
        assertEquals(epochs.get(3), other.epoch());
        for (int i = 0; i < whole.state().theta().size(); i++) {
            assertArrayEquals(
                    whole.state().theta().get(i).toFloatArray(),
                    other.state().theta().get(i).toFloatArray());
        }
        assertNotEquals(epochs.get(0), new Ppo(game, networks, options, start(networks), 8, 1).epoch());
    }

    /** What another's network does, and how large its gradient is, leaves a learner alone. */
    @Test
    void independentLearnersDoNotFeelEachOther() {
        Parity game = new Parity(4, 8);
        ActorCritic networks = networks(game, Identity.INDEPENDENT);
        Ppo.State disturbed = start(networks);
        NDArray last = disturbed.theta().get(4);
        last.get("0:1").muli(1000);
        Ppo.State state = start(networks);
        for (Ppo.State one : List.of(disturbed, state)) {
            new Ppo(game, networks, options(1, 1e-3, 64), one, 7, 1).epoch();
        }
        for (int i = 0; i < state.theta().size(); i++) {
            assertArrayEquals(
                    state.theta().get(i).get("1:").toFloatArray(),
                    disturbed.theta().get(i).get("1:").toFloatArray());
        }
        assertNotEquals(
                state.theta().get(0).get("0").sum().getFloat(),
                disturbed.theta().get(0).get("0").sum().getFloat());
    }

    @Test
    void memoryStaysConstant() {
        Parity game = new Parity(3, 50);
        ActorCritic networks = networks(game, Identity.ONE_HOT);
        Ppo ppo = new Ppo(game, networks, options(9, 1e-3, 100), start(networks), 7, 2);
        ppo.epoch();
        int arrays = manager.getManagedArrays().size();
        ppo.epoch();
        ppo.epoch();
        assertEquals(arrays, manager.getManagedArrays().size());
    }

    @Test
    void saysThatItDiverged() {
        Parity game = new Parity(3, 50);
        ActorCritic networks = networks(game, Identity.NONE);
        Ppo.State state = start(networks);
        state.theta().get(0).muli(Float.NaN);
        Ppo ppo = new Ppo(game, networks, options(9, 1e-3, 100), state, 7, 2);
        assertThrows(DivergedException.class, ppo::epoch);
    }

    /** Steps end where a pass has gone far enough; not one by one of many networks. */
    @Test
    void stopsAtTheTargetOfTheDistance() {
        Parity game = new Parity(2, 64);
        PpoOptions near = options(15, 2e-2, 32, false, 1e-12);
        Ppo.State state = start(networks(game, Identity.NUMBER));
        new Ppo(game, networks(game, Identity.NUMBER), near, state, 7, 1).epoch();
        Ppo.State all = start(networks(game, Identity.NUMBER));
        new Ppo(game, networks(game, Identity.NUMBER), options(15, 2e-2, 32), all, 7, 1).epoch();
        assertEquals(all.adam().steps(), 4 * state.adam().steps());
        ActorCritic many = networks(game, Identity.INDEPENDENT);
        assertThrows(InvalidInputException.class, () -> new Ppo(game, many, near, start(many), 7, 1));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> options(-1, 1e-3, 100));
        assertThrows(InvalidInputException.class, () -> options(1, 0, 100));
        assertThrows(InvalidInputException.class, () -> options(1, Double.NaN, 100));
        assertThrows(InvalidInputException.class, () -> options(1, 1e-3, 0));
        assertEquals(3276, PpoOptions.paper(1, 200).minibatch());
    }
}
