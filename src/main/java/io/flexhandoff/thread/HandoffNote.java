package io.flexhandoff.thread;

import io.flexhandoff.event.CallerNumber;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the handoff note: the same layout every time, a line a fact, what is derived told from what the AI said, and
 * nothing that nobody said: a mood that nothing tells is not known. The first part is a note by itself; a long summary and much
 * custom data follow in others.
 */
public final class HandoffNote {

    /** Custom data, in characters, that still goes into the first part. */
    private static final int DETAILS_LIMIT = 400;

    private static final int POINTER_LIMIT = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** The note, in as many parts as Twilio's limit asks for. */
    List<String> parts(Escalation escalation, HandoffContext context) {
        NoteWords words = NoteWords.in(context.noteLanguage());
        StringBuilder head = new StringBuilder(words.of("title")).append('\n');
        line(head, words, context, "reason", context.reason());
        if (context.assumed().contains("sentiment")) {
            head.append(words.of("sentiment") + ": " + words.of("unknown-sentiment") + "\n");
        }
        line(head, words, context, "sentiment", words.of(context.sentiment()));
        line(head, words, context, "language", words.languageName(context.language()));
        if (escalation.from() != null && CallerNumber.withheld(escalation.from()) != null) {
            head.append(words.of("caller") + ": " + words.caller(escalation.from()) + "\n");
        }
        StringBuilder summary = new StringBuilder();
        line(summary, words, context, "summary", context.summary());
        StringBuilder details = new StringBuilder();
        escalation.customData().forEach((name, value) -> details.append(name + ": " + PlainValue.of(value) + "\n"));
        String end = words.of("escalated") + ": " + TIME.format(escalation.occurredAt());

        StringBuilder rest = new StringBuilder();
        int room = TextParts.MESSAGE_LIMIT - head.length() - end.length() - Math.min(details.length(), DETAILS_LIMIT);
        if (summary.length() > room) {
            String continued = " " + words.of("continued") + "\n";
            rest.append(summary);
            summary.replace(
                    0, summary.length(), TextParts.cut(summary.toString(), room - continued.length()) + continued);
        }
        if (details.length() > DETAILS_LIMIT) {
            rest.append(details);
            details.setLength(0);
        }
        List<String> parts = new ArrayList<>();
        parts.add(head.append(summary).append(details).append(end).toString());
        if (!rest.isEmpty()) {
            parts.addAll(TextParts.split(rest.toString().stripTrailing(), TextParts.MESSAGE_LIMIT));
        }
        return parts;
    }

    /** The pointer, for a rep who opens the thread at the bottom. */
    String pointer(HandoffContext context) {
        return pointer(context, "pointer-note");
    }

    /** The pointer to a note that is not at the top: it follows the last turn. */
    String laterPointer(HandoffContext context) {
        return pointer(context, "pointer-note-above");
    }

    /** Where the beginning of the transcript is. */
    String earlier(HandoffContext context, String threads) {
        return NoteWords.in(context.noteLanguage()).of("pointer-earlier") + ": " + threads;
    }

    private static String pointer(HandoffContext context, String where) {
        NoteWords words = NoteWords.in(context.noteLanguage());
        return "▲ " + words.of("pointer") + ": " + TextParts.cut(context.reason(), POINTER_LIMIT) + "\n"
                + words.of(where);
    }

    private static void line(StringBuilder text, NoteWords words, HandoffContext context, String field, String value) {
        if (!context.assumed().contains(field)) {
            text.append(words.of(field))
                    .append(context.derived().contains(field) ? " (" + words.of("derived") + "): " : ": ")
                    .append(value)
                    .append('\n');
        }
    }
}
