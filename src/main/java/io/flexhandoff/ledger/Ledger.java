package io.flexhandoff.ledger;

import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Segment;
import java.util.Map;

/** Words of the ledger. Bound as {@code ledger}. */
public final class Ledger {

    /** A segment as the parameters of a statement; its text is not among them. */
    public Map<String, Object> row(CallEvent.SegmentSpoken event) {
        Segment segment = event.segment();
        return Map.of(
                "org", event.org(),
                "callSid", event.callSid(),
                "segmentId", segment.id(),
                "sequence", segment.sequence(),
                "spokenAt", segment.spokenAt().toString(),
                "receivedAt", event.receivedAt().toString());
    }

    /**
     * State of a call that ends without a handoff: what the AI says, {@code resolved} when it does not say. An outcome of
     * {@code escalated} leaves the call active: its escalation is on the way.
     */
    public String stateOf(CallEnded end) {
        String outcome = end.outcome() == null ? "resolved" : end.outcome();
        return "escalated".equals(outcome) ? "active" : outcome;
    }
}
