package io.flexhandoff.thread;

import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The words of the handoff note: the same layout every time, what is derived told from what the AI said. */
public final class HandoffNote {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** The note, in as many parts as Twilio's limit asks for; joined they are the whole note. */
    List<String> parts(Escalation escalation, HandoffContext context) {
        StringBuilder text = new StringBuilder("HANDOFF NOTE\n");
        line(text, context, "Reason", "reason", context.reason());
        line(text, context, "Sentiment", "sentiment", context.sentiment());
        line(text, context, "Language", "language", context.language());
        line(text, context, "Summary", "summary", context.summary());
        escalation.customData().forEach((name, value) -> line(text, context, name, name, String.valueOf(value)));
        text.append("Escalated: ").append(TIME.format(escalation.occurredAt()));
        return TextParts.split(text.toString(), TextParts.MESSAGE_LIMIT);
    }

    /** The pointer, for a rep who opens the thread at the bottom. */
    String pointer(HandoffContext context) {
        return "▲ Handed over to you: " + TextParts.cut(context.reason(), 200)
                + "\nThe handoff note is at the top of this thread.";
    }

    private static void line(StringBuilder text, HandoffContext context, String label, String field, String value) {
        text.append(label)
                .append(context.derived().contains(field) ? " (derived): " : ": ")
                .append(value)
                .append('\n');
    }
}
