package mfg.train.ppo;

import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;

/**
 * One episode of all agents. Everything is (H, agents), last axis fastest; what agents see is (H, agents, F).
 */
final class Rollout {

    private final Simulator simulator;
    private final Backend backend;
    private final Actor actor;
    private final int agents;
    private final float[] seen;
    private final int[] actions;
    private final float[] rewards;
    private final double[] logProbabilities;
    private double[] values = {};

    Rollout(Simulator simulator, Backend backend) {
        this.simulator = simulator;
        this.backend = backend;
        this.actor = new Actor(simulator, backend);
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
    }

    /**
     * Plays an episode, and asks the value network what it had expected.
     *
     * @throws InvalidInputException if the simulator tells something that is no finite number
     */
    void play(long seed) {
        backend.refresh();
        simulator.reset(Draws.at(seed, 0));
        for (int h = 0; h < simulator.rounds(); h++) {
            int at = h * agents;
            int row = at * simulator.features();
            simulator.observe(seen, row);
            check("agent %d sees", seen, row, simulator.features(), h);
            actor.act(seen, row, Draws.at(seed, 1L + h), actions, at, logProbabilities, at);
            simulator.step(actions, at, rewards, at);
            check("agent %d earns", rewards, at, 1, h);
        }
        values = backend.values(seen);
    }

    /** Looks over what agents saw or earned in a round, so many numbers each. */
    private void check(String what, float[] numbers, int at, int each, int h) {
        for (int k = 0; k < agents * each; k++) {
            if (!Float.isFinite(numbers[at + k])) {
                throw new InvalidInputException("in round %d, %s %s: the simulator is to blame"
                        .formatted(h, what.formatted(k / each), numbers[at + k]));
            }
        }
    }

    /** What agents saw, (H, agents, F). */
    float[] seen() {
        return seen;
    }

    /** What was earned, (H, agents). */
    float[] rewards() {
        return rewards;
    }

    /** The samples, of rewards that are divided by a number. */
    Samples samples(PpoOptions options, double scale) {
        float[] scaled = rewards.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] /= (float) scale;
        }
        double[] advantages = Advantages.of(scaled, values, agents, options.gamma(), options.lambda());
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
