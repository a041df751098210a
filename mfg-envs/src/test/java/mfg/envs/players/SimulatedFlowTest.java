package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.examples.Rooms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many players against the mean field. */
final class SimulatedFlowTest {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final MeanFieldGame<?> game = Rooms.ring(new Constants(manager, DataType.FLOAT64), 6);
    private final NDArray policy =
            Policy.uniform(game, manager, DataType.FLOAT64).probabilities();

    @AfterEach
    void close() {
        manager.close();
    }

    private double[] simulated(int players, long seed) {
        return Tensors.toDoubles(
                SimulatedFlow.of(game, policy, new NDList(), players, seed).stacked());
    }

    /** Each share is a mean of N draws of 0 or 1; six of its standard deviations are exceeded once in a billion. */
    @Test
    void manyPlayersMoveLikeTheMeanField() {
        double[] exact = Tensors.toDoubles(
                PopulationFlow.of(game, Policy.of(policy), new NDList()).stacked());
        int players = 100_000;
        double[] shares = simulated(players, 3);
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], shares[i], 6 * Math.sqrt(exact[i] * (1 - exact[i]) / players) + 1e-12);
        }
    }

    @Test
    void sharesAreWholePlayersAndTheSeedDecides() {
        double[] shares = simulated(5, 1);
        for (double share : shares) {
            assertEquals(Math.rint(5 * share), 5 * share, 1e-12);
        }
        assertArrayEquals(shares, simulated(5, 1));
        assertTrue(Arrays.hashCode(shares) != Arrays.hashCode(simulated(5, 2)));
    }

    @Test
    void oneIsNoCrowd() {
        SimulatedFlow.check(game, 2);
        assertThrows(InvalidInputException.class, () -> SimulatedFlow.check(game, 1));
    }
}
