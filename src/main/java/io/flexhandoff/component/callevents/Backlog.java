package io.flexhandoff.component.callevents;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How far this node is behind with the events that it has: what could be handled, and waits for a worker. */
public final class Backlog {

    /** Every request asks, and each look stops the workers. */
    private static final long FRESH_NANOS = 10_000_000;

    private volatile LongSupplier nanos = () -> 0;
    private volatile long lookedAt = System.nanoTime() - FRESH_NANOS;
    private volatile long lag;

    void watch(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long the oldest of them has waited, as of a hundredth of a second ago at most. */
    public Duration lag() {
        long now = System.nanoTime();
        if (now - lookedAt >= FRESH_NANOS) {
            lookedAt = now;
            lag = nanos.getAsLong();
        }
        return Duration.ofNanos(lag);
    }
}
