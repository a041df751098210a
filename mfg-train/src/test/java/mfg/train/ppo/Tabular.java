package mfg.train.ppo;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;

/** A random game of few states in many copies, in which nobody meets anybody; all start in state 0, and see state and round. */
final class Tabular implements Simulator {

    private final int states;
    private final int actions;
    private final int rounds;
    private final double[][][] next;
    private final double[][] reward;
    private final int[] at;
    private long seed;
    private int h;

    Tabular(int states, int actions, int rounds, int copies, long seed) {
        this.states = states;
        this.actions = actions;
        this.rounds = rounds;
        this.next = new double[states][actions][];
        this.reward = new double[states][];
        this.at = new int[copies];
        SplittableRandom random = new SplittableRandom(seed);
        for (int s = 0; s < states; s++) {
            reward[s] = random.doubles(actions).toArray();
            for (int a = 0; a < actions; a++) {
                double[] row = random.doubles(states).map(x -> x * x * x).toArray();
                double sum = Arrays.stream(row).sum();
                next[s][a] = Arrays.stream(row).map(x -> x / sum).toArray();
            }
        }
    }

    /** The value in state 0 of a policy, (H, S, A); of the best one if there is none. */
    double value(double[] policy) {
        double[] value = new double[states];
        for (int round = rounds - 1; round >= 0; round--) {
            double[] before = new double[states];
            for (int s = 0; s < states; s++) {
                before[s] = policy.length == 0 ? Double.NEGATIVE_INFINITY : 0;
                for (int a = 0; a < actions; a++) {
                    double q = reward[s][a];
                    for (int to = 0; to < states; to++) {
                        q += next[s][a][to] * value[to];
                    }
                    before[s] = policy.length == 0
                            ? Math.max(before[s], q)
                            : before[s] + policy[(round * states + s) * actions + a] * q;
                }
            }
            value = before;
        }
        return value[0];
    }

    /** What somebody sees in every round and state, (H, S, F). */
    float[] everything() {
        float[] rows = new float[rounds * states * features()];
        for (int k = 0; k < rounds * states; k++) {
            rows[k * features() + k % states] = 1;
            rows[k * features() + states + k / states] = 1;
        }
        return rows;
    }

    @Override
    public int agents() {
        return at.length;
    }

    @Override
    public int players() {
        return 1;
    }

    @Override
    public int features() {
        return states + rounds;
    }

    @Override
    public int actions() {
        return actions;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public void reset(long seed) {
        this.seed = seed;
        Arrays.fill(at, 0);
        h = 0;
    }

    @Override
    public void observe(float[] to, int from) {
        Arrays.fill(to, from, from + at.length * features(), 0);
        for (int k = 0; k < at.length; k++) {
            to[from + k * features() + at[k]] = 1;
            to[from + k * features() + states + h] = 1;
        }
    }

    @Override
    public void step(int[] chosen, int chosenAt, float[] rewards, int rewardsAt) {
        long stream = Draws.at(seed, h);
        for (int k = 0; k < at.length; k++) {
            int action = chosen[chosenAt + k];
            rewards[rewardsAt + k] = (float) reward[at[k]][action];
            double left = Draws.unit(Draws.at(stream, k));
            int to = 0;
            while (to < states - 1 && left >= next[at[k]][action][to]) {
                left -= next[at[k]][action][to];
                to++;
            }
            at[k] = to;
        }
        h++;
    }
}
