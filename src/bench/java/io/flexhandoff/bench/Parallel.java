package io.flexhandoff.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Does the same for many calls, some of them at once. */
final class Parallel {

    private Parallel() {}

    /**
     * Waits until all are done.
     *
     * @return each call's result, by index
     * @throws IllegalStateException if one failed
     */
    static <T> List<T> forEach(int count, int atOnce, Function<Integer, T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(count, atOnce)));
        try {
            List<Callable<T>> tasks = IntStream.range(0, count)
                    .mapToObj(index -> (Callable<T>) () -> work.apply(index))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            throw Http.interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
