package io.flexhandoff.component.conversations;

import com.twilio.exception.ApiException;
import com.twilio.rest.Domains;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens and closes threads. */
final class Threads {

    /** Twilio's error for a UniqueName that a conversation has already. */
    private static final int NAME_TAKEN = 50353;

    private Threads() {}

    /**
     * Opens the thread of this UniqueName, or finds the one that is open, and makes sure that its first message is the
     * one reserved for the note; the body is the text that stands there until the note is written.
     *
     * @return the thread's SID
     */
    static String open(TwilioCall call) {
        String uniqueName = call.uniqueName(ConversationsConstants.UNIQUE_NAME);
        String placeholder = Messages.text(call);
        String sid;
        Message note;
        try {
            sid = create(call, uniqueName);
            note = Notes.reserve(call, sid, placeholder);
        } catch (ApiException e) {
            if (e.getCode() == null || e.getCode() != NAME_TAKEN) {
                throw e;
            }
            sid = Conversation.fetcher(call.org().conversationsServiceSid(), uniqueName)
                    .fetch(call.client())
                    .getSid();
            note = Notes.findOrReserve(call, sid, placeholder);
        }
        call.answer(ConversationsConstants.CONVERSATION_SID, sid);
        call.answer(ConversationsConstants.NOTE_MESSAGE_SID, note.getSid());
        return sid;
    }

    private static String create(TwilioCall call, String uniqueName) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("UniqueName", uniqueName);
        form.put("Attributes", Attributes.write(call.attributes(ConversationsConstants.ATTRIBUTES)));
        String friendlyName = call.text(ConversationsConstants.FRIENDLY_NAME);
        if (friendlyName != null) {
            form.put("FriendlyName", friendlyName);
        }
        String path = "/v1/Services/" + call.org().conversationsServiceSid() + "/Conversations";
        return Conversation.fromJson(
                        call.post(Domains.CONVERSATIONS, path, form).getStream(),
                        call.client().getObjectMapper())
                .getSid();
    }

    /** Closes the thread, for good; one that is closed or not there is as good as closed. */
    static String close(TwilioCall call) {
        String outcome = "closed";
        try {
            Conversation.updater(call.org().conversationsServiceSid(), named(call))
                    .setState(Conversation.State.CLOSED)
                    .update(call.client());
        } catch (ApiException e) {
            if (FailureKind.of(e) == FailureKind.GONE) {
                outcome = "alreadyClosed";
            } else if (Integer.valueOf(404).equals(e.getStatusCode())) {
                outcome = "notFound";
            } else {
                throw e;
            }
        }
        call.answer(ConversationsConstants.CLOSE_OUTCOME, outcome);
        return outcome;
    }

    /** The thread's SID or, in place of it, its UniqueName. */
    static String named(TwilioCall call) {
        return call.text(ConversationsConstants.CONVERSATION_SID) == null
                        && call.text(ConversationsConstants.UNIQUE_NAME) != null
                ? call.uniqueName(ConversationsConstants.UNIQUE_NAME)
                : sid(call);
    }

    static String sid(TwilioCall call) {
        return call.sid(ConversationsConstants.CONVERSATION_SID, "CH");
    }
}
