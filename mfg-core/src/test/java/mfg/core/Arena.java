package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/** A {@link RandomGame} in float64, and the memory it is played in. */
final class Arena implements AutoCloseable {

    static final NDList NO_THETA = new NDList();

    final NDManager manager = NDManager.newBaseManager();
    final Constants constants = new Constants(manager, DataType.FLOAT64);
    final RandomGame game;

    Arena(GameShape shape, double coupling, long seed) {
        this.game = new RandomGame(constants, shape, coupling, seed);
    }

    NDArray array(double[][][] cube) {
        return Tensors.create(
                manager, DataType.FLOAT64, Samples.flat(cube), game.shape().policy());
    }

    Policy policy(double[][][] cube) {
        return Policy.of(array(cube));
    }

    PopulationFlow<KernelRound> flow(double[][][] policy) {
        return PopulationFlow.of(game, policy(policy), NO_THETA);
    }

    @Override
    public void close() {
        manager.close();
    }
}
