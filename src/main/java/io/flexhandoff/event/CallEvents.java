package io.flexhandoff.event;

import java.time.Clock;

/** Makes canonical events of what the doors receive. Bound as {@code callEvents}. */
public final class CallEvents {

    private final Clock clock;

    public CallEvents(Clock clock) {
        this.clock = clock;
    }

    public CallEvent segment(String org, String callSid, Segment segment) {
        return new CallEvent.SegmentSpoken(org, callSid, clock.instant(), segment);
    }

    public CallEvent escalation(String org, String callSid, Escalation escalation) {
        return new CallEvent.Escalated(org, callSid, clock.instant(), escalation);
    }

    public CallEvent end(String org, String callSid, CallEnded end) {
        return new CallEvent.Ended(org, callSid, clock.instant(), end);
    }

    public CallEvent note(String org, String callSid, Escalation escalation, HandoffContext context) {
        return new CallEvent.NoteDue(org, callSid, clock.instant(), escalation, context);
    }

    /** @param cause why, or {@code null} */
    public CallEvent state(String org, String callSid, String state, String cause) {
        return new CallEvent.StateReached(org, callSid, clock.instant(), state, cause);
    }

    /** The recent turns of an escalation, to go the way of any other segment. */
    public TranscriptBatch turns(Escalation escalation) {
        return new TranscriptBatch(escalation.recentTurns());
    }
}
