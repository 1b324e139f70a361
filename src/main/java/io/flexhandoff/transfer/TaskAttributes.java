package io.flexhandoff.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.ThreadAttribute;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a handoff writes on the task of a rep: the six {@code handoff*} attributes, what links the task to its thread,
 * and the AI's custom data. Made to fit in a fixed order: the summary is cut to a few sentences, then the largest custom
 * data is left out, then the largest of what the call's former task had, then the summary is cut further. The note has
 * the whole summary and custom data.
 */
final class TaskAttributes {

    private static final int NAME_LIMIT = 64;
    private static final int REASON_LIMIT = 120;
    private static final int SUMMARY_LIMIT = 1000;
    private static final int SUMMARY_KEPT = 240;

    /**
     * Names that Twilio puts on the task of an enqueued call (TwiML Enqueue documentation) and when it is connected: facts
     * about that one task, which Twilio states anew for the next.
     */
    private static final Set<String> TWILIOS = Set.of(
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
            "worker_call_sid");

    private static final Set<String> OURS = Set.of(
            ThreadAttribute.OF_FLEX,
            "conversations",
            "handedOff",
            "handoffReason",
            "handoffSummary",
            "handoffSentiment",
            "handoffLanguage",
            "handoffTimestamp");

    private static final Logger LOG = LoggerFactory.getLogger(TaskAttributes.class);

    private final ObjectMapper json;
    private final ToIntFunction<String> excess;
    private final String threadAttribute;

    /**
     * @param threadAttribute under which name the thread's SID goes
     * @param excess by how many characters a JSON text is too long for where it goes; 0 or less when it fits
     */
    TaskAttributes(ObjectMapper json, String threadAttribute, ToIntFunction<String> excess) {
        this.json = json;
        this.threadAttribute = threadAttribute;
        this.excess = excess;
    }

    /**
     * The attributes of a new task as JSON text.
     *
     * @param former attributes that the call's task had until now; those that Twilio states anew are left to Twilio
     * @param conversationSid the thread, or {@code null} when it could not be opened in time
     * @param recording linked beside the thread; {@code null} for none
     * @param threadName the thread's UniqueName, by which it is found later
     */
    String ofNewTask(
            Map<String, Object> former,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            RecordingLink recording,
            String threadName) {
        Map<String, Object> attributes = new LinkedHashMap<>(former);
        attributes.keySet().removeAll(TWILIOS);
        if (escalation.from() != null) {
            attributes.putIfAbsent("name", TextParts.cut(escalation.from(), NAME_LIMIT));
        }
        List<String> carried = new ArrayList<>(attributes.keySet());
        Map<String, Object> custom = customData(escalation);
        attributes.putAll(custom);
        addHandoff(attributes, escalation, context);
        addThread(attributes, conversationSid, threadName);
        if (conversationSid != null) {
            attributes.put("conversations", withLinks(former.get("conversations"), conversationSid, recording));
        }
        carried.removeAll(custom.keySet());
        carried.removeAll(OURS);
        carried.remove(threadAttribute);

        cutSummary(attributes, SUMMARY_KEPT);
        dropLargest(attributes, custom.keySet());
        dropLargest(attributes, carried);
        cutSummary(attributes, 1);
        return text(attributes);
    }

    /**
     * What is to be merged into a task that has these attributes, as JSON text: no more than the six, the custom data, and
     * the thread where the task links none; so that the whole fits.
     */
    String ofPresentTask(
            Map<String, Object> present,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            String threadName) {
        Map<String, Object> changes = customData(escalation);
        List<String> custom = List.copyOf(changes.keySet());
        addHandoff(changes, escalation, context);
        if (!present.containsKey(threadAttribute)) {
            addThread(changes, conversationSid, threadName);
        }
        TaskAttributes whole = new TaskAttributes(
                json, threadAttribute, changed -> excess.applyAsInt(text(Attributes.merge(present, changes))));
        whole.cutSummary(changes, SUMMARY_KEPT);
        whole.dropLargest(changes, custom);
        whole.cutSummary(changes, 1);
        return text(changes);
    }

    private Map<String, Object> customData(Escalation escalation) {
        Map<String, Object> custom = new LinkedHashMap<>(escalation.customData());
        custom.keySet().removeAll(TWILIOS);
        custom.keySet().removeAll(OURS);
        custom.remove(threadAttribute);
        return custom;
    }

    /** Flex Insights' links with ours among them: a list that is set hides what stood in it, and Flex's own to the recording. */
    private static Map<String, Object> withLinks(Object former, String conversationSid, RecordingLink recording) {
        Map<String, Object> conversations = new LinkedHashMap<>();
        if (former instanceof Map<?, ?> present) {
            present.forEach((name, value) -> conversations.put(name.toString(), value));
        }
        List<Object> media = new ArrayList<>();
        if (conversations.get("media") instanceof List<?> links) {
            media.addAll(links);
        }
        Map<String, String> transcript = Map.of("type", "ChatTranscript", "sid", conversationSid);
        if (!media.contains(transcript)) {
            media.add(transcript);
        }
        if (recording != null && media.stream().noneMatch(recording::isLinkedBy)) {
            media.add(recording.media());
        }
        conversations.put("media", media);
        return conversations;
    }

    private static void addHandoff(Map<String, Object> attributes, Escalation escalation, HandoffContext context) {
        attributes.put("handedOff", true);
        attributes.put("handoffReason", TextParts.cut(context.reason(), REASON_LIMIT));
        attributes.put("handoffSummary", TextParts.cut(context.summary(), SUMMARY_LIMIT));
        attributes.put("handoffSentiment", context.sentiment());
        attributes.put("handoffLanguage", context.language());
        attributes.put("handoffTimestamp", escalation.occurredAt().toString());
    }

    private void addThread(Map<String, Object> attributes, String conversationSid, String threadName) {
        if (conversationSid == null) {
            attributes.put("transcriptStatus", "delayed");
            attributes.put("conversationUniqueName", threadName);
        } else {
            attributes.put(threadAttribute, conversationSid);
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

    private void dropLargest(Map<String, Object> attributes, Collection<String> names) {
        List<String> bySize = new ArrayList<>(names);
        bySize.sort(Comparator.comparingInt(
                        (String name) -> -text(attributes.get(name)).length())
                .thenComparing(Comparator.naturalOrder()));
        List<String> dropped = new ArrayList<>();
        for (String name : bySize) {
            if (over(attributes) <= 0) {
                break;
            }
            attributes.remove(name);
            dropped.add(name);
        }
        if (!dropped.isEmpty()) {
            LOG.warn("Twilio's limits leave no room on the task for the attributes {}", dropped);
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
