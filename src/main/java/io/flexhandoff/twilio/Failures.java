package io.flexhandoff.twilio;

/** {@link FailureKind} for routes. Bound as {@code failures}. */
public final class Failures {

    /** Whether the same request may simply be sent again: Twilio answered that it has not carried it out. */
    public boolean notDone(Exception failure) {
        return FailureKind.of(failure) == FailureKind.NOT_DONE;
    }

    /**
     * Lets pass what means that there is nothing left to act on: the caller has hung up, the thread is closed.
     *
     * @throws Exception the failure itself, when it means anything else
     */
    public void rethrowUnlessGone(Exception failure) throws Exception {
        if (FailureKind.of(failure) != FailureKind.GONE) {
            throw failure;
        }
    }
}
