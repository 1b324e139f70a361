package io.flexhandoff.api;

/**
 * This node cannot take a request now: it gets 503 with {@code Retry-After} before a backlog of seconds grows, or its memory is full.
 * Escalations and ends are the last to be refused.
 */
final class Overload extends Problem {

    private static final int AGAIN_AFTER_SECONDS = 1;

    Overload(String detail) {
        super(503, "Overloaded", detail);
    }

    @Override
    public Integer getRetryAfter() {
        return AGAIN_AFTER_SECONDS;
    }

    /** Said by a metric, not by a line of the log for each request. */
    @Override
    public boolean isOurs() {
        return false;
    }
}
