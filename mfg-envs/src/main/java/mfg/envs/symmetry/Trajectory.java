package mfg.envs.symmetry;

import mfg.core.Sizes;

/**
 * What happened in a play, with memory that can be used again.
 *
 * @param players N
 * @param pairs each player's pair {@code s * A + a}, (H, N)
 * @param rewards what each earned, (H, N)
 */
public record Trajectory(int players, short[] pairs, double[] rewards) {

    /**
     * Makes an empty one.
     *
     * @param rounds the horizon
     * @param players N
     * @return memory for one play
     */
    public static Trajectory empty(int rounds, int players) {
        int places = Sizes.product("rounds x players", rounds, players);
        return new Trajectory(players, new short[places], new double[places]);
    }
}
