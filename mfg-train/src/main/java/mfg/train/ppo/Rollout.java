package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.stream.LongStream;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/**
 * One episode of all agents. Everything is (H, agents), last axis fastest; what agents see is (H, agents, F). With K networks these
 * are H agents / K items of K samples each.
 */
final class Rollout {

    private final Simulator simulator;
    private final ActorCritic networks;
    private final int agents;
    private final float[] seen;
    private final int[] actions;
    private final float[] rewards;
    private final double[] logProbabilities;
    private final double[] values;

    Rollout(Simulator simulator, ActorCritic networks) {
        this.simulator = simulator;
        this.networks = networks;
        this.agents = simulator.agents();
        int places = simulator.rounds() * agents;
        this.seen = new float[places * simulator.features()];
        this.actions = new int[places];
        this.rewards = new float[places];
        this.logProbabilities = new double[places];
        this.values = new double[places];
    }

    /** Plays an episode. */
    void play(NDList theta, long seed, NDManager manager, DataType type) {
        simulator.reset(Draws.at(seed, 0));
        Categorical pi = new Categorical(simulator.actions());
        for (int h = 0; h < simulator.rounds(); h++) {
            int at = h * agents;
            simulator.observe(seen, at * simulator.features());
            double[] logits = logits(theta, at, manager, type);
            long stream = Draws.at(seed, 1L + h);
            for (int k = 0; k < agents; k++) {
                pi.read(logits, k * simulator.actions());
                int action = pi.draw(Draws.unit(Draws.at(stream, k)));
                actions[at + k] = action;
                logProbabilities[at + k] = pi.log(action);
            }
            simulator.step(actions, at, rewards, at);
        }
    }

    private double[] logits(NDList theta, int at, NDManager manager, DataType type) {
        try (Scope scope = new Scope(manager)) {
            NDArray x = byNetwork(seen(scope.manager(), type, at, agents));
            NDArray y = networks.logits(theta, x, who(scope.manager(), agents / networks.networks()));
            return Tensors.toDoubles(y.transpose(1, 0, 2));
        }
    }

    /** Computes what the value network expected; one round at a time, so that memory stays small. */
    void expect(NDList theta, NDManager manager, DataType type) {
        for (int at = 0; at < values.length; at += agents) {
            try (Scope scope = new Scope(manager)) {
                NDArray x = byNetwork(seen(scope.manager(), type, at, agents));
                NDArray y = networks.values(theta, x, who(scope.manager(), agents / networks.networks()));
                System.arraycopy(Tensors.toDoubles(y.transpose(1, 0, 2)), 0, values, at, agents);
            }
        }
    }

    /** What agents saw in some places, (items, K, F). */
    NDArray seen(NDManager manager, DataType type, int at, int places) {
        int features = simulator.features();
        Shape shape = new Shape(places / networks.networks(), networks.networks(), features);
        NDArray all = manager.create(FloatBuffer.wrap(seen, at * features, places * features), shape, DataType.FLOAT32);
        return all.toType(type, false);
    }

    /** (items, K, F) to (K, items, F). */
    static NDArray byNetwork(NDArray items) {
        return items.transpose(1, 0, 2);
    }

    /** Which player each item is of, where one network has all of them. */
    NDArray who(NDManager manager, int items) {
        return manager.create(
                LongStream.range(0, items).map(k -> k % simulator.players()).toArray());
    }

    Samples samples(PpoOptions options) {
        double[] advantages = Advantages.of(rewards, values, agents, options.gamma(), options.lambda());
        double[] returns = new double[values.length];
        for (int k = 0; k < returns.length; k++) {
            returns[k] = advantages[k] + values[k];
        }
        return new Samples(actions, logProbabilities, advantages, returns, values);
    }

    /** What each agent earned. */
    double[] episodeReturns() {
        double[] sums = new double[agents];
        for (int k = 0; k < rewards.length; k++) {
            sums[k % agents] += rewards[k];
        }
        return sums;
    }
}
