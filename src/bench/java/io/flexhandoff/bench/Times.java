package io.flexhandoff.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times in milliseconds, taken by many threads. */
final class Times {

    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();

    void add(double time) {
        millis.add(time);
    }

    void take(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        add((System.nanoTime() - begin) / 1e6);
    }

    /** @param share 0.5 for the median, 0.99 for the time that 99 of 100 kept */
    double percentile(double share) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("No times were taken");
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
