package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the product now and then while it works. */
public final class Samples implements AutoCloseable {

    /** As many as a round has slices. */
    public static final int COUNT = Measurement.SLICES;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Sample> taken = new ArrayList<>();
    private final Server server;
    private final Org org;
    private long lastNanos = System.nanoTime();
    private double lastCpu;

    /**
     * What was seen.
     *
     * @param heapAfterGc MiB
     * @param queueDepth events that wait or are in hand, at most {@code handoff.metrics.period} ago
     * @param cores kept busy since the sample before
     */
    public record Sample(double heapAfterGc, double queueDepth, double cores) {}

    public Samples(Server server, Org org, long everyMillis) {
        this.server = server;
        this.org = org;
        this.lastCpu = server.cpuSeconds();
        timer.scheduleAtFixedRate(this::take, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    private synchronized void take() {
        long now = System.nanoTime();
        double cpu = server.cpuSeconds();
        double cores = (cpu - lastCpu) / ((now - lastNanos) / 1e9);
        lastNanos = now;
        lastCpu = cpu;
        taken.add(new Sample(server.inside().heapAfterGc(), server.inside().queueDepth(org), cores));
    }

    public synchronized List<Sample> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
