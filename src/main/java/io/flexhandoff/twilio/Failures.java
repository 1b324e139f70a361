package io.flexhandoff.twilio;

/** {@link FailureKind} for routes. Bound as {@code failures}. */
public final class Failures {

    /**
     * Lets pass what may simply be sent again, while tries are left: Twilio says that it has not carried it out.
     *
     * @throws Exception the failure itself, when it means anything else or no try is left
     */
    public void rethrowUnlessNotDone(Exception failure, int triesLeft) throws Exception {
        if (triesLeft <= 0 || FailureKind.of(failure) != FailureKind.NOT_DONE) {
            throw failure;
        }
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

    /**
     * Says that a try on another node, which has lost the broker, may still be at it.
     *
     * @param what id of the segment or the escalation
     * @throws TwilioFailure always, of the kind {@link FailureKind#NOT_TRIED}
     */
    public void inFlight(String what) {
        throw TwilioFailure.inFlight(what);
    }

    /**
     * Goes on with a failure that was looked into.
     *
     * @throws Exception that failure
     */
    public void rethrow(Exception failure) throws Exception {
        throw failure;
    }
}
