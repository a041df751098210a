package mfg.train.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Algorithm;
import mfg.core.Constants;
import mfg.core.FictitiousPlay;
import mfg.core.InvalidInputException;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Policy;
import mfg.core.Tensors;
import mfg.envs.examples.CrowdModelling;
import mfg.envs.examples.PredatorPrey;
import mfg.envs.examples.Rooms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks against the tables of the same solvers. */
final class DeepIterationTest {

    private static final double ETA = 0.3;
    private static final int ITERATIONS = 10;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final Constants constants = new Constants(manager, DataType.FLOAT64);

    @AfterEach
    void close() {
        manager.close();
    }

    private static DeepOptions options(int players) {
        return new DeepOptions(players, 48, 150, 3e-3, 64, "cpu");
    }

    private static Algorithm mirrorDescent(int players) {
        return new DeepMirrorDescent(ETA, options(players));
    }

    private static Algorithm fictitiousPlay(int players) {
        return new DeepFictitiousPlay(options(players));
    }

    private Iteration started(Algorithm algorithm, MeanFieldGame<?> game) {
        Iteration iteration = algorithm.iteration(game, new NDList(), manager, DataType.FLOAT64, 7);
        iteration.start();
        return iteration;
    }

    private Policy policy(Iteration iteration) {
        return iteration.policy(iteration.state(manager));
    }

    private double exploitability(Algorithm algorithm, MeanFieldGame<?> game) {
        try (Iteration iteration = started(algorithm, game)) {
            for (int k = 0; k < ITERATIONS; k++) {
                iteration.step();
            }
            return iteration.measure().exploitability();
        }
    }

    private MeanFieldGame<?> crowd() {
        return new CrowdModelling(constants, 5);
    }

    @Test
    void mirrorDescentIsAsFarAsThatOfTables() {
        double table = exploitability(new OnlineMirrorDescent(ETA, 0), crowd());
        assertEquals(table, exploitability(mirrorDescent(0), crowd()), 0.05 * table);
    }

    /** Of several best responses a network plays another than a table, by rounding, and is then nearer or further. */
    @Test
    void fictitiousPlayIsAboutAsFarAsThatOfTables() {
        double table = exploitability(new FictitiousPlay(), crowd());
        double deep = exploitability(fictitiousPlay(0), crowd());
        assertTrue(deep < 2 * table, deep + " instead of " + table);
        try (Iteration uniform = started(fictitiousPlay(0), crowd())) {
            assertTrue(uniform.measure().exploitability() > 5 * table);
        }
    }

    /** Where players are is noisy, by one over the root of their number; what is measured is the exact flow. */
    @Test
    void amongManySimulatedPlayersItIsAboutAsFar() {
        double noise;
        try (Iteration uniform = started(mirrorDescent(0), crowd())) {
            noise = 0.05 * uniform.measure().exploitability();
        }
        assertEquals(exploitability(mirrorDescent(0), crowd()), exploitability(mirrorDescent(20_000), crowd()), noise);
        assertEquals(
                exploitability(fictitiousPlay(0), crowd()), exploitability(fictitiousPlay(20_000), crowd()), noise);
    }

    @Test
    void nobodyWalksIntoWalls() {
        MeanFieldGame<?> ring = Rooms.ring(constants, 3);
        for (Algorithm algorithm : new Algorithm[] {mirrorDescent(0), fictitiousPlay(0), mirrorDescent(50)}) {
            try (Iteration iteration = started(algorithm, ring)) {
                iteration.step();
                NDArray legal = Policy.uniform(ring, manager, DataType.FLOAT64).probabilities();
                NDArray played = policy(iteration).probabilities();
                double[] illegal = Tensors.toDoubles(played.mul(legal.eq(0).toType(DataType.FLOAT64, false)));
                assertArrayEquals(new double[illegal.length], illegal);
            }
        }
    }

    @Test
    void itStartsFromAPolicy() {
        try (Iteration learned = started(mirrorDescent(0), crowd());
                Iteration other = started(fictitiousPlay(0), crowd())) {
            learned.step();
            other.start(policy(learned));
            double exploitability = learned.measure().exploitability();
            assertEquals(exploitability, other.measure().exploitability(), 0.1 * exploitability);
        }
    }

    @Test
    void goingOnLeadsToTheSameNumbers() {
        for (Algorithm algorithm : new Algorithm[] {mirrorDescent(0), fictitiousPlay(100)}) {
            try (Iteration whole = started(algorithm, crowd());
                    Iteration resumed = algorithm.iteration(crowd(), new NDList(), manager, DataType.FLOAT64, 7)) {
                whole.step();
                resumed.resume(whole.state(manager), 1);
                for (int k = 0; k < 2; k++) {
                    whole.step();
                    resumed.step();
                }
                assertArrayEquals(Tensors.toDoubles(whole.state(manager)), Tensors.toDoubles(resumed.state(manager)));
                assertEquals(whole.measure(), resumed.measure());
            }
        }
    }

    @Test
    void severalPopulationsAreNotSimulated() {
        MeanFieldGame<?> game = new PredatorPrey(constants, 2);
        exploitability(new DeepMirrorDescent(ETA, new DeepOptions(0, 4, 1, 1e-3, 16, "cpu")), game);
        assertThrows(InvalidInputException.class, () -> started(mirrorDescent(10), game));
    }
}
