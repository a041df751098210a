package mfg.train.ppo;

import mfg.envs.Simulator;
import mfg.envs.players.Draws;

/** Plays episodes without learning from them. */
public final class Episodes {

    private Episodes() {}

    /** Decides what all agents do, as an {@link Actor} does. */
    @FunctionalInterface
    public interface Policy {

        /**
         * Chooses everybody's next action.
         *
         * @param stream decides all that is random, for agent k by its k-th draw
         * @param actions (agents); modified
         */
        void act(long stream, int[] actions);
    }

    /** Looks on. */
    @FunctionalInterface
    public interface Watcher {

        /** Called before each round, and once after the last. */
        void look();
    }

    /**
     * Plays an episode.
     *
     * @param simulator what is played
     * @param policy decides what is done
     * @param seed decides all that is random
     * @param watcher looks on
     * @return what each agent earned, (agents)
     */
    public static double[] play(Simulator simulator, Policy policy, long seed, Watcher watcher) {
        int[] actions = new int[simulator.agents()];
        float[] rewards = new float[simulator.agents()];
        double[] sums = new double[simulator.agents()];
        simulator.reset(Draws.at(seed, 0));
        watcher.look();
        for (int h = 0; h < simulator.rounds(); h++) {
            policy.act(Draws.at(seed, 1L + h), actions);
            simulator.step(actions, 0, rewards, 0);
            watcher.look();
            for (int k = 0; k < sums.length; k++) {
                sums[k] += rewards[k];
            }
        }
        return sums;
    }
}
