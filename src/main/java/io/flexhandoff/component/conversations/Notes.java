package io.flexhandoff.component.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The thread's first message, which is kept for the handoff note. */
final class Notes {

    private static final String KIND = "kind";
    private static final String NOTE = "note";

    private Notes() {}

    /** SID of the message that is reserved. */
    static String findOrReserve(TwilioCall call, String thread, String placeholder) {
        JsonNode first = first(call, thread);
        return first == null ? reserve(call, thread, placeholder) : Messages.sid(first);
    }

    /** Posts the reserved message; when another opener was faster, takes it back and leaves the place to the other's. */
    static String reserve(TwilioCall call, String thread, String placeholder) {
        TwilioAnswer mine = Messages.post(call, thread, "system", placeholder, Map.of(KIND, NOTE));
        String sid = mine.text("sid");
        if (mine.number("index") == 0) {
            return sid;
        }
        takeBack(call, thread, sid);
        JsonNode first = first(call, thread);
        if (first == null) {
            throw TwilioFailure.unreadable("GET " + Messages.path(call, thread));
        }
        return Messages.sid(first);
    }

    private static void takeBack(TwilioCall call, String thread, String sid) {
        try {
            call.send(TwilioRequest.delete(Messages.PRODUCT, Messages.path(call, thread) + "/" + sid));
        } catch (TwilioFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
        }
    }

    /**
     * Writes the note, in place of what the reserved message said so far.
     *
     * @return SID of the message
     */
    static String write(TwilioCall call) {
        String thread = Threads.sid(call);
        Map<String, Object> changes = call.attributes(ConversationsConstants.MESSAGE_ATTRIBUTES);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Body", Messages.text(call));
        String sid;
        if (call.text(ConversationsConstants.NOTE_MESSAGE_SID) == null) {
            JsonNode note = first(call, thread);
            if (note == null) {
                throw new IllegalArgumentException("The thread " + thread + " has no message to write the note in");
            }
            sid = Messages.sid(note);
            merge(note, changes, form);
        } else {
            sid = call.sid(ConversationsConstants.NOTE_MESSAGE_SID, "IM");
            if (!changes.isEmpty()) {
                TwilioRequest fetch = TwilioRequest.get(Messages.PRODUCT, Messages.path(call, thread) + "/" + sid);
                merge(call.send(fetch).json(), changes, form);
            }
        }
        Threads.write(
                call, thread, TwilioRequest.post(Messages.PRODUCT, Messages.path(call, thread) + "/" + sid, form));
        return sid;
    }

    private static void merge(JsonNode note, Map<String, Object> changes, Map<String, String> form) {
        form.put("Attributes", Attributes.write(Attributes.merge(Messages.attributes(note), changes)));
    }

    /**
     * The thread's first message, or {@code null} if it has none.
     *
     * @throws IllegalArgumentException if it is not reserved for the note
     */
    private static JsonNode first(TwilioCall call, String thread) {
        Iterator<JsonNode> oldestFirst = call.list(
                        Messages.PRODUCT, Messages.path(call, thread) + "?Order=asc&PageSize=1", "messages")
                .iterator();
        if (!oldestFirst.hasNext()) {
            return null;
        }
        JsonNode first = oldestFirst.next();
        if (!NOTE.equals(Messages.attributes(first).get(KIND))) {
            throw new IllegalArgumentException("The first message of the thread " + thread
                    + " is not reserved for the note: another system writes to this thread");
        }
        return first;
    }
}
