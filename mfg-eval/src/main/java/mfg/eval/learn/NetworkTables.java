package mfg.eval.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import mfg.core.GameShape;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.nn.ActorCritic;

/** Policy networks as tables, where what is seen is the state and the round ({@link mfg.envs.StateSimulator}). */
public final class NetworkTables {

    private NetworkTables() {}

    /**
     * Reads a table off networks that are not told who acts.
     *
     * @param shape the size of the game
     * @param networks one for all
     * @param theta their parameters; not modified
     * @return {@code pi[h](a | s)}, (H, S, A), last axis fastest
     */
    public static double[] of(GameShape shape, ActorCritic networks, NDList theta) {
        int states = shape.states();
        int features = states + shape.rounds();
        int places = shape.rounds() * states;
        float[] rows = new float[places * features];
        for (int k = 0; k < places; k++) {
            rows[k * features + k % states] = 1;
            rows[k * features + states + k / states] = 1;
        }
        try (Scope scope = new Scope(theta.head().getManager())) {
            NDArray seen = scope.manager().create(rows, new Shape(1, places, features));
            NDArray logits = networks.logits(theta, seen, scope.manager().create(new long[places]));
            return Tensors.toDoubles(logits.toType(DataType.FLOAT64, false).softmax(-1));
        }
    }
}
