package mfg.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Independent work on several threads, with results in the order of the work: sums over them do not depend on threads. */
public final class Parallel {

    /** Threads that are kept for a while: the engine has memory for each that computes, which takes long to get. */
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "parallel");
        thread.setDaemon(true);
        return thread;
    });

    private Parallel() {}

    /**
     * Applies a function to each item.
     *
     * @param <T> what is worked on
     * @param <R> what comes of it
     * @param items what to work on
     * @param threads how many items at a time, one of them on the caller's thread
     * @param work the function
     * @return its results, in the order of the items
     */
    public static <T, R> List<R> map(List<? extends T> items, int threads, Function<T, R> work) {
        if (threads == 1 || items.size() == 1) {
            return items.stream().<R>map(work).toList();
        }
        Object[] results = new Object[items.size()];
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            try {
                for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                    results[i] = work.apply(items.get(i));
                }
            } finally {
                next.set(results.length); // after a failure nobody begins another item
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int k = 1; k < Math.min(threads, results.length); k++) {
            others.add(POOL.submit(worker));
        }
        List<RuntimeException> failures = new ArrayList<>();
        try {
            worker.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
        others.forEach(other -> await(other, failures));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        @SuppressWarnings("unchecked") // nothing but results was put in
        List<R> all = (List<R>) Arrays.asList(results);
        return all;
    }

    private static void await(Future<?> other, List<RuntimeException> failures) {
        try {
            other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new IllegalStateException("interrupted", e));
        } catch (ExecutionException e) {
            failures.add(
                    e.getCause() instanceof RuntimeException failure
                            ? failure
                            : new IllegalStateException(e.getCause()));
        }
    }
}
