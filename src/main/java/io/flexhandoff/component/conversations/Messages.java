package io.flexhandoff.component.conversations;

import com.twilio.http.Response;
import com.twilio.rest.Domains;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.MessageReader;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Appends messages to threads and reads them. */
final class Messages {

    /** The message attribute that keeps the MessageKey. */
    private static final String KEY = "key";
    /** Twilio's limit of a message's Body, in characters. */
    private static final int LONGEST_TEXT = 1600;
    /** Twilio's limit of a page. */
    private static final int LARGEST_PAGE = 100;

    private Messages() {}

    /**
     * Appends the body as a message. Posts exactly once, without looking first unless READ_BACK is set.
     *
     * @return the message's SID
     */
    static String append(TwilioCall call) {
        String thread = Threads.sid(call);
        String author = call.required(ConversationsConstants.AUTHOR);
        String text = text(call);
        Map<String, Object> attributes = call.attributes(ConversationsConstants.MESSAGE_ATTRIBUTES);
        String key = call.text(ConversationsConstants.MESSAGE_KEY);
        if (key != null) {
            attributes.put(KEY, key);
        }
        Message message = null;
        if (call.flag(ConversationsConstants.READ_BACK)) {
            message = find(call, thread, call.required(ConversationsConstants.MESSAGE_KEY));
        }
        call.answer(ConversationsConstants.ALREADY_THERE, message != null);
        if (message == null) {
            message = post(call, thread, author, text, attributes);
        }
        call.answer(ConversationsConstants.MESSAGE_SID, message.getSid());
        call.answer(ConversationsConstants.MESSAGE_INDEX, message.getIndex());
        return message.getSid();
    }

    private static Message find(TwilioCall call, String thread, String key) {
        for (Message message : newestFirst(call, thread, LARGEST_PAGE).read(call.client())) {
            if (key.equals(Attributes.read(message.getAttributes()).get(KEY))) {
                return message;
            }
        }
        return null;
    }

    static Message post(TwilioCall call, String thread, String author, String text, Map<String, Object> attributes) {
        Response response = call.post(
                Domains.CONVERSATIONS,
                path(call, thread),
                Map.of("Author", author, "Body", text, "Attributes", Attributes.write(attributes)));
        return Message.fromJson(response.getStream(), call.client().getObjectMapper());
    }

    /** The newest messages, in thread order. */
    static List<ThreadMessage> read(TwilioCall call) {
        int limit = call.atLeastOne(ConversationsConstants.LIMIT, 50);
        MessageReader reader = newestFirst(call, Threads.named(call), Math.min(limit, LARGEST_PAGE));
        List<ThreadMessage> messages = new ArrayList<>();
        for (Message message : reader.limit(limit).read(call.client())) {
            messages.add(ThreadMessage.of(message));
        }
        Collections.reverse(messages);
        return messages;
    }

    private static MessageReader newestFirst(TwilioCall call, String thread, int pageSize) {
        MessageReader reader =
                Message.reader(call.org().conversationsServiceSid(), thread).setOrder(Message.OrderType.DESC);
        reader.pageSize(pageSize);
        return reader;
    }

    /**
     * The body as the text of a message.
     *
     * @throws IllegalArgumentException if it is empty or longer than Twilio allows; splitting is the caller's to do
     */
    static String text(TwilioCall call) {
        String text = call.body();
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("The body has " + text.length()
                    + " characters; a message in Twilio Conversations has at most " + LONGEST_TEXT);
        }
        return text;
    }

    static String path(TwilioCall call, String thread) {
        return "/v1/Services/" + call.org().conversationsServiceSid() + "/Conversations/" + thread + "/Messages";
    }
}
