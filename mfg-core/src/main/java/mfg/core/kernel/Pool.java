package mfg.core.kernel;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Large memory that is not in use. Whoever needs as much again need not have it zeroed and collected; the garbage collector may
 * have it. For any number of threads.
 *
 * @param <K> what the memory's size depends on, with equality
 * @param <M> the memory
 */
public final class Pool<K, M> {

    private final Map<K, Queue<SoftReference<M>>> free = new ConcurrentHashMap<>();

    /**
     * Finds memory that nobody uses, or makes some.
     *
     * @param size of which size
     * @param make makes new memory
     * @return memory with anything in it
     */
    public M take(K size, Function<K, M> make) {
        Queue<SoftReference<M>> queue = queue(size);
        for (SoftReference<M> next = queue.poll(); next != null; next = queue.poll()) {
            M memory = next.get();
            if (memory != null) {
                return memory;
            }
        }
        return make.apply(size);
    }

    /**
     * Lets others have memory.
     *
     * @param size its size
     * @param memory not to be used any more by whoever gives it back
     */
    public void giveBack(K size, M memory) {
        queue(size).add(new SoftReference<>(memory));
    }

    private Queue<SoftReference<M>> queue(K size) {
        return free.computeIfAbsent(size, s -> new ConcurrentLinkedQueue<>());
    }
}
