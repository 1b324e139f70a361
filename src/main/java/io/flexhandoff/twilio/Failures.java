package io.flexhandoff.twilio;

/** {@link FailureKind} for routes. Bound as {@code failures}. */
public final class Failures {

    /** Whether there is nothing left to act on: the caller has hung up, the thread is closed. */
    public boolean gone(Exception failure) {
        return FailureKind.of(failure) == FailureKind.GONE;
    }
}
