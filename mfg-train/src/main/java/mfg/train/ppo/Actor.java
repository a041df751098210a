package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.stream.LongStream;
import mfg.core.Scope;
import mfg.core.Sizes;
import mfg.core.Tensors;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/** All agents of a simulator, who act by policy networks. Every agent has a draw of its own, by place. */
public final class Actor implements Episodes.Policy {

    private final Simulator simulator;
    private final ActorCritic networks;
    private final NDList theta;
    private final NDManager manager;
    private final DataType type;
    private final Categorical pi;
    private final float[] seen;
    private final double[] logProbabilities;

    /**
     * Prepares to act.
     *
     * @param simulator who acts
     * @param networks for its players, features and actions
     * @param theta parameters, whose manager is where all is computed; not modified, and read whenever somebody acts
     */
    public Actor(Simulator simulator, ActorCritic networks, NDList theta) {
        this.simulator = simulator;
        this.networks = networks;
        this.theta = theta;
        this.manager = theta.head().getManager();
        this.type = theta.head().getDataType();
        this.pi = new Categorical(simulator.actions());
        this.seen = new float[Sizes.product("agents x features", simulator.agents(), simulator.features())];
        this.logProbabilities = new double[simulator.agents()];
    }

    @Override
    public void act(long stream, int[] actions) {
        simulator.observe(seen, 0);
        act(seen, 0, stream, actions, 0, logProbabilities, 0);
    }

    /** The same from what was seen, and tells how likely each action was. */
    void act(float[] rows, int rowsAt, long stream, int[] actions, int at, double[] logs, int logsAt) {
        int agents = simulator.agents();
        double[] logits = logits(rows, rowsAt);
        for (int k = 0; k < agents; k++) {
            pi.read(logits, k * simulator.actions());
            int action = pi.draw(Draws.unit(Draws.at(stream, k)));
            actions[at + k] = action;
            logs[logsAt + k] = pi.log(action);
        }
    }

    private double[] logits(float[] rows, int at) {
        try (Scope scope = new Scope(manager)) {
            NDArray y = networks.logits(theta, input(scope.manager(), rows, at), who(scope.manager()));
            return Tensors.toDoubles(byAgent(y));
        }
    }

    /** What the value network expects of all agents' places. */
    double[] values(float[] rows, int at) {
        try (Scope scope = new Scope(manager)) {
            NDArray y = networks.values(theta, input(scope.manager(), rows, at), who(scope.manager()));
            return Tensors.toDoubles(byAgent(y));
        }
    }

    private NDArray input(NDManager owner, float[] rows, int at) {
        return byNetwork(items(owner, rows, at, simulator.agents()));
    }

    private NDArray who(NDManager owner) {
        return who(owner, simulator.agents() / networks.networks());
    }

    /** Rows as items of K samples each, (items, K, F). */
    NDArray items(NDManager owner, float[] rows, int at, int places) {
        int features = simulator.features();
        Shape shape = new Shape(places / networks.networks(), networks.networks(), features);
        return owner.create(FloatBuffer.wrap(rows, at, places * features), shape, DataType.FLOAT32)
                .toType(type, false);
    }

    /** Which player each item is of, where one network has all of them. */
    NDArray who(NDManager owner, int items) {
        return owner.create(
                LongStream.range(0, items).map(k -> k % simulator.players()).toArray());
    }

    /** (items, K, F) to (K, items, F). */
    static NDArray byNetwork(NDArray items) {
        return items.transpose(1, 0, 2);
    }

    private static NDArray byAgent(NDArray byNetwork) {
        return byNetwork.transpose(1, 0, 2);
    }
}
