package io.flexhandoff.ledger;

import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.Segment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Words and times of the ledger. Bound as {@code ledger}. */
public final class Ledger {

    /** A live call lasts up to 24 hours (Twilio's longest); its entry must outlive it. */
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    private final Duration retention;
    private final Clock clock;

    /**
     * @param retention how long a call's entry is kept, from the call's start
     * @throws IllegalArgumentException when a live call could outlast it
     */
    public Ledger(Duration retention, Clock clock) {
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("handoff.ledger.retention must be at least 1d: a call may last a day");
        }
        this.retention = retention;
        this.clock = clock;
    }

    /** A segment as the parameters of a statement; its text is not among them. */
    public Map<String, Object> row(CallEvent.SegmentSpoken event) {
        Segment segment = event.segment();
        return Map.of(
                "org", event.org(),
                "callSid", event.callSid(),
                "segmentId", segment.id(),
                "sequence", segment.sequence(),
                "spokenAt", segment.spokenAt().toString(),
                "receivedAt", event.receivedAt().toString(),
                "overheard", event.overheard());
    }

    /**
     * State of a call that ends without a handoff: what the AI says, {@code resolved} when it does not say. An outcome of
     * {@code escalated} leaves the call active: its escalation is on the way.
     */
    public String stateOf(CallEnded end) {
        String outcome = end.outcome() == null ? "resolved" : end.outcome();
        return "escalated".equals(outcome) ? "active" : outcome;
    }

    /** The AI's reason, or {@code derived}: a reason that is derived repeats the caller's words. */
    public String reasonOf(HandoffContext context) {
        return context.derived().contains("reason") ? "derived" : context.reason();
    }

    /** Why a handoff ended in that state when its call did, {@code null} where nothing went wrong. */
    public String causeOfHangUp(String state) {
        return "abandoned".equals(state) ? "the caller hung up" : null;
    }

    /** Entries of calls that started before this are to be purged. */
    public Instant keptSince() {
        return clock.instant().minus(retention);
    }
}
