package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final String[] PURPOSES = {"learning", "measurement", "networks", "networkt", "", "a", "b", "ab"};

    /** Nor do their first numbers meet those of the seed itself. */
    @Test
    void streamsShareNoNumbers() {
        Set<Long> numbers = new HashSet<>();
        int count = 0;
        for (long seed = -3; seed <= 3; seed++) {
            count += add(numbers, seed);
            count += add(numbers, ~(seed + 100));
            for (String purpose : PURPOSES) {
                for (long index = 0; index < 20; index++) {
                    count += add(numbers, Streams.seed(seed, purpose, index));
                }
            }
        }
        assertEquals(count, numbers.size());
    }

    private static int add(Set<Long> numbers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            numbers.add(random.nextLong());
        }
        return 50;
    }

    /** Each bit of the seed, the purpose and the index turns about half of the bits. */
    @Test
    void everyBitCounts() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int bySeed = 0;
            int byIndex = 0;
            for (long seed = 0; seed < 200; seed++) {
                long usual = Streams.seed(seed, "learning", 5);
                bySeed += Long.bitCount(usual ^ Streams.seed(seed ^ 1L << bit, "learning", 5));
                byIndex += Long.bitCount(usual ^ Streams.seed(seed, "learning", 5 ^ 1L << bit));
            }
            assertTrue(Math.abs(bySeed / 200.0 - 32) < 2, "bit " + bit + " of the seed: " + bySeed);
            assertTrue(Math.abs(byIndex / 200.0 - 32) < 2, "bit " + bit + " of the index: " + byIndex);
        }
    }

    @Test
    void numbersStay() {
        assertEquals(Streams.seed(1, "learning", 0), Streams.seed(1, "learning"));
        assertEquals(-6102150285059127013L, Streams.seed(1, "learning"));
    }
}
