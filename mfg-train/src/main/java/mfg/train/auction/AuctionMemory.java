package mfg.train.auction;

import java.util.ArrayDeque;
import java.util.Deque;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Pool;
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

    private static final Pool<Size, AuctionMemory<?>> POOL = new Pool<>();

    private final Size size;
    private final Kernels<F> kernels;
    private final Deque<F> tables = new ArrayDeque<>();
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
        AuctionMemory<F> memory = (AuctionMemory<F>) POOL.take(size, s -> new AuctionMemory<>(s, model.kernels));
        memory.bytes = 0;
        memory.mostBytes = 0;
        return memory;
    }

    /** Lets others have it. What was taken from it must not be used any more. */
    void giveBack() {
        POOL.giveBack(size, this);
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

    /** A trace, with anything in it. */
    AuctionTrace<F> trace() {
        count(traceBytes());
        AuctionTrace<F> free = traces.poll();
        return free != null ? free : AuctionTrace.empty(kernels, size.layout, size.rounds, size.tapeLength);
    }

    void freeTable(@Nullable F table) {
        if (table != null) {
            count(-tableBytes());
            tables.push(table);
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
