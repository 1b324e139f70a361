package io.flexhandoff.api;

import java.time.Duration;

/**
 * This node cannot take a request now: it gets 503 with {@code Retry-After} before a backlog of seconds grows, or its memory is full.
 * Escalations and ends are the last to be refused.
 */
final class Overload extends Problem {

    private static final long MOST_SECONDS = 5;

    private final int againAfterSeconds;

    /** @param lag how far this node is behind: who comes again sooner finds no room either */
    Overload(String detail, Duration lag) {
        super(503, "Overloaded", detail);
        this.againAfterSeconds = (int) Math.min(1 + lag.toSeconds(), MOST_SECONDS);
    }

    @Override
    public Integer getRetryAfter() {
        return againAfterSeconds;
    }

    /** Said by a metric, not by a line of the log for each request. */
    @Override
    public boolean isOurs() {
        return false;
    }
}
