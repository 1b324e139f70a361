package io.flexhandoff.api;

/** An operator lets the org hand over no more calls for the time being; who asks again later may succeed. */
public final class Paused extends Problem {

    private static final int AGAIN_AFTER_SECONDS = 30;

    public Paused(String org) {
        super(
                503,
                "Paused",
                "org: an operator has paused the transfers of " + org
                        + "; nothing was taken in, the call is yours, ask again later");
    }

    @Override
    public Integer getRetryAfter() {
        return AGAIN_AFTER_SECONDS;
    }

    /** It is as somebody wanted it. */
    @Override
    public boolean isOurs() {
        return false;
    }
}
