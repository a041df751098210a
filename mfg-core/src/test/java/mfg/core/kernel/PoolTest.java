package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolTest {

    private final Pool<Integer, Memory> pool = new Pool<>();

    private static final class Memory {
        final int size;

        Memory(int size) {
            this.size = size;
        }
    }

    private Memory take(int size) {
        return pool.take(size, Memory::new);
    }

    @Test
    void memoryIsHandedOnToWhoeverNeedsAsMuch() {
        Memory first = take(3);
        pool.giveBack(3, first);
        assertEquals(4, take(4).size);
        assertSame(first, take(3));
    }

    @Test
    void nobodyHasWhatAnotherHas() {
        Memory first = take(3);
        assertNotSame(first, take(3), "it was not given back");
        pool.giveBack(3, first);
        assertSame(first, take(3));
        assertNotSame(first, take(3), "it was given back once");
    }

    @Test
    void threadsDoNotGetTheSame() {
        List<Memory> some = IntStream.range(0, 8).mapToObj(i -> take(1)).toList();
        for (int round = 0; round < 200; round++) {
            some.forEach(memory -> pool.giveBack(1, memory));
            some = IntStream.range(0, 8).parallel().mapToObj(i -> take(1)).toList();
            Set<Memory> different = new HashSet<>(some);
            assertEquals(8, different.size());
        }
    }
}
