package io.flexhandoff.component.conversations;

import com.fasterxml.jackson.databind.JsonNode;
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

    static ThreadMessage of(JsonNode message) {
        String created = message.path("date_created").textValue();
        return new ThreadMessage(
                Messages.sid(message),
                Messages.index(message),
                message.path("author").textValue(),
                message.path("body").textValue(),
                Messages.attributes(message),
                created == null ? null : Instant.parse(created));
    }
}
