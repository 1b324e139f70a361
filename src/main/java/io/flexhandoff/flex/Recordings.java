package io.flexhandoff.flex;

import com.twilio.base.ResourceSet;
import com.twilio.rest.api.v2010.account.call.Recording;
import io.flexhandoff.enrichment.Budget;
import io.flexhandoff.trace.FailureWords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the recordings of calls that are handed over, so that no caller waits for it longer than the time that there is
 * anyway. Bound as {@code recordings}.
 */
public final class Recordings {

    private final Budget budget;
    private final Duration answerBudget;
    private final Clock clock;

    /** @param answerBudget how long a caller waits whom an answer to Twilio moves */
    public Recordings(Budget budget, Duration answerBudget, Clock clock) {
        this.budget = budget;
        this.answerBudget = answerBudget;
        this.clock = clock;
    }

    /** A look-up that has as long as enrichment has, counted from when the escalation was taken in. */
    public RecordingLookup forHandoff(Instant receivedAt) {
        return new RecordingLookup(budget.deadline(receivedAt));
    }

    /** A look-up for a caller whom an answer to Twilio moves. */
    public RecordingLookup forAnswer() {
        return new RecordingLookup(clock.instant().plus(answerBudget));
    }

    /** A look-up for which nobody waits: what it has found by the time that somebody asks is taken. */
    public RecordingLookup forLater() {
        return new RecordingLookup(null);
    }

    /** Ends a look-up with what Twilio has; of many recordings its first page. */
    public void found(RecordingLookup lookup, ResourceSet<Recording> recordings) {
        recordings.setAutoPaging(false);
        lookup.link.complete(RecordingLink.latest(recordings));
    }

    /** Ends a look-up that failed. */
    public void failed(RecordingLookup lookup, Throwable failure) {
        lookup.link.completeExceptionally(failure);
    }

    /**
     * What a look-up found, waiting for it as long as there is time.
     *
     * @param lookup {@code null} when nobody asked for one
     * @return {@code null} when the call has no recording
     * @throws TimeoutException when it takes longer
     * @throws ExecutionException when it failed
     */
    public RecordingLink link(RecordingLookup lookup)
            throws TimeoutException, ExecutionException, InterruptedException {
        if (lookup == null) {
            return null;
        }
        if (lookup.until == null) {
            return lookup.isDone() ? lookup.link.join() : null;
        }
        long left = Duration.between(clock.instant(), lookup.until).toMillis();
        return lookup.link.get(Math.max(0, left), TimeUnit.MILLISECONDS);
    }

    /** Why {@link #link} gave none, in words. */
    public String why(Throwable failure) {
        Throwable inner = FailureWords.innermost(failure);
        return inner instanceof TimeoutException
                ? "Twilio has not answered within the budget"
                : FailureWords.of(failure);
    }
}
