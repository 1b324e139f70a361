package io.flexhandoff.late;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** Reads messages of the dead letter queue; none of them is too broken to be shown. */
final class DeadLetterReader {

    static final String ID_PREFIX = "ID:";

    private static final Set<String> KINDS = Set.of("segment", "escalation", "end");
    private static final int SHOWN_EVENT = 65_536;

    private final ObjectMapper json;

    DeadLetterReader(ObjectMapper json) {
        this.json = json;
    }

    DeadLetter read(Message message) throws JMSException {
        String text = text(message);
        JsonNode event = parse(text);
        String kind = event.path("kind").asText();
        String cause = message.getStringProperty("HandoffCause");
        return new DeadLetter(
                message.getJMSMessageID().substring(ID_PREFIX.length()),
                event.path("org").textValue(),
                event.path("callSid").textValue(),
                KINDS.contains(kind) ? kind : "event",
                event.at("/segment/id").textValue(),
                number(message, "HandoffAttempt"),
                time(message, "HandoffFirstFailure"),
                time(message, "HandoffLastFailure"),
                cause == null ? "The broker gave it up: it could be neither handled nor parked" : cause,
                event.isObject() && text.length() <= SHOWN_EVENT ? event : null);
    }

    /** The body as text, {@code null} for a message that is neither text nor bytes and so none of ours. */
    static String text(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            return new String(bytes.getBody(byte[].class), StandardCharsets.UTF_8);
        }
        return message instanceof TextMessage text ? text.getText() : null;
    }

    static int number(Message message, String property) throws JMSException {
        return message.propertyExists(property) ? message.getIntProperty(property) : 0;
    }

    private JsonNode parse(String text) {
        try {
            return text == null ? MissingNode.getInstance() : json.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A message that the broker itself gave up tells no time but that of its last sending. */
    private static Instant time(Message message, String property) throws JMSException {
        String time = message.getStringProperty(property);
        return time == null ? Instant.ofEpochMilli(message.getJMSTimestamp()) : Instant.parse(time);
    }
}
