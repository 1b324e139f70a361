package io.flexhandoff.api;

/**
 * This node is behind with the events that it has: new segments get 503 with {@code Retry-After} before a backlog of seconds
 * grows. Escalations and ends are still taken.
 */
final class Overload extends Problem {

    private static final int AGAIN_AFTER_SECONDS = 1;

    Overload() {
        super(503, "Overloaded", "This node is behind; nothing was taken in, send it again in a moment");
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
