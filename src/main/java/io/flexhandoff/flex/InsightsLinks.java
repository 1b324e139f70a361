package io.flexhandoff.flex;

import io.flexhandoff.component.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attribute {@code conversations} of a task, by which Flex Insights knows measures and media of a call
 * (https://www.twilio.com/docs/flex/developer/insights/custom-media-attached-conversations): what stands there, what the AI adds,
 * and the links to thread and recording.
 */
final class InsightsLinks {

    static final String NAME = "conversations";
    static final String MEDIA = "media";

    private final Map<?, ?> present;
    private final Map<String, Object> added;

    /**
     * @param present as the task has it, whatever that is
     * @param added by the AI's custom data; wins where both name a field, except that links are kept beside each other
     */
    InsightsLinks(Object present, Map<String, Object> added) {
        this.present = present instanceof Map<?, ?> fields ? fields : Map.of();
        this.added = added;
    }

    /**
     * All of it, for a task that is new. A list that is set hides Flex's own link to the recording: then ours stands in it.
     *
     * @param conversationSid the thread, {@code null} for none
     * @param recording {@code null} for none
     */
    void addTo(Map<String, Object> attributes, String conversationSid, RecordingLink recording) {
        List<Object> media = media();
        if (conversationSid != null) {
            add(media, Map.of("type", "ChatTranscript", "sid", conversationSid));
        }
        if (recording != null && !media.isEmpty() && media.stream().noneMatch(recording::isLinkedBy)) {
            media.add(recording.media());
        }
        Map<String, Object> all = Attributes.merge(present, added);
        if (!media.isEmpty()) {
            all.put(MEDIA, media);
        }
        if (!all.isEmpty()) {
            attributes.put(NAME, all);
        }
    }

    /** What the AI adds, to be merged into a task that has the rest. */
    void addChangesTo(Map<String, Object> changes) {
        if (!added.isEmpty()) {
            Map<String, Object> fields = new LinkedHashMap<>(added);
            fields.computeIfPresent(MEDIA, (name, links) -> media());
            changes.put(NAME, fields);
        }
    }

    private List<Object> media() {
        List<Object> media = new ArrayList<>();
        if (present.get(MEDIA) instanceof List<?> links) {
            media.addAll(links);
        }
        if (added.get(MEDIA) instanceof List<?> links) {
            links.forEach(link -> add(media, link));
        }
        return media;
    }

    private static void add(List<Object> media, Object link) {
        if (!media.contains(link)) {
            media.add(link);
        }
    }
}
