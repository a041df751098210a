package mfg.train.ppo;

import java.util.Arrays;
import mfg.envs.Simulator;

/** Everybody earns 1 in a round by the action that is its own number's remainder by two: who does not know itself earns a half. */
record Parity(int players, int copies) implements Simulator {

    @Override
    public int agents() {
        return copies * players;
    }

    @Override
    public int features() {
        return 1;
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public int rounds() {
        return 4;
    }

    @Override
    public void reset(long seed) {}

    @Override
    public void observe(float[] to, int at) {
        Arrays.fill(to, at, at + agents(), 1);
    }

    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        for (int k = 0; k < agents(); k++) {
            rewards[rewardsAt + k] = actions[actionsAt + k] == k % players % 2 ? 1 : 0;
        }
    }
}
