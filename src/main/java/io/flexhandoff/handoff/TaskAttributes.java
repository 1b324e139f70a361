package io.flexhandoff.handoff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What a handoff writes on the task of a rep: the six {@code handoff*} attributes, what links the task to its thread,
 * and the AI's custom data, cut to Twilio's limits in a fixed order: first the summary down to a few sentences, then
 * the largest custom data, then the summary further. The note has all of it.
 *
 * @param json the attributes, always valid JSON
 * @param leftOut custom data that is not on the task: too large, or of a name that Twilio or the handoff owns
 */
public record TaskAttributes(String json, Map<String, Object> leftOut) {

    private static final int REASON_LIMIT = 120;
    private static final int SUMMARY_LIMIT = 1000;
    private static final int SUMMARY_KEPT = 240;

    /** Names that Twilio puts on the task of an enqueued call (TwiML Enqueue documentation) or that link it. */
    private static final Set<String> OWNED = Set.of(
            "from_country", "called", "to_country", "to_city", "to_state", "caller_country", "call_status", "call_sid",
            "account_sid", "from_zip", "from", "direction", "called_zip", "caller_state", "to_zip", "called_country",
            "from_city", "called_city", "caller_zip", "api_version", "called_state", "from_state", "caller",
            "caller_city", "to", "conference", "worker_call_sid", "conversationSid", "conversations", "handedOff",
            "handoffReason", "handoffSummary", "handoffSentiment", "handoffLanguage", "handoffTimestamp");

    /**
     * @param conversationSid the thread, or {@code null} when there is none yet
     * @param threadName the thread's UniqueName, by which it is found later
     * @param overflow by how many characters a JSON text is too long for where it goes; 0 or less when it fits
     */
    static TaskAttributes of(
            ObjectMapper json,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            String threadName,
            ToIntFunction<String> overflow) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Map<String, Object> leftOut = new LinkedHashMap<>();
        if (escalation.from() != null) {
            attributes.put("name", escalation.from());
        }
        escalation.customData().forEach((name, value) -> (OWNED.contains(name) ? leftOut : attributes).put(name, value));
        Set<String> custom = new LinkedHashSet<>(escalation.customData().keySet());
        custom.retainAll(attributes.keySet());
        addHandoff(attributes, escalation, context);
        addThread(attributes, conversationSid, threadName);

        Fitting fitting = new Fitting(json, attributes, overflow);
        fitting.cutSummary(SUMMARY_KEPT);
        fitting.dropLargest(custom, leftOut);
        fitting.cutSummary(1);
        return new TaskAttributes(fitting.text(), leftOut);
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

    /** Makes attributes shorter until they fit. */
    private record Fitting(ObjectMapper json, Map<String, Object> attributes, ToIntFunction<String> overflow) {

        void cutSummary(int least) {
            for (int over = over(); over > 0; over = over()) {
                String summary = (String) attributes.get("handoffSummary");
                int next = Math.max(least, summary.length() - over);
                if (next >= summary.length()) {
                    return;
                }
                attributes.put("handoffSummary", TextParts.cut(summary, next));
            }
        }

        void dropLargest(Set<String> candidates, Map<String, Object> dropped) {
            List<String> bySize = new ArrayList<>(candidates);
            bySize.sort(Comparator.comparingInt((String name) -> text(attributes.get(name)).length())
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()));
            for (String name : bySize) {
                if (over() <= 0) {
                    return;
                }
                dropped.put(name, attributes.remove(name));
            }
        }

        String text() {
            return text(attributes);
        }

        private int over() {
            return overflow.applyAsInt(text());
        }

        private String text(Object value) {
            try {
                return json.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("customData: cannot be written as JSON", e);
            }
        }
    }
}
