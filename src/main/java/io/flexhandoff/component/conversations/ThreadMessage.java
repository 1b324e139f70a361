package io.flexhandoff.component.conversations;

import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.component.Attributes;
import java.time.Instant;
import java.util.Map;

/**
 * A message of a thread.
 *
 * @param sid its SID ({@code IM…})
 * @param index its place in the thread, from 0, given on arrival
 * @param author who said it
 * @param body what was said
 * @param attributes its attributes
 * @param dateCreated when Twilio received it, to the second
 */
public record ThreadMessage(
        String sid, int index, String author, String body, Map<String, Object> attributes, Instant dateCreated) {

    static ThreadMessage of(Message message) {
        return new ThreadMessage(
                message.getSid(),
                message.getIndex(),
                message.getAuthor(),
                message.getBody(),
                Attributes.read(message.getAttributes()),
                message.getDateCreated() == null
                        ? null
                        : message.getDateCreated().toInstant());
    }
}
