package io.flexhandoff.flex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.thread.NoteWords;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        attributes.keySet().removeAll(CustomData.OF_TWILIO);
        if (escalation.from() != null) {
            String caller = NoteWords.in(context.noteLanguage()).caller(escalation.from());
            attributes.putIfAbsent("name", TextParts.cut(caller, NAME_LIMIT));
        }
        List<String> carried = new ArrayList<>(attributes.keySet());
        CustomData custom = CustomData.of(escalation.customData(), threadAttribute);
        attributes.putAll(custom.attributes());
        addHandoff(attributes, escalation, context);
        addThread(attributes, conversationSid, threadName);
        InsightsLinks links = new InsightsLinks(former.get(InsightsLinks.NAME), custom.conversations());
        links.addTo(attributes, conversationSid, recording);
        carried.removeAll(custom.attributes().keySet());
        carried.removeAll(CustomData.OF_HANDOFF);
        carried.remove(threadAttribute);

        cutSummary(attributes, SUMMARY_KEPT);
        dropLargest(attributes, spare(attributes, custom));
        dropLargest(attributes, spare("", attributes, carried));
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
        CustomData custom = CustomData.of(escalation.customData(), threadAttribute);
        Map<String, Object> changes = new LinkedHashMap<>(custom.attributes());
        addHandoff(changes, escalation, context);
        if (!present.containsKey(threadAttribute)) {
            addThread(changes, conversationSid, threadName);
        }
        new InsightsLinks(present.get(InsightsLinks.NAME), custom.conversations()).addChangesTo(changes);
        TaskAttributes whole = changedIn(present, changes);
        whole.cutSummary(changes, SUMMARY_KEPT);
        whole.dropLargest(changes, spare(changes, custom));
        whole.cutSummary(changes, 1);
        return text(changes);
    }

    /** What a context says of the four attributes that may be known late, as JSON text, so that the whole fits. */
    String improvementsOf(Map<String, Object> present, HandoffContext context) {
        Map<String, Object> changes = new LinkedHashMap<>();
        addContext(changes, context);
        changedIn(present, changes).cutSummary(changes, 1);
        return text(changes);
    }

    /** Of all that a task has after changes. */
    private TaskAttributes changedIn(Map<String, Object> present, Map<String, Object> changes) {
        return new TaskAttributes(
                json, threadAttribute, changed -> excess.applyAsInt(text(Attributes.merge(present, changes))));
    }

    private static void addHandoff(Map<String, Object> attributes, Escalation escalation, HandoffContext context) {
        attributes.put("handedOff", true);
        addContext(attributes, context);
        attributes.put("handoffTimestamp", escalation.occurredAt().toString());
    }

    private static void addContext(Map<String, Object> attributes, HandoffContext context) {
        attributes.put("handoffReason", TextParts.cut(context.reason(), REASON_LIMIT));
        attributes.put("handoffSummary", TextParts.cut(context.summary(), SUMMARY_LIMIT));
        attributes.put("handoffSentiment", context.sentiment());
        attributes.put("handoffLanguage", context.language());
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

    /** What can be done without. */
    private record Spare(String name, Object value, Runnable leaveOut) {}

    private static List<Spare> spare(Map<String, Object> attributes, CustomData custom) {
        List<Spare> spare = spare("", attributes, custom.attributes().keySet());
        if (attributes.get(InsightsLinks.NAME) instanceof Map<?, ?> conversations) {
            List<String> fields = new ArrayList<>(custom.conversations().keySet());
            fields.remove(InsightsLinks.MEDIA);
            spare.addAll(spare(InsightsLinks.NAME + ".", conversations, fields));
            if (conversations.get(InsightsLinks.MEDIA) instanceof List<?> media
                    && custom.conversations().get(InsightsLinks.MEDIA) instanceof List<?> links) {
                links.forEach(link -> spare.add(new Spare(
                        InsightsLinks.NAME + "." + InsightsLinks.MEDIA + " " + links.indexOf(link),
                        link,
                        () -> media.remove(link))));
            }
        }
        return spare;
    }

    private static List<Spare> spare(String path, Map<?, ?> in, Collection<String> names) {
        List<Spare> spare = new ArrayList<>();
        names.forEach(name -> spare.add(new Spare(path + name, in.get(name), () -> in.remove(name))));
        return spare;
    }

    private void dropLargest(Map<String, Object> attributes, List<Spare> spare) {
        List<Spare> bySize = new ArrayList<>(spare);
        bySize.sort(Comparator.comparingInt((Spare one) -> -text(one.value()).length())
                .thenComparing(Spare::name));
        List<String> dropped = new ArrayList<>();
        for (Spare one : bySize) {
            if (over(attributes) <= 0) {
                break;
            }
            one.leaveOut().run();
            dropped.add(one.name());
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
