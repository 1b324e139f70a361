package io.flexhandoff.event;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Makes canonical events of what the doors receive. Bound as {@code callEvents}. */
public final class CallEvents {

    private final Clock clock;
    private final SenderClocks senders = new SenderClocks();

    public CallEvents(Clock clock) {
        this.clock = clock;
    }

    public CallEvent segment(String org, String callSid, Segment segment) {
        return new CallEvent.SegmentSpoken(org, callSid, clock.instant(), segment, false);
    }

    /** The final segments of a batch. */
    public List<CallEvent> segments(String org, String callSid, TranscriptBatch batch) {
        batch.segments().forEach(segment -> senders.expectPast(org, "spokenAt", segment.spokenAt(), clock.instant()));
        return batch.segments().stream()
                .filter(Segment::finished)
                .map(segment -> segment(org, callSid, segment))
                .toList();
    }

    /** A segment that was heard on the line. */
    public CallEvent overheard(String org, String callSid, Segment segment) {
        return new CallEvent.SegmentSpoken(org, callSid, clock.instant(), segment, true);
    }

    public CallEvent.Escalated escalation(String org, String callSid, Escalation escalation) {
        return escalated(org, callSid, escalation, false);
    }

    /** An escalation whose call is in the workflow already. */
    public CallEvent.Escalated transferred(String org, String callSid, Escalation escalation) {
        return escalated(org, callSid, escalation, true);
    }

    private CallEvent.Escalated escalated(String org, String callSid, Escalation escalation, boolean transferred) {
        Instant now = clock.instant();
        senders.compare(org, "occurredAt", escalation.occurredAt(), now);
        return new CallEvent.Escalated(org, callSid, now, escalation, transferred, 0);
    }

    public CallEvent end(String org, String callSid, CallEnded end) {
        Instant now = clock.instant();
        senders.compare(org, "occurredAt", end.occurredAt(), now);
        return new CallEvent.Ended(org, callSid, now, end, false);
    }

    /**
     * The caller is not on the line any more.
     *
     * @param outcome of a call without a handoff, {@code null} for resolved
     */
    public CallEvent hungUp(String org, String callSid, String outcome) {
        Instant now = clock.instant();
        return new CallEvent.Ended(org, callSid, now, new CallEnded(now, outcome), true);
    }

    /** @param callSid {@code null} when only the ledger can tell the task's call */
    public CallEvent task(String org, String callSid, TaskChange task) {
        return new CallEvent.TaskChanged(org, callSid, clock.instant(), task);
    }

    /** @param aiTask with a reservation */
    public CallEvent release(String org, String callSid, AiTask aiTask) {
        return new CallEvent.ReleaseDue(org, callSid, clock.instant(), aiTask);
    }

    /** The note of a call's first handoff. */
    public CallEvent note(String org, String callSid, Escalation escalation, HandoffContext context) {
        return note(org, callSid, escalation, context, null);
    }

    /** The better note of a call's first handoff. */
    public CallEvent betterNote(String org, String callSid, Escalation escalation, HandoffContext context) {
        return betterNote(org, callSid, escalation, context, null);
    }

    /** @param decision which handoff of the call, counted from 1; {@code null} for the first */
    public CallEvent note(String org, String callSid, Escalation escalation, HandoffContext context, Integer decision) {
        return noteDue(org, callSid, escalation, context, false, decision);
    }

    /** The note again, with what was found out after the transfer; of several for one handoff the first counts. */
    public CallEvent betterNote(
            String org, String callSid, Escalation escalation, HandoffContext context, Integer decision) {
        return noteDue(org, callSid, escalation, context, true, decision);
    }

    private CallEvent noteDue(
            String org,
            String callSid,
            Escalation escalation,
            HandoffContext context,
            boolean better,
            Integer decision) {
        Instant now = clock.instant();
        return new CallEvent.NoteDue(
                org, callSid, now, escalation.datedBy(now), context, better, Decision.number(decision));
    }

    /**
     * @param cause why, or {@code null}
     * @param decision which handoff of the call, counted from 1; {@code null} for the first
     */
    public CallEvent state(String org, String callSid, String state, String cause, Integer decision) {
        return new CallEvent.StateReached(org, callSid, clock.instant(), state, cause, Decision.number(decision));
    }

    /**
     * Like {@link #state} for what has become of the handoff.
     *
     * @param outcome as the contract names it
     * @param language of the call, or {@code null}
     */
    public CallEvent outcome(
            String org, String callSid, String outcome, String language, String cause, Integer decision) {
        return new CallEvent.OutcomeReached(
                org, callSid, clock.instant(), outcome, language, cause, Decision.number(decision));
    }

    /**
     * A handoff that ended soon after a rep had accepted.
     *
     * @param hungUp whether the line's end told it
     */
    public CallEvent cutSuspected(String org, String callSid, boolean hungUp, Integer decision) {
        return new CallEvent.CutSuspected(org, callSid, clock.instant(), hungUp, Decision.number(decision));
    }

    /**
     * What has become of a handoff, by the contact center that has the call.
     *
     * @param decision which handoff of the call, counted from 1; {@code null} for the latest
     * @param state {@code accepted}, {@code completed} or {@code failed}
     * @param outcome as the contract names it
     * @param cause why, or {@code null}
     */
    public CallEvent told(String org, String callSid, Integer decision, String state, String outcome, String cause) {
        return new HandoffTold(org, callSid, clock.instant(), decision == null ? 0 : decision, state, outcome, cause);
    }

    /**
     * Turns that an escalation brought, to go the way of any other segment.
     *
     * @param receivedAt when a door took in the escalation
     */
    public List<CallEvent> turns(String org, String callSid, List<Segment> turns, Instant receivedAt) {
        return turns.stream()
                .filter(Segment::finished)
                .<CallEvent>map(turn -> new CallEvent.SegmentSpoken(org, callSid, receivedAt, turn, false))
                .toList();
    }
}
