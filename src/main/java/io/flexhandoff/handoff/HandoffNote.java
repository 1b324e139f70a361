package io.flexhandoff.handoff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The words that the handoff puts into the thread. Bound as {@code handoffNote}. */
public final class HandoffNote {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final ObjectMapper json;

    public HandoffNote(ObjectMapper json) {
        this.json = json;
    }

    /** What stands in the note's place until there is a handoff. */
    public String placeholder() {
        return "The AI agent is on this call. If it hands the call over, its note appears here.";
    }

    /** The note, in as many messages as Twilio's limit asks for; the first is the thread's first message. */
    public List<String> parts(Escalation escalation, HandoffContext context, Map<String, Object> leftOut) {
        StringBuilder text = new StringBuilder("HANDOFF NOTE\n");
        line(text, "Reason", context.reason(), context.derived().contains("reason"));
        line(text, "Sentiment", context.sentiment(), context.derived().contains("sentiment"));
        line(text, "Language", context.language(), context.derived().contains("language"));
        line(text, "Summary", context.summary(), context.derived().contains("summary"));
        leftOut.forEach((name, value) -> line(text, name, write(value), false));
        text.append("Escalated: ").append(TIME.format(escalation.occurredAt()));
        return TextParts.split(text.toString(), TextParts.MESSAGE_LIMIT);
    }

    /** The pointer that follows the last turn, for a rep who opens the thread at the bottom. */
    public String pointer(HandoffContext context) {
        return "▲ Handed over to you: " + TextParts.cut(context.reason(), 200) + ". The note is at the top of this thread.";
    }

    private static void line(StringBuilder text, String label, String value, boolean derived) {
        text.append(label)
                .append(derived ? " (derived): " : ": ")
                .append(value)
                .append('\n');
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("customData: cannot be written as JSON", e);
        }
    }
}
