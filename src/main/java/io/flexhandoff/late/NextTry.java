package io.flexhandoff.late;

import io.flexhandoff.event.CallEvent;
import java.time.Instant;

/**
 * The next try of an event that failed, or its end.
 *
 * @param event {@code null} when the message could not be read
 * @param text of its message
 * @param delivery how it has fared, this failure included
 * @param lastFailure ISO 8601
 * @param cause why the last try failed
 * @param due not before this; {@code null} when there is no further try
 * @param over whether it was about what has ended, so that there is nothing left to do: a normal end
 * @param unanswered whether no answer came, so that it may be done all the same
 * @param refused whether no further try would help, rather than that there were enough
 */
public record NextTry(
        CallEvent event,
        String text,
        Delivery delivery,
        String lastFailure,
        String cause,
        Instant due,
        boolean over,
        boolean unanswered,
        boolean refused) {

    /** Whether there is one. */
    public boolean again() {
        return due != null;
    }

    /** Whether the one that failed was tried before its time: the parked message has its next try, and counts. */
    public boolean extra() {
        return delivery.extra();
    }

    /** ISO 8601, {@code null} when there is none. */
    public String nextTry() {
        return due == null ? null : due.toString();
    }

    /** Tries so far. */
    public int attempt() {
        return delivery.attempt();
    }

    /** ISO 8601. */
    public String firstFailure() {
        return delivery.firstFailure();
    }

    /** What goes to the queue: an escalation before the rest. Its id differs for each parking, or the broker would drop it. */
    public EventPost post() {
        String id = event == null ? null : "try/" + delivery.replays() + "." + delivery.parkings() + "/" + event.id();
        int priority = event instanceof CallEvent.Escalated ? EventPost.FIRST : EventPost.AS_USUAL;
        return new EventPost(event, text, id, due, priority, delivery, lastFailure, cause, false, null);
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
        return what + " failed (try " + attempt() + "): " + cause + end();
    }

    private String end() {
        if (over) {
            return "; over";
        }
        return again() ? "; next try " + due : "; dead letter";
    }
}
