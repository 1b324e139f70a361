package io.flexhandoff.late;

import io.flexhandoff.event.CallEvent;
import java.time.Instant;

/**
 * An event on its way to a queue.
 *
 * @param event {@code null} for a message that could not be read
 * @param text the event as it came, or {@code null}: it is written anew
 * @param id by which the broker drops what it has seen; {@code null} when it may come again
 * @param due not delivered before this; {@code null}: at once
 * @param priority JMS priority
 * @param delivery how the event has fared
 * @param lastFailure ISO 8601, or {@code null}
 * @param cause of the last failure, or {@code null}
 * @param ahead whether it only tells, before all that waits, that the event comes
 * @param claim the try that is about to move the call, which the broker is to tell whoever has the call; {@code null} for none
 */
public record EventPost(
        CallEvent event,
        String text,
        String id,
        Instant due,
        int priority,
        Delivery delivery,
        String lastFailure,
        String cause,
        boolean ahead,
        String claim) {

    /** Before everything that waits: somebody is on the line. */
    public static final int FIRST = 9;

    public static final int AS_USUAL = 4;

    /** An event that a door has taken in. */
    public static EventPost of(CallEvent event) {
        return new EventPost(event, null, event.id(), null, AS_USUAL, Delivery.FIRST, null, null, false, null);
    }

    /** Tells the node that works on the call, before all that waits, that the event comes in its turn. */
    public static EventPost ahead(CallEvent event) {
        return new EventPost(event, null, "ahead/" + event.id(), null, FIRST, Delivery.FIRST, null, null, true, null);
    }

    /** Tells the same, and that a try is about to move the call. */
    public static EventPost claiming(CallEvent event, String claim) {
        String id = "claim/" + claim + "/" + event.id();
        return new EventPost(event, null, id, null, FIRST, Delivery.FIRST, null, null, true, claim);
    }

    /** An event that a door has taken in, delivered later. */
    public static EventPost at(CallEvent event, Instant due) {
        return new EventPost(event, null, event.id(), due, AS_USUAL, Delivery.FIRST, null, null, false, null);
    }

    /** A try of a parked event before its time. */
    public static EventPost early(CallEvent event, String text, Delivery delivery) {
        return new EventPost(event, text, null, null, AS_USUAL, delivery.early(), null, null, false, null);
    }

    /** An event that waits, once, for one that is missing. */
    public static EventPost waiting(CallEvent event, String text, Delivery delivery, Instant due) {
        return new EventPost(
                event, text, "wait/" + event.id(), due, AS_USUAL, delivery.afterWaiting(), null, null, false, null);
    }
}
