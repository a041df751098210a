package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/**
 * One episode of all agents. Everything is (H, agents), last axis fastest; what agents see is (H, agents, F). With K networks these
 * are H agents / K items of K samples each.
 */
final class Rollout {

    private final Simulator simulator;
    private final Actor actor;
    private final int networks;
    private final int agents;
    private final float[] seen;
    private final int[] actions;
    private final float[] rewards;
    private final double[] logProbabilities;
    private final double[] values;

    Rollout(Simulator simulator, ActorCritic networks, NDList theta) {
        this.simulator = simulator;
        this.actor = new Actor(simulator, networks, theta);
        this.networks = networks.networks();
        this.agents = simulator.agents();
        int most = Integer.MAX_VALUE / simulator.features() / agents;
        if (simulator.rounds() > most) {
            throw new InvalidInputException("an episode of %d agents has at most %d rounds here, not %d"
                    .formatted(agents, most, simulator.rounds()));
        }
        int places = Sizes.product("rounds x agents", simulator.rounds(), agents);
        this.seen = new float[Sizes.product("rounds x agents x features", places, simulator.features())];
        this.actions = new int[places];
        this.rewards = new float[places];
        this.logProbabilities = new double[places];
        this.values = new double[places];
    }

    /** Plays an episode, and asks the value network what it had expected. */
    void play(long seed) {
        simulator.reset(Draws.at(seed, 0));
        for (int h = 0; h < simulator.rounds(); h++) {
            int at = h * agents;
            int row = at * simulator.features();
            simulator.observe(seen, row);
            actor.act(seen, row, Draws.at(seed, 1L + h), actions, at, logProbabilities, at);
            System.arraycopy(actor.values(seen, row), 0, values, at, agents);
            simulator.step(actions, at, rewards, at);
        }
    }

    /** How many items there are. */
    int items() {
        return actions.length / networks;
    }

    /** What agents saw, (items, K, F). */
    NDArray seen(NDManager owner) {
        return actor.items(owner, seen, 0, actions.length);
    }

    /** Which player each item is of, (items). */
    NDArray who(NDManager owner) {
        return actor.who(owner, items());
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
