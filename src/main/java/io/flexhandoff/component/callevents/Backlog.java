package io.flexhandoff.component.callevents;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How far this node is behind with the events that it has: what could be handled, and waits for a worker. */
public final class Backlog {

    private volatile LongSupplier nanos = () -> 0;

    void watch(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long the oldest of them has waited. */
    public Duration lag() {
        return Duration.ofNanos(nanos.getAsLong());
    }
}
