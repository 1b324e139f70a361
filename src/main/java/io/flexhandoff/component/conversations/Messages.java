package io.flexhandoff.component.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appends messages to threads and reads them. */
final class Messages {

    static final String PRODUCT = "conversations";

    /** The message attribute that keeps the MessageKey. */
    private static final String KEY = "key";
    /** Twilio's limit of a message's Body, in characters. */
    private static final int LONGEST_TEXT = 1600;
    /** Twilio's limit of a page. */
    private static final int LARGEST_PAGE = 100;

    private Messages() {}

    /** Appends one message. Posts exactly once, without looking first unless READ_BACK is set. */
    static AppendedMessage append(TwilioCall call) {
        return append(
                        call,
                        List.of(new ThreadText(
                                call.required(ConversationsConstants.AUTHOR),
                                call.text(ConversationsConstants.MESSAGE_KEY),
                                call.attributes(ConversationsConstants.MESSAGE_ATTRIBUTES),
                                text(call))))
                .get(0);
    }

    /**
     * Appends a list of messages in their order. Each is posted exactly once; when one fails, those before it stay, and
     * READ_BACK finds them when the list comes again.
     */
    static List<AppendedMessage> appendAll(TwilioCall call) {
        if (!(call.valueOrBody(ConversationsConstants.MESSAGES) instanceof Iterable<?> given)) {
            throw new IllegalArgumentException(
                    "The option messages, or without it the body, is not a list of messages");
        }
        List<ThreadText> messages = new ArrayList<>();
        for (Object each : given) {
            String name = "Message " + (messages.size() + 1) + " of the list";
            if (!(each instanceof ThreadText message)) {
                throw new IllegalArgumentException(name + " is not a " + ThreadText.class.getName());
            }
            if (message.author() == null || message.author().isBlank()) {
                throw new IllegalArgumentException(name + " has no author");
            }
            checkText(name, message.text());
            messages.add(message);
        }
        return append(call, messages);
    }

    private static List<AppendedMessage> append(TwilioCall call, List<ThreadText> messages) {
        String thread = Threads.sid(call);
        Map<String, AppendedMessage> there =
                call.flag(ConversationsConstants.READ_BACK) ? find(call, thread, keys(messages)) : new HashMap<>();
        List<AppendedMessage> appended = new ArrayList<>(messages.size());
        for (ThreadText message : messages) {
            AppendedMessage known = there.get(message.key());
            if (known == null) {
                known = post(call, thread, message);
                if (message.key() != null) {
                    there.put(message.key(), new AppendedMessage(known.sid(), known.index(), true));
                }
            }
            appended.add(known);
        }
        return appended;
    }

    private static Set<String> keys(List<ThreadText> messages) {
        Set<String> keys = new HashSet<>();
        for (ThreadText message : messages) {
            if (message.key() == null || message.key().isBlank()) {
                throw new IllegalArgumentException("The option messageKey (header " + ConversationsConstants.MESSAGE_KEY
                        + ") is missing: readBack looks for it");
            }
            keys.add(message.key());
        }
        return keys;
    }

    /** What the thread has under these keys, looked for from its newest message until all are found. */
    private static Map<String, AppendedMessage> find(TwilioCall call, String thread, Set<String> keys) {
        Map<String, AppendedMessage> found = new HashMap<>();
        for (JsonNode message : newestFirst(call, thread, LARGEST_PAGE)) {
            Object key = attributes(message).get(KEY);
            if (key instanceof String && keys.contains(key)) {
                found.put((String) key, new AppendedMessage(sid(message), index(message), true));
                if (found.size() == keys.size()) {
                    break;
                }
            }
        }
        return found;
    }

    private static AppendedMessage post(TwilioCall call, String thread, ThreadText message) {
        Map<String, Object> attributes = message.attributes();
        if (message.key() != null) {
            attributes = new LinkedHashMap<>(attributes);
            attributes.put(KEY, message.key());
        }
        TwilioAnswer answer = post(call, thread, message.author(), message.text(), attributes);
        return new AppendedMessage(answer.text("sid"), answer.number("index"), false);
    }

    static TwilioAnswer post(
            TwilioCall call, String thread, String author, String text, Map<String, Object> attributes) {
        return Threads.write(
                call,
                thread,
                TwilioRequest.post(
                        PRODUCT,
                        path(call, thread),
                        Map.of("Author", author, "Body", text, "Attributes", Attributes.write(attributes))));
    }

    /** The newest messages, in thread order. */
    static List<ThreadMessage> read(TwilioCall call) {
        int limit = call.atLeastOne(ConversationsConstants.LIMIT, 50);
        List<ThreadMessage> messages = new ArrayList<>();
        for (JsonNode message : newestFirst(call, Threads.named(call), Math.min(limit, LARGEST_PAGE))) {
            messages.add(ThreadMessage.of(message));
            if (messages.size() == limit) {
                break;
            }
        }
        Collections.reverse(messages);
        return messages;
    }

    private static Iterable<JsonNode> newestFirst(TwilioCall call, String thread, int pageSize) {
        return call.list(PRODUCT, path(call, thread) + "?Order=desc&PageSize=" + pageSize, "messages");
    }

    static String sid(JsonNode message) {
        return message.path("sid").textValue();
    }

    static int index(JsonNode message) {
        return message.path("index").intValue();
    }

    static Map<String, Object> attributes(JsonNode message) {
        return Attributes.read(message.path("attributes").textValue());
    }

    /** The text of a message; splitting a longer one is the caller's to do. */
    static String text(TwilioCall call) {
        String text = call.textOrBody(ConversationsConstants.TEXT);
        checkText("The text", text);
        return text;
    }

    private static void checkText(String name, String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(name + " has " + text.length()
                    + " characters; a message in Twilio Conversations has at most " + LONGEST_TEXT);
        }
    }

    static String path(TwilioCall call, String thread) {
        return Threads.path(call, thread) + "/Messages";
    }
}
