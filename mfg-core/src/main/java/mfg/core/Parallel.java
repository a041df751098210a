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
     * Applies a function to each item. When this returns or throws, nobody is at work any more, so the caller may close what
     * the work used. An interrupt does not cut it short: the caller's thread is interrupted afterwards.
     *
     * @param <T> what is worked on
     * @param <R> what comes of it
     * @param items what to work on
     * @param threads how many items at a time, one of them on the caller's thread
     * @param work the function
     * @return its results, in the order of the items
     * @throws RuntimeException or an Error: the first that the function threw, as it was
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
        int most = Math.min(threads, results.length);
        List<Future<?>> others = new ArrayList<>(most);
        List<Throwable> failures = new ArrayList<>(most);
        try {
            for (int k = 1; k < most; k++) {
                others.add(POOL.submit(worker));
            }
            worker.run();
        } catch (Throwable e) {
            next.set(results.length); // there may be no memory for another thread
            failures.add(e);
        }
        awaitAll(others, failures);
        if (!failures.isEmpty()) {
            throw thrown(failures.get(0));
        }
        @SuppressWarnings("unchecked") // nothing but results was put in
        List<R> all = (List<R>) Arrays.asList(results);
        return all;
    }

    private static void awaitAll(List<Future<?>> others, List<Throwable> failures) {
        boolean interrupted = false;
        for (Future<?> other : others) {
            boolean atWork = true;
            while (atWork) {
                try {
                    other.get();
                    atWork = false;
                } catch (InterruptedException e) {
                    interrupted = true; // and wait on
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                    atWork = false;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
