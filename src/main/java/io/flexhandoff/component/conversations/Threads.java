package io.flexhandoff.component.conversations;

import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens and closes threads. */
final class Threads {

    /** Twilio's error for a UniqueName that a conversation has already. */
    private static final Integer NAME_TAKEN = 50353;

    private Threads() {}

    /**
     * Opens the thread of this UniqueName, or finds the one that is open, and makes sure that its first message is the
     * one reserved for the note, with the text that stands there until the note is written.
     */
    static OpenedThread open(TwilioCall call) {
        String uniqueName = call.uniqueName(ConversationsConstants.UNIQUE_NAME);
        String placeholder = Messages.text(call);
        OpenedThread opened;
        try {
            String sid = create(call, uniqueName);
            opened = new OpenedThread(sid, Notes.reserve(call, sid, placeholder), false);
        } catch (TwilioFailure failure) {
            if (!NAME_TAKEN.equals(failure.getCode())) {
                throw failure;
            }
            String sid = call.send(TwilioRequest.get(Messages.PRODUCT, path(call, uniqueName)))
                    .text("sid");
            opened = new OpenedThread(sid, Notes.findOrReserve(call, sid, placeholder), true);
        }
        call.answer(ConversationsConstants.CONVERSATION_SID, opened.conversationSid());
        call.answer(ConversationsConstants.NOTE_MESSAGE_SID, opened.noteMessageSid());
        return opened;
    }

    private static String create(TwilioCall call, String uniqueName) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("UniqueName", uniqueName);
        form.put("Attributes", Attributes.write(call.attributes(ConversationsConstants.ATTRIBUTES)));
        String friendlyName = call.text(ConversationsConstants.FRIENDLY_NAME);
        if (friendlyName != null) {
            form.put("FriendlyName", friendlyName);
        }
        return call.send(TwilioRequest.post(Messages.PRODUCT, path(call), form)).text("sid");
    }

    /** Closes the thread, for good; one that is closed or not there is as good as closed. */
    static String close(TwilioCall call) {
        try {
            call.send(TwilioRequest.post(Messages.PRODUCT, path(call, named(call)), Map.of("State", "closed")));
            return "closed";
        } catch (TwilioFailure failure) {
            if (failure.kind() == FailureKind.GONE) {
                return "alreadyClosed";
            }
            if (failure.isNotFound()) {
                return "notFound";
            }
            throw failure;
        }
    }

    /**
     * Writes into a thread. Twilio does not document how it refuses to write into one that is closed: a refusal is looked into.
     *
     * @throws TwilioFailure of the kind {@link FailureKind#GONE} when the thread is closed
     */
    static TwilioAnswer write(TwilioCall call, String thread, TwilioRequest request) {
        try {
            return call.send(request);
        } catch (TwilioFailure failure) {
            throw failure.kind() == FailureKind.FINAL && isClosed(call, thread) ? failure.gone() : failure;
        }
    }

    private static boolean isClosed(TwilioCall call, String thread) {
        try {
            TwilioAnswer found = call.fetch(Messages.PRODUCT, path(call, thread));
            return found != null && "closed".equals(found.json().path("state").textValue());
        } catch (TwilioFailure unknown) {
            return false;
        }
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

    private static String path(TwilioCall call) {
        return "/v1/Services/" + call.org().conversationsServiceSid() + "/Conversations";
    }

    /** @param thread its SID or its UniqueName */
    static String path(TwilioCall call, String thread) {
        return path(call) + "/" + thread;
    }
}
