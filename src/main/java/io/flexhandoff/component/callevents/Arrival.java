package io.flexhandoff.component.callevents;

import io.flexhandoff.late.Delivery;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A message of the events queue, as a connection of the broker delivered it.
 *
 * @param lane what is handled one after the other: the message group
 * @param org {@code null} for a message that is none of ours
 * @param callSid likewise
 * @param id the event's own id, {@code null} when it has none
 * @param ahead when the event was taken in that this only tells of, {@code null} for the event itself
 * @param claim the try that was about to move the call when this was sent, {@code null} for none
 * @param escalation whether it is an escalation, in its turn or ahead of it
 * @param firstOfGroup whether the broker has given its call to this node just now
 * @param ours whether it is made as {@link EventMessages} makes them; another is not read, and has no labels
 */
record Arrival(
        Session session,
        Message message,
        String text,
        Delivery delivery,
        String lane,
        String org,
        String callSid,
        String id,
        String trace,
        Instant ahead,
        String claim,
        boolean escalation,
        boolean firstOfGroup,
        boolean ours) {

    /** What Artemis writes on the first message of a group that a consumer gets, see broker.xml. */
    private static final String FIRST_OF_GROUP = "HandoffGroupFirst";

    /** Whatever the message is: a broker that others write to must not stop this node from taking the next one. */
    static Arrival of(Session session, Message message) {
        String text = null;
        try {
            text = text(message);
            if (text != null) {
                return ours(session, message, text);
            }
        } catch (JMSException | RuntimeException labels) {
            // a label of another type than ours, or a body that is none
        }
        return new Arrival(
                session,
                message,
                text,
                Delivery.FIRST,
                UUID.randomUUID().toString(),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                false);
    }

    /** {@code null} for a message that is neither text nor bytes. */
    private static String text(Message message) throws JMSException {
        return message instanceof BytesMessage bytes
                ? new String(bytes.getBody(byte[].class), StandardCharsets.UTF_8)
                : message instanceof TextMessage words ? words.getText() : null;
    }

    private static Arrival ours(Session session, Message message, String text) throws JMSException {
        String group = message.getStringProperty("JMSXGroupID");
        return new Arrival(
                session,
                message,
                text,
                Delivery.of(message),
                group == null ? UUID.randomUUID().toString() : group,
                message.getStringProperty("HandoffOrg"),
                message.getStringProperty("HandoffCallSid"),
                message.getStringProperty(EventMessages.EVENT_ID),
                message.getStringProperty(EventMessages.TRACE),
                message.propertyExists(EventMessages.AHEAD)
                        ? Instant.ofEpochMilli(message.getLongProperty(EventMessages.AHEAD))
                        : null,
                message.getStringProperty(EventMessages.CLAIM),
                "escalation".equals(message.getStringProperty("HandoffKind")),
                message.propertyExists(FIRST_OF_GROUP),
                true);
    }

    /** The same, to be tried here once more. */
    Arrival onceMore() {
        return new Arrival(
                session,
                message,
                text,
                delivery.onceMore(),
                lane,
                org,
                callSid,
                id,
                trace,
                ahead,
                claim,
                escalation,
                firstOfGroup,
                ours);
    }

    /** An escalation's further try goes before what else its call has said. */
    boolean goesFirst() {
        return escalation && delivery.late();
    }

    /** The broker forgets it. What is lost of this is delivered again, and then done already. */
    void acknowledge() throws JMSException {
        synchronized (session) {
            message.acknowledge();
        }
    }
}
