package mfg.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Independent work on several threads, with results in the order of the work: sums over them do not depend on threads. */
public final class Parallel {

    private Parallel() {}

    /**
     * Applies a function to each item.
     *
     * @param <T> what is worked on
     * @param <R> what comes of it
     * @param items what to work on
     * @param threads how many items at a time; 1 works on the caller's thread
     * @param work the function
     * @return its results, in the order of the items
     */
    public static <T, R> List<R> map(List<? extends T> items, int threads, Function<T, R> work) {
        if (threads == 1 || items.size() == 1) {
            return items.stream().<R>map(work).toList();
        }
        List<Callable<R>> tasks = new ArrayList<>();
        for (T item : items) {
            tasks.add(() -> work.apply(item));
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()));
        try {
            List<R> results = new ArrayList<>();
            for (Future<R> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
