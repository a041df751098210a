package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/** Plays episodes without learning from them. */
public final class Episodes {

    private Episodes() {}

    /** Looks on. */
    @FunctionalInterface
    public interface Watcher {

        /** Called before each round, and once after the last. */
        void look();
    }

    /**
     * Plays an episode by policy networks.
     *
     * @param simulator what is played
     * @param networks for its players, features and actions
     * @param theta their parameters; not modified
     * @param seed decides all that is random
     * @param watcher looks on
     * @return what each agent earned, (agents)
     */
    public static double[] play(Simulator simulator, ActorCritic networks, NDList theta, long seed, Watcher watcher) {
        Actor actor = new Actor(simulator, networks, theta);
        int[] actions = new int[simulator.agents()];
        float[] rewards = new float[simulator.agents()];
        double[] sums = new double[simulator.agents()];
        simulator.reset(Draws.at(seed, 0));
        watcher.look();
        for (int h = 0; h < simulator.rounds(); h++) {
            actor.act(Draws.at(seed, 1L + h), actions, 0);
            simulator.step(actions, 0, rewards, 0);
            watcher.look();
            for (int k = 0; k < sums.length; k++) {
                sums[k] += rewards[k];
            }
        }
        return sums;
    }
}
