package io.flexhandoff.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What a handoff writes on the task of a rep: the six {@code handoff*} attributes, what links the task to its thread,
 * and the AI's custom data. Made to fit in a fixed order: the summary is cut to a few sentences, then the largest custom
 * data is left out, then the summary is cut further. The note has all of it.
 */
final class TaskAttributes {

    private static final int NAME_LIMIT = 64;
    private static final int REASON_LIMIT = 120;
    private static final int SUMMARY_LIMIT = 1000;
    private static final int SUMMARY_KEPT = 240;

    /** Names that Twilio puts on the task of an enqueued call (TwiML Enqueue documentation), or that are ours. */
    private static final Set<String> OWNED = Set.of(
            "account_sid",
            "api_version",
            "call_sid",
            "call_status",
            "called",
            "called_city",
            "called_country",
            "called_state",
            "called_zip",
            "caller",
            "caller_city",
            "caller_country",
            "caller_state",
            "caller_zip",
            "direction",
            "from",
            "from_city",
            "from_country",
            "from_state",
            "from_zip",
            "to",
            "to_city",
            "to_country",
            "to_state",
            "to_zip",
            "conference",
            "worker_call_sid",
            "conversationSid",
            "conversations",
            "handedOff",
            "handoffReason",
            "handoffSummary",
            "handoffSentiment",
            "handoffLanguage",
            "handoffTimestamp");

    private final ObjectMapper json;
    private final ToIntFunction<String> excess;

    /** @param excess by how many characters a JSON text is too long for where it goes; 0 or less when it fits */
    TaskAttributes(ObjectMapper json, ToIntFunction<String> excess) {
        this.json = json;
        this.excess = excess;
    }

    /**
     * The attributes as JSON text.
     *
     * @param conversationSid the thread, or {@code null} when it could not be opened in time
     * @param threadName the thread's UniqueName, by which it is found later
     */
    String fit(Escalation escalation, HandoffContext context, String conversationSid, String threadName) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (escalation.from() != null) {
            attributes.put("name", TextParts.cut(escalation.from(), NAME_LIMIT));
        }
        List<String> custom = escalation.customData().keySet().stream()
                .filter(name -> !OWNED.contains(name))
                .toList();
        custom.forEach(name -> attributes.put(name, escalation.customData().get(name)));
        addHandoff(attributes, escalation, context);
        addThread(attributes, conversationSid, threadName);

        cutSummary(attributes, SUMMARY_KEPT);
        dropLargest(attributes, custom);
        cutSummary(attributes, 1);
        return text(attributes);
    }

    private static void addHandoff(Map<String, Object> attributes, Escalation escalation, HandoffContext context) {
        attributes.put("handedOff", true);
        attributes.put("handoffReason", TextParts.cut(context.reason(), REASON_LIMIT));
        attributes.put("handoffSummary", TextParts.cut(context.summary(), SUMMARY_LIMIT));
        attributes.put("handoffSentiment", context.sentiment());
        attributes.put("handoffLanguage", context.language());
        attributes.put("handoffTimestamp", escalation.occurredAt().toString());
    }

    private static void addThread(Map<String, Object> attributes, String conversationSid, String threadName) {
        if (conversationSid == null) {
            attributes.put("transcriptStatus", "delayed");
            attributes.put("conversationUniqueName", threadName);
        } else {
            attributes.put("conversationSid", conversationSid);
            attributes.put(
                    "conversations",
                    Map.of("media", List.of(Map.of("type", "ChatTranscript", "sid", conversationSid))));
        }
    }

    private void cutSummary(Map<String, Object> attributes, int least) {
        for (int over = over(attributes); over > 0; over = over(attributes)) {
            String summary = (String) attributes.get("handoffSummary");
            int length = Math.max(least, summary.length() - over);
            if (length >= summary.length()) {
                return;
            }
            attributes.put("handoffSummary", TextParts.cut(summary, length));
        }
    }

    private void dropLargest(Map<String, Object> attributes, List<String> custom) {
        List<String> bySize = new ArrayList<>(custom);
        bySize.sort(Comparator.comparingInt(
                        (String name) -> -text(attributes.get(name)).length())
                .thenComparing(Comparator.naturalOrder()));
        for (String name : bySize) {
            if (over(attributes) <= 0) {
                return;
            }
            attributes.remove(name);
        }
    }

    private int over(Map<String, Object> attributes) {
        return excess.applyAsInt(text(attributes));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("customData: cannot be written as JSON", e);
        }
    }
}
