package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ParallelTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 1000).boxed().toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 5000})
    void resultsAreInTheOrderOfTheWork(int threads) {
        assertEquals(ITEMS.stream().map(i -> i * i).toList(), Parallel.map(ITEMS, threads, i -> i * i));
        assertEquals(List.of(), Parallel.map(List.of(), threads, i -> i));
    }

    @Test
    void workInWorkGetsThrough() {
        List<Integer> sums = Parallel.map(
                ITEMS.subList(0, 20),
                4,
                i -> Parallel.map(ITEMS.subList(0, i), 4, j -> j).stream()
                        .mapToInt(j -> j)
                        .sum());
        assertEquals(19 * 18 / 2, sums.get(19));
    }

    /** Each waits for the other, which must be at work meanwhile. */
    @Test
    void severalAreAtWorkAtATime() {
        CountDownLatch both = new CountDownLatch(2);
        List<Boolean> met = Parallel.map(List.of(1, 2), 2, i -> {
            both.countDown();
            try {
                return both.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(List.of(true, true), met);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFailureIsThrownAndEndsTheRest(int threads) {
        InvalidInputException failure = new InvalidInputException("no");
        AtomicInteger begun = new AtomicInteger();
        assertSame(
                failure,
                assertThrows(
                        InvalidInputException.class,
                        () -> Parallel.map(ITEMS, threads, i -> {
                            begun.incrementAndGet();
                            throw failure;
                        })));
        assertTrue(begun.get() <= threads);
    }

    /** Whether work goes on, and what a slow worker waits for. */
    private static final class Slow {
        private final Thread caller = Thread.currentThread();
        private final CountDownLatch begun = new CountDownLatch(2);
        private final AtomicInteger ended = new AtomicInteger();

        /** Two at work, of whom one fails at once and the other goes on for a while. */
        int work(boolean failing, Error failure) {
            begun.countDown();
            waitUninterrupted(begun);
            if (failing) {
                throw failure;
            }
            sleep();
            ended.incrementAndGet();
            return 1;
        }

        private boolean onCaller() {
            return Thread.currentThread() == caller;
        }
    }

    private static void waitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyIsAtWorkAfterAnErrorWhichIsThrownAsItIs(boolean onCaller) {
        Slow slow = new Slow();
        Error failure = new OutOfMemoryError("of this test");
        assertSame(
                failure,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> Parallel.map(List.of(1, 2), 2, i -> slow.work(slow.onCaller() == onCaller, failure))));
        assertEquals(1, slow.ended.get(), "the other was still at work");
    }

    @Test
    void anInterruptIsRememberedUntilAllIsDone() {
        Slow slow = new Slow();
        List<Integer> results = Parallel.map(List.of(1, 2), 2, i -> {
            if (slow.onCaller()) {
                slow.begun.countDown();
                waitUninterrupted(slow.begun);
                slow.caller.interrupt();
                return 1;
            }
            return slow.work(false, new AssertionError());
        });
        assertTrue(Thread.interrupted(), "the interrupt was lost");
        assertEquals(1, slow.ended.get(), "the other was still at work");
        assertEquals(List.of(1, 1), results);
    }
}
