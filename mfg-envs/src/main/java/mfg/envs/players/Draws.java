package mfg.envs.players;

/**
 * Random numbers by place: the i-th number of a {@link java.util.SplittableRandom} without those before it. So every player has a
 * draw of its own, whatever the others do.
 */
public final class Draws {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private Draws() {}

    /**
     * The i-th number of {@code new SplittableRandom(seed)} (Steele, Lea and Flood 2014).
     *
     * @param seed the seed
     * @param i from 0
     * @return uniform over all longs
     */
    public static long at(long seed, long i) {
        long z = seed + (i + 1) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * Makes a number in [0, 1).
     *
     * @param random uniform over all longs
     * @return uniform in [0, 1)
     */
    public static double unit(long random) {
        return (random >>> 11) * 0x1.0p-53;
    }

    /**
     * Makes a whole number below a bound; each comes up as often as any other, up to one part in 2^32.
     *
     * @param bound at least 1; 0 gives 0
     * @param random of which the high 32 bits are uniform
     * @return uniform in 0 .. bound-1
     */
    public static int below(int bound, long random) {
        return (int) (((random >>> 32) * bound) >>> 32);
    }
}
