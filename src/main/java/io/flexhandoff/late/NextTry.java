package io.flexhandoff.late;

import io.flexhandoff.event.CallEvent;
import java.time.Instant;

/**
 * The next try of an event that failed, or its end.
 *
 * @param event {@code null} when the message could not be read
 * @param replays how often an operator replayed it
 * @param attempt tries so far, since the last replay; what an open circuit kept from being sent is none
 * @param parkings how often it was parked, this time included
 * @param firstFailure ISO 8601
 * @param lastFailure ISO 8601
 * @param cause why the last try failed
 * @param due not before this; {@code null} when there is no further try
 * @param over whether it was about what has ended, so that there is nothing left to do: a normal end
 */
public record NextTry(
        CallEvent event,
        int replays,
        int attempt,
        int parkings,
        String firstFailure,
        String lastFailure,
        String cause,
        Instant due,
        boolean over) {

    /** Before everything that waits: somebody is on the line. */
    private static final int FIRST = 9;

    private static final int AS_USUAL = 4;

    /** Whether there is one. */
    public boolean again() {
        return due != null;
    }

    /** ISO 8601, {@code null} when there is none. */
    public String nextTry() {
        return due == null ? null : due.toString();
    }

    /** Delivery time for the broker, in milliseconds since 1970. */
    public Long deliverAt() {
        return due == null ? null : due.toEpochMilli();
    }

    /** JMS priority. */
    public int priority() {
        return event instanceof CallEvent.Escalated ? FIRST : AS_USUAL;
    }

    /** Differs for each parking, so that the broker does not take it for a duplicate of one before. */
    public String id() {
        return event == null ? null : "try/" + replays + "." + parkings + "/" + event.id();
    }

    public String org() {
        return event == null ? null : event.org();
    }

    public String kind() {
        return event == null ? null : event.kind();
    }

    /** The segment that waits or is dead, or {@code null} for another kind of event. */
    public String segmentId() {
        return event instanceof CallEvent.SegmentSpoken spoken
                ? spoken.segment().id()
                : null;
    }

    /** State of the segment in the ledger. */
    public String state() {
        return again() ? "parked" : "dead";
    }

    public String describe() {
        String what = event == null ? "unreadable message" : event.id();
        return what + " failed (try " + attempt + "): " + cause + end();
    }

    private String end() {
        if (over) {
            return "; over";
        }
        return again() ? "; next try " + due : "; dead letter";
    }
}
