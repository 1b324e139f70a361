package io.flexhandoff.component.conversations;

import com.twilio.exception.ApiException;
import com.twilio.rest.Domains;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The thread's first message, which is kept for the handoff note. */
final class Notes {

    private static final String KIND = "kind";
    private static final String NOTE = "note";

    private Notes() {}

    static Message findOrReserve(TwilioCall call, String thread, String placeholder) {
        Message first = first(call, thread);
        return first == null ? reserve(call, thread, placeholder) : first;
    }

    /** Posts the reserved message; when another opener was faster, takes it back and leaves the place to the other's. */
    static Message reserve(TwilioCall call, String thread, String placeholder) {
        Message mine = Messages.post(call, thread, "system", placeholder, Map.of(KIND, NOTE));
        if (mine.getIndex() == 0) {
            return mine;
        }
        takeBack(call, thread, mine);
        return first(call, thread);
    }

    private static void takeBack(TwilioCall call, String thread, Message mine) {
        try {
            Message.deleter(call.org().conversationsServiceSid(), thread, mine.getSid())
                    .delete(call.client());
        } catch (ApiException e) {
            if (!Integer.valueOf(404).equals(e.getStatusCode())) {
                throw e;
            }
        }
    }

    /** Writes the body as the note, in place of what the reserved message said so far. */
    static String write(TwilioCall call) {
        String service = call.org().conversationsServiceSid();
        String thread = Threads.sid(call);
        Map<String, Object> changes = call.attributes(ConversationsConstants.MESSAGE_ATTRIBUTES);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Body", Messages.text(call));
        String sid;
        if (call.text(ConversationsConstants.NOTE_MESSAGE_SID) == null) {
            Message note = first(call, thread);
            if (note == null) {
                throw new IllegalArgumentException("The thread " + thread + " has no message to write the note in");
            }
            sid = note.getSid();
            merge(note, changes, form);
        } else {
            sid = call.sid(ConversationsConstants.NOTE_MESSAGE_SID, "IM");
            if (!changes.isEmpty()) {
                merge(Message.fetcher(service, thread, sid).fetch(call.client()), changes, form);
            }
        }
        call.post(Domains.CONVERSATIONS, Messages.path(call, thread) + "/" + sid, form);
        call.answer(ConversationsConstants.NOTE_MESSAGE_SID, sid);
        return sid;
    }

    private static void merge(Message note, Map<String, Object> changes, Map<String, String> form) {
        Map<String, Object> present = Attributes.read(note.getAttributes());
        form.put("Attributes", Attributes.write(Attributes.merge(present, changes)));
    }

    /**
     * The thread's first message, or {@code null} if it has none.
     *
     * @throws IllegalArgumentException if it is not reserved for the note
     */
    private static Message first(TwilioCall call, String thread) {
        List<Message> page = Message.reader(call.org().conversationsServiceSid(), thread)
                .setOrder(Message.OrderType.ASC)
                .setPageSize(1L)
                .firstPage(call.client())
                .getRecords();
        if (page.isEmpty()) {
            return null;
        }
        Message first = page.get(0);
        if (!NOTE.equals(Attributes.read(first.getAttributes()).get(KIND))) {
            throw new IllegalArgumentException("The first message of the thread " + thread
                    + " is not reserved for the note: another system writes to this thread");
        }
        return first;
    }
}
