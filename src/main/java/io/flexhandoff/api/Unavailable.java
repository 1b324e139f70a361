package io.flexhandoff.api;

/** What the request needs does not answer; the same request may succeed soon, and does nothing twice. */
final class Unavailable extends Problem {

    private static final int AGAIN_AFTER_SECONDS = 5;

    Unavailable(String detail) {
        super(503, "Unavailable", detail);
    }

    @Override
    public Integer getRetryAfter() {
        return AGAIN_AFTER_SECONDS;
    }
}
