package mfg.train.auction;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Table;
import org.jspecify.annotations.Nullable;

/**
 * The large arrays of a fast step. A step takes a memory and gives it back when it is closed, so that the next gradient of the
 * same size need not have its arrays zeroed and collected again; the garbage collector may have what is not in use.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionMemory<F> {

    /** What arrays depend on. */
    private record Size(Kernels<?> kernels, Table layout, int rounds, int tapeLength) {}

    private static final Map<Size, Queue<SoftReference<AuctionMemory<?>>>> FREE = new ConcurrentHashMap<>();

    private final Size size;
    private final Kernels<F> kernels;
    private final Deque<F> tables = new ArrayDeque<>();
    private final Deque<F> peaks = new ArrayDeque<>();
    private final Deque<AuctionTrace<F>> traces = new ArrayDeque<>();
    private long bytes;
    private long mostBytes;

    private AuctionMemory(Size size, Kernels<F> kernels) {
        this.size = size;
        this.kernels = kernels;
    }

    /** Finds a memory that nobody uses, or makes one. */
    @SuppressWarnings("unchecked") // kernels determine F, and are part of the size
    static <F> AuctionMemory<F> take(AuctionModel<F> model) {
        Size size = new Size(model.kernels, model.layout, model.rounds, model.mechanism.tapeLength());
        Queue<SoftReference<AuctionMemory<?>>> free = FREE.get(size);
        while (free != null) {
            SoftReference<AuctionMemory<?>> next = free.poll();
            if (next == null) {
                break;
            }
            AuctionMemory<?> memory = next.get();
            if (memory != null) {
                memory.bytes = 0;
                memory.mostBytes = 0;
                return (AuctionMemory<F>) memory;
            }
        }
        return new AuctionMemory<>(size, model.kernels);
    }

    /** Lets others have it. What was taken from it must not be used any more. */
    void giveBack() {
        FREE.computeIfAbsent(size, s -> new ConcurrentLinkedQueue<>()).add(new SoftReference<>(this));
    }

    /** The most that was in use at once. */
    long mostBytes() {
        return mostBytes;
    }

    /** One table a round, with anything in it. */
    F table() {
        count(tableBytes());
        F free = tables.poll();
        return free != null ? free : kernels.array(size.rounds * size.layout.size());
    }

    /** Numbers by round and value, with anything in them. */
    F peak() {
        F free = peaks.poll();
        return free != null ? free : kernels.array(size.rounds * size.layout.rows());
    }

    /** A trace, with anything in it. */
    AuctionTrace<F> trace() {
        count(traceBytes());
        AuctionTrace<F> free = traces.poll();
        if (free != null) {
            return free;
        }
        int values = size.layout.states();
        List<AuctionTrace.Round<F>> rounds = new ArrayList<>();
        for (int h = 0; h < size.rounds; h++) {
            rounds.add(new AuctionTrace.Round<>(values, kernels.array(values), kernels.array(values)));
        }
        return new AuctionTrace<>(
                rounds, kernels.array(size.rounds * size.layout.rows()), kernels.array(size.rounds * size.tapeLength));
    }

    void freeTable(@Nullable F table) {
        if (table != null) {
            count(-tableBytes());
            tables.push(table);
        }
    }

    void freePeak(@Nullable F peak) {
        if (peak != null) {
            peaks.push(peak);
        }
    }

    void freeTrace(@Nullable AuctionTrace<F> trace) {
        if (trace != null) {
            count(-traceBytes());
            traces.push(trace);
        }
    }

    private long tableBytes() {
        return (long) kernels.bytes() * size.rounds * size.layout.size();
    }

    private long traceBytes() {
        int values = size.layout.states();
        long numbers = size.layout.rows() + size.tapeLength + (long) AuctionTrace.Round.OTHERS * values;
        return size.rounds * (kernels.bytes() * numbers + (long) Double.BYTES * AuctionTrace.Round.DOUBLES * values);
    }

    private void count(long change) {
        bytes += change;
        mostBytes = Math.max(mostBytes, bytes);
    }
}
