package io.flexhandoff.thread;

import io.flexhandoff.component.conversations.ThreadMessage;
import io.flexhandoff.component.conversations.ThreadText;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.Segment;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages that a call has in its thread. Bound as {@code threadMessages}. */
public final class ThreadMessages {

    private static final String AI = "AI Support Agent";
    private static final String CALLER = "Caller";
    private static final String SYSTEM = "system";
    private static final DateTimeFormatter CLOCK_TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final HandoffNote note;

    public ThreadMessages(HandoffNote note) {
        this.note = note;
    }

    /** UniqueName of a call's thread. */
    public String threadName(String callSid) {
        return "call-" + callSid;
    }

    /** UniqueName of the thread in which a call goes on after so many that were closed. */
    public String threadName(String callSid, int closed) {
        return threadName(callSid) + "-" + (closed + 1);
    }

    /** What stands in the note's place of a thread that continues a closed one. */
    public String continuation(String closedSid) {
        return "This thread continues " + closedSid
                + ", which was closed while the call went on: what was said before is there."
                + " If the AI agent hands the call over from now on, its note appears here.";
    }

    /** What stands in the note's place until there is a handoff. */
    public String placeholder() {
        return "The AI agent is on this call. If it hands the call over, its note appears here.";
    }

    /**
     * The messages of a segment: one, or several when its text is longer than Twilio takes.
     *
     * <p>The parts are the same whether late or not: some may stand in the thread from an earlier try.
     *
     * @param late whether it could not be appended in its turn; the text then says when it was spoken
     */
    public List<ThreadText> segment(Segment segment, boolean late) {
        String mark = "[late, spoken " + CLOCK_TIME.format(segment.spokenAt()) + "] ";
        List<String> parts = TextParts.split(segment.text(), TextParts.MESSAGE_LIMIT - mark.length());
        List<ThreadText> messages = new ArrayList<>();
        for (int part = 1; part <= parts.size(); part++) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("segmentId", segment.id());
            attributes.put("sequence", segment.sequence());
            attributes.put("speaker", segment.speaker());
            attributes.put("spokenAt", segment.spokenAt().toString());
            if (segment.language() != null) {
                attributes.put("language", TextParts.cut(segment.language(), 64));
            }
            if (late) {
                attributes.put("late", true);
            }
            if (parts.size() > 1) {
                attributes.put("part", part);
                attributes.put("parts", parts.size());
            }
            messages.add(new ThreadText(
                    segment.byCaller() ? CALLER : AI,
                    "segment/" + part + "/" + segment.id(),
                    attributes,
                    late && part == 1 ? mark + parts.get(0) : parts.get(part - 1)));
        }
        return messages;
    }

    /** The messages of a thread and of the one that continues it. */
    public List<ThreadMessage> together(List<ThreadMessage> earlier, List<ThreadMessage> messages) {
        return Stream.concat(earlier.stream(), messages.stream()).toList();
    }

    /** Whether a segment is among these messages, with all its parts. */
    public boolean holds(List<ThreadMessage> messages, Segment segment) {
        Set<Object> keys = messages.stream()
                .map(message -> message.attributes().get("key"))
                .collect(Collectors.toSet());
        return segment(segment, false).stream().map(ThreadText::key).allMatch(keys::contains);
    }

    /** The note: the text of the thread's first message. */
    public String note(Escalation escalation, HandoffContext context) {
        return note.parts(escalation, context).get(0);
    }

    /** The note of a later handoff of the call, which follows the last turn: the first message is another's. */
    public List<ThreadText> laterNote(Escalation escalation, HandoffContext context, int decision) {
        return List.of(system("note", "note/1", note(escalation, context), decision));
    }

    /**
     * What follows the last turn: the rest of a note that is too long for one message, then the pointer to it.
     *
     * @param decision which handoff of the call it is, counted from 1
     * @param earlier SIDs of the threads that this one continues, or {@code null}: the pointer names them
     */
    public List<ThreadText> closing(Escalation escalation, HandoffContext context, int decision, String earlier) {
        List<ThreadText> messages = new ArrayList<>();
        List<String> parts = note.parts(escalation, context);
        for (int part = 2; part <= parts.size(); part++) {
            messages.add(system("note", "note/" + part, parts.get(part - 1), decision));
        }
        String pointer = earlier == null && decision > 1 ? note.laterPointer(context) : note.pointer(context);
        String whole = earlier == null ? pointer : pointer + "\n" + note.earlier(context, earlier);
        messages.add(system("pointer", "pointer", whole, decision));
        return messages;
    }

    /** Those of a later handoff have its number in their key, and as the attribute {@code handoff}. */
    private static ThreadText system(String kind, String key, String text, int decision) {
        return decision > 1
                ? new ThreadText(
                        SYSTEM, "handoff/" + decision + "/" + key, Map.of("kind", kind, "handoff", decision), text)
                : new ThreadText(SYSTEM, key, Map.of("kind", kind), text);
    }
}
