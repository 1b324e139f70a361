package io.flexhandoff.flex;

import io.flexhandoff.component.Attributes;
import io.flexhandoff.org.ThreadAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of an AI's custom data goes on a rep's task, and what does not, because Twilio or the handoff itself states it there. The
 * note has all of it.
 *
 * @param attributes go on the task unchanged
 * @param conversations of Flex Insights, merged with what else stands there; empty for none
 * @param leftOut what does not, with the reason, by the names of its fields
 */
public record CustomData(Map<String, Object> attributes, Map<String, Object> conversations, List<String> leftOut) {

    /**
     * Names that Twilio puts on the task of an enqueued call (TwiML Enqueue documentation) and when it is connected: facts
     * about that one task, which Twilio states anew for the next.
     */
    static final Set<String> OF_TWILIO = Set.of(
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

    static final Set<String> OF_HANDOFF = Set.of(
            ThreadAttribute.OF_FLEX,
            InsightsLinks.NAME,
            "transcriptStatus",
            "conversationUniqueName",
            "handedOff",
            "handoffReason",
            "handoffSummary",
            "handoffSentiment",
            "handoffLanguage",
            "handoffTimestamp");

    /** @param threadAttribute under which name the org's tasks have the thread's SID */
    public static CustomData of(Map<String, Object> given, String threadAttribute) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Map<String, Object> conversations = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        given.forEach((name, value) -> {
            if (name.equals(InsightsLinks.NAME) && value instanceof Map<?, ?> fields) {
                fields.forEach((field, measure) -> conversations.put(field.toString(), measure));
            } else if (name.equals(InsightsLinks.NAME)) {
                leftOut.add("customData." + name + ": is in the note only, on a task it is an object");
            } else if (OF_TWILIO.contains(name)) {
                leftOut.add("customData." + name + ": is in the note only, on a task it is Twilio's");
            } else if (OF_HANDOFF.contains(name) || name.equals(threadAttribute)) {
                leftOut.add("customData." + name + ": is in the note only, on a task it is the handoff's");
            } else {
                attributes.put(name, value);
            }
        });
        if (conversations.containsKey(InsightsLinks.MEDIA)
                && !(conversations.get(InsightsLinks.MEDIA) instanceof List<?>)) {
            conversations.remove(InsightsLinks.MEDIA);
            leftOut.add("customData." + InsightsLinks.NAME + "." + InsightsLinks.MEDIA
                    + ": is in the note only, on a task it is an array");
        }
        if (Attributes.write(given).length() > Transfers.ATTRIBUTES_LIMIT) {
            leftOut.add("customData: the largest fields are in the note only, a task has room for "
                    + Transfers.ATTRIBUTES_LIMIT + " characters");
        }
        return new CustomData(attributes, conversations, leftOut);
    }
}
