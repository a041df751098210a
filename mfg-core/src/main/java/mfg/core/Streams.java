package mfg.core;

/**
 * Seeds for the different things that one seed decides. Each purpose has streams of random numbers of its own: those of two
 * purposes, indices or neighbouring seeds share nothing but by a chance of about one in 2^64.
 *
 * <p>What is promised to stay the same, bit for bit, is drawn otherwise: the start of a design, its games and its directions.
 */
public final class Streams {

    private Streams() {}

    /**
     * Derives the seed of a stream.
     *
     * @param seed what the user gave
     * @param purpose what the stream is for, such as {@code learning}; part of the numbers, so it must not be reworded
     * @return uniform over all longs
     */
    public static long seed(long seed, String purpose) {
        return seed(seed, purpose, 0);
    }

    /**
     * Derives the seed of one of several streams for the same purpose.
     *
     * @param seed what the user gave
     * @param purpose what the streams are for; part of the numbers
     * @param index which of them
     * @return uniform over all longs
     */
    public static long seed(long seed, String purpose, long index) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return mixed(mixed(mixed(seed) + hash) + index);
    }

    /** The finalizer of MurmurHash3 (Appleby 2011), after a step that lets 0 become something else. A bijection. */
    private static long mixed(long x) {
        long z = x + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
