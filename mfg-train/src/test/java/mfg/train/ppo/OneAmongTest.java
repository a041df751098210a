package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.envs.players.Draws;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.TaxiSimulator;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OneAmongTest {

    private static final int PLAYERS = 5;
    private static final int COPIES = 3;
    private static final int PLAYER = 2;

    private final NDManager manager = NDManager.newBaseManager();
    private final ActorCritic networks = new ActorCritic(PLAYERS, 57, 5, 16, Identity.ONE_HOT);
    private final NDList theta = networks.start(new SplittableRandom(3), manager, DataType.FLOAT32);

    @AfterEach
    void close() {
        manager.close();
    }

    private static TaxiSimulator taxis() {
        return new TaxiSimulator(City.of(new CityLayout(CityLayout.DEFAULT), PLAYERS, 20, 8, 1), COPIES);
    }

    /** What the agent does, written down, is what this player did in the whole game; all others act as they would. */
    @Test
    void whoDoesAsBeforeEarnsAsBefore() {
        TaxiSimulator whole = taxis();
        Actor actor = new Actor(whole, networks, theta);
        TaxiSimulator part = taxis();
        OneAmong among = new OneAmong(part, networks, theta, PLAYER);
        assertEquals(COPIES, among.agents());
        assertEquals(1, among.players());
        whole.reset(Draws.at(7, 0));
        among.reset(7);
        int[] actions = new int[whole.agents()];
        float[] rewards = new float[whole.agents()];
        float[] seen = new float[whole.agents() * whole.features()];
        int[] own = new int[COPIES];
        float[] earned = new float[COPIES];
        float[] view = new float[COPIES * whole.features()];
        for (int h = 0; h < whole.rounds(); h++) {
            whole.observe(seen, 0);
            among.observe(view, 0);
            actor.act(Draws.at(7, 1L + h), actions);
            for (int copy = 0; copy < COPIES; copy++) {
                own[copy] = actions[copy * PLAYERS + PLAYER];
                for (int f = 0; f < whole.features(); f++) {
                    assertEquals(
                            seen[(copy * PLAYERS + PLAYER) * whole.features() + f], view[copy * whole.features() + f]);
                }
            }
            whole.step(actions, 0, rewards, 0);
            among.step(own, 0, earned, 0);
            for (int copy = 0; copy < COPIES; copy++) {
                assertEquals(rewards[copy * PLAYERS + PLAYER], earned[copy]);
            }
            for (int k = 0; k < whole.agents(); k++) {
                assertEquals(whole.cell(k), part.cell(k));
            }
        }
    }

    /** Pairs of plays have the same draws: who leaves to do what it did earns what it did, to the bit. */
    @Test
    void playsInWhichNobodyLeavesAreTheSame() {
        TaxiSimulator whole = taxis();
        Episodes.Policy others = new Actor(whole, networks, theta);
        double[] stayed = OneAmong.nobody(
                whole,
                (stream, actions) -> {
                    others.act(stream, actions);
                    for (int copy = 0; copy < COPIES; copy++) {
                        actions[copy * PLAYERS + PLAYER] = 1;
                    }
                },
                5);
        OneAmong among = new OneAmong(taxis(), networks, theta, PLAYER);
        double[] left = Episodes.play(among, (stream, actions) -> Arrays.fill(actions, 1), 5, () -> {});
        for (int copy = 0; copy < COPIES; copy++) {
            assertEquals(stayed[copy * PLAYERS + PLAYER], left[copy]);
        }
    }

    @Test
    void sameSeedSameEpisode() {
        ActorCritic alone = new ActorCritic(1, 57, 5, 16, Identity.NONE);
        NDList own = networks.alone(theta, PLAYER);
        OneAmong among = new OneAmong(taxis(), networks, theta, PLAYER);
        Actor actor = new Actor(among, alone, own);
        double[] first = Episodes.play(among, actor, 5, () -> {});
        assertArrayEquals(first, Episodes.play(among, actor, 5, () -> {}));
        int[] seeds = {0};
        double sum = 0;
        for (int seed = 6; seed < 20; seed++) {
            for (double reward : Episodes.play(among, actor, seed, () -> seeds[0]++)) {
                sum += reward;
            }
        }
        assertEquals(14 * 21, seeds[0]);
        assertNotEquals(14 * (first[0] + first[1] + first[2]), sum);
    }

    @Test
    void thereIsNoSuchPlayer() {
        assertThrows(InvalidInputException.class, () -> new OneAmong(taxis(), networks, theta, PLAYERS));
        assertThrows(InvalidInputException.class, () -> new OneAmong(taxis(), networks, theta, -1));
    }
}
