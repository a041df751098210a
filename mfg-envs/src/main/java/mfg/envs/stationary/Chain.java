package mfg.envs.stationary;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Places in a row, as games of Bench-MFG have them. Actions are left, stay and right. */
final class Chain {

    static final List<String> ACTIONS = List.of("left", "stay", "right");

    private static final double[] NOISE = {0.025, 0.95, 0.025};

    private Chain() {}

    /**
     * Writes out the kernel: players get from x to {@code x + a + e}, or to the end that is beyond, where a and the noise e are -1, 0 or
     * 1, and e is 0 with probability 0.95 and as often -1 as 1.
     *
     * @return (places * 3, places)
     */
    static double[][] kernel(int places) {
        double[][] kernel = new double[places * 3][places];
        for (int x = 0; x < places; x++) {
            for (int a = 0; a < 3; a++) {
                for (int e = 0; e < 3; e++) {
                    int there = Math.min(Math.max(x + a - 1 + e - 1, 0), places - 1);
                    kernel[x * 3 + a][there] += NOISE[e];
                }
            }
        }
        return kernel;
    }

    /**
     * Writes out a reward {@code worth(x) - movement * |a|}.
     *
     * @return (places, 3)
     */
    static double[][] reward(int places, double movement, IntToDoubleFunction worth) {
        double[][] reward = new double[places][3];
        for (int x = 0; x < places; x++) {
            for (int a = 0; a < 3; a++) {
                reward[x][a] = worth.applyAsDouble(x) - movement * Math.abs(a - 1);
            }
        }
        return reward;
    }
}
