package io.flexhandoff.component.callevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.flexhandoff.broker.EventSender.MessageMaker;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.late.EventPost;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

/** The messages of events: their text, and the labels by which the broker orders them and finds them again. */
final class EventMessages {

    /** The event's own id, the same however often it is sent. */
    static final String EVENT_ID = "HandoffEvent";

    /** On a message that only tells that its event comes: when that was taken in, in milliseconds since 1970. */
    static final String AHEAD = "HandoffAhead";

    /** On a message that tells ahead: the try that is about to move the call. */
    static final String CLAIM = "HandoffClaim";

    static final String TRACE = "traceparent";

    /** Tells Artemis what it has seen, and drops. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Tells Artemis not to deliver before. */
    private static final String DUE = "_AMQ_SCHED_DELIVERY";

    private final ObjectWriter writer;

    EventMessages(ObjectMapper json) {
        this.writer = json.writerFor(CallEvent.class);
    }

    /** @param trace of the request that the event came with */
    MessageMaker of(EventPost post, String trace) throws JsonProcessingException {
        String text = post.text() == null ? writer.writeValueAsString(post.event()) : post.text();
        return session -> message(session, post, text, trace);
    }

    private static Message message(Session session, EventPost post, String text, String trace) throws JMSException {
        Message message = session.createTextMessage(text);
        CallEvent event = post.event();
        if (event != null) {
            message.setStringProperty("JMSXGroupID", event.group());
            message.setStringProperty("HandoffOrg", event.org());
            if (event.callSid() != null) {
                message.setStringProperty("HandoffCallSid", event.callSid());
            }
            message.setStringProperty("HandoffKind", event.kind());
            message.setStringProperty(EVENT_ID, event.id());
        }
        if (trace != null) {
            message.setStringProperty(TRACE, trace);
        }
        if (post.id() != null) {
            message.setStringProperty(DUPLICATE_ID, post.id());
        }
        if (post.due() != null) {
            message.setLongProperty(DUE, post.due().toEpochMilli());
        }
        if (post.ahead()) {
            message.setLongProperty(AHEAD, event.receivedAt().toEpochMilli());
        }
        if (post.claim() != null) {
            message.setStringProperty(CLAIM, post.claim());
        }
        if (post.cause() != null) {
            message.setStringProperty("HandoffCause", post.cause());
            message.setStringProperty("HandoffLastFailure", post.lastFailure());
        }
        post.delivery().mark(message);
        return message;
    }
}
