package io.flexhandoff.late;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * How an event has fared so far: what its message says of it, and the only place that knows how.
 *
 * @param attempt tries before this one, since the last replay; what an open circuit kept from being sent is none
 * @param replays how often an operator replayed it
 * @param parkings how often it was parked, tried or not, since the last replay
 * @param firstFailure when the first try failed, ISO 8601, or {@code null}
 * @param again whether the broker has delivered it before
 * @param waited whether it has waited a moment for one that was missing
 * @param extra whether this is a try before its time, beside the parked message, which stays: it counts for nothing when it fails
 */
public record Delivery(
        int attempt, int replays, int parkings, String firstFailure, boolean again, boolean waited, boolean extra) {

    /** Of an event that nobody has handled yet. */
    public static final Delivery FIRST = new Delivery(0, 0, 0, null, false, false, false);

    private static final String ATTEMPT = "HandoffAttempt";
    private static final String REPLAYS = "HandoffReplays";
    private static final String PARKINGS = "HandoffParkings";
    private static final String FIRST_FAILURE = "HandoffFirstFailure";
    private static final String WAITED = "HandoffWaited";
    private static final String EXTRA = "HandoffExtra";

    /** What a message says. */
    public static Delivery of(Message message) throws JMSException {
        return new Delivery(
                number(message, ATTEMPT),
                number(message, REPLAYS),
                number(message, PARKINGS),
                message.getStringProperty(FIRST_FAILURE),
                message.getJMSRedelivered(),
                message.propertyExists(WAITED),
                message.propertyExists(EXTRA));
    }

    private static int number(Message message, String property) throws JMSException {
        return message.propertyExists(property) ? message.getIntProperty(property) : 0;
    }

    /** Writes it on a message. */
    public void mark(Message message) throws JMSException {
        if (attempt > 0) {
            message.setIntProperty(ATTEMPT, attempt);
        }
        if (replays > 0) {
            message.setIntProperty(REPLAYS, replays);
        }
        if (parkings > 0) {
            message.setIntProperty(PARKINGS, parkings);
        }
        if (firstFailure != null) {
            message.setStringProperty(FIRST_FAILURE, firstFailure);
        }
        if (waited) {
            message.setBooleanProperty(WAITED, true);
        }
        if (extra) {
            message.setBooleanProperty(EXTRA, true);
        }
    }

    /** Whether an earlier try may have done it already: look before you write. */
    public boolean seen() {
        return again || parkings > 0 || replays > 0;
    }

    /** Whether it goes on without waiting for one that is missing. */
    public boolean mayGoOn() {
        return waited || seen();
    }

    /** Whether it was put aside after a failure. */
    public boolean late() {
        return parkings > 0 || replays > 0;
    }

    /** A try before its time. */
    public Delivery early() {
        return new Delivery(attempt, replays, parkings, firstFailure, again, waited, true);
    }

    /** The same event, tried here once more. */
    public Delivery onceMore() {
        return new Delivery(attempt, replays, parkings, firstFailure, true, waited, extra);
    }

    /** After it was put back for a moment. */
    public Delivery afterWaiting() {
        return new Delivery(attempt, replays, parkings, firstFailure, again, true, extra);
    }

    /** After an operator's replay: its tries are counted anew. */
    public Delivery replayed() {
        return new Delivery(0, replays + 1, 0, firstFailure, again, false, false);
    }
}
