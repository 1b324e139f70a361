package io.flexhandoff.sandbox.twilio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Twilio Conversation. */
final class Conversation {

    final String sid = Sids.random("CH");
    final Instant created = Instant.now();
    final List<Message> messages = new ArrayList<>();
    final Map<String, Participant> participants = new LinkedHashMap<>();
    Instant updated = created;
    String uniqueName;
    String friendlyName;
    String attributes = "{}";
    String messagingServiceSid;
    /** active, inactive or closed; closed is final. */
    String state = "active";

    private int nextIndex;

    /** Adds a message at the end, whatever date it is given. */
    Message append(String author, String body, String attributes, Instant messageCreated) {
        Message message = new Message(nextIndex++, author, body, attributes, messageCreated);
        messages.add(message);
        updated = Instant.now();
        return message;
    }

    /** The message with that SID, {@code null} when there is none. */
    Message message(String messageSid) {
        return messages.stream()
                .filter(message -> message.sid.equals(messageSid))
                .findFirst()
                .orElse(null);
    }

    boolean isClosed() {
        return state.equals("closed");
    }

    /** One message; the index is given on arrival. */
    static final class Message {

        final String sid = Sids.random("IM");
        final int index;
        final Instant created;
        Instant updated;
        String author;
        String body;
        String attributes;

        Message(int index, String author, String body, String attributes, Instant created) {
            this.index = index;
            this.created = created;
            this.updated = created;
            this.author = author;
            this.body = body;
            this.attributes = attributes;
        }
    }

    /** Someone who takes part, by chat identity or by an address. */
    record Participant(
            String sid,
            String identity,
            String address,
            String proxyAddress,
            String attributes,
            String roleSid,
            Instant created) {}
}
