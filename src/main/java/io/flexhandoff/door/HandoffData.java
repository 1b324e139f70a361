package io.flexhandoff.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text that an application ends a ConversationRelay session with, as the fields of an escalation. A caller waits, so nothing
 * that it says is a failure, and what has no field of its own becomes custom data.
 *
 * <ul>
 *   <li>an escalation as the API takes it, {@code id} and {@code occurredAt} optional
 *   <li>Twilio Agent Connect's {@code HandoffPayload}: {@code conversationId}, {@code storeId}, {@code profileId} and
 *       {@code attributes} with the reason and what the developer added (twilio-agent-connect, {@code types/handoff.ts})
 *   <li>its predecessor: {@code reason}, {@code call_summary}, {@code sentiment}
 *   <li>any other JSON object; text, which is the reason; JSON that is cut off or no object, as custom data {@code handoffData}
 * </ul>
 *
 * Other usual words for a speaker ({@code user}, {@code assistant}) and a mood ({@code frustrated}) are understood.
 */
final class HandoffData {

    /** What an escalation has, {@code io.flexhandoff.event.Escalation}. */
    private static final Set<String> FIELDS = Set.of(
            "id",
            "occurredAt",
            "reason",
            "summary",
            "sentiment",
            "language",
            "from",
            "to",
            "recentTurns",
            "workflowSid",
            "priority",
            "task");

    /** What stands among Agent Connect's attributes for the rep; any other is the developer's own. */
    private static final Set<String> ATTRIBUTES = Set.of("reason", "summary", "sentiment", "language");

    private static final Map<String, List<String>> SPEAKERS = Map.of(
            "caller", List.of("caller", "customer", "user", "human", "client", "guest", "contact", "inbound"),
            "ai",
                    List.of(
                            "ai",
                            "assistant",
                            "agent",
                            "bot",
                            "model",
                            "chatbot",
                            "voicebot",
                            "virtualagent",
                            "aiagent",
                            "outbound"));

    private static final Map<String, List<String>> MOODS = Map.of(
            "negative",
                    List.of(
                            "negative",
                            "neg",
                            "angry",
                            "frustrated",
                            "upset",
                            "annoyed",
                            "unhappy",
                            "dissatisfied",
                            "irritated",
                            "furious",
                            "sad",
                            "worried",
                            "anxious",
                            "disappointed"),
            "neutral", List.of("neutral", "mixed", "calm", "ok", "okay"),
            "positive",
                    List.of("positive", "pos", "happy", "satisfied", "pleased", "friendly", "delighted", "grateful"));

    private final ObjectMapper json;
    private final ObjectReader whole;

    HandoffData(ObjectMapper json) {
        this.json = json;
        this.whole = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The fields of an escalation, as far as the text tells. */
    ObjectNode escalation(String text) {
        return fields(text == null ? "" : text.strip());
    }

    private ObjectNode fields(String text) {
        JsonNode read;
        try {
            read = whole.readTree(text);
        } catch (JsonProcessingException e) {
            return text.startsWith("{") || text.startsWith("[") ? other(json.valueToTree(text)) : reason(text);
        }
        if (read instanceof ObjectNode object) {
            return fields(object);
        }
        if (read.isArray()) {
            return other(read);
        }
        if (read.isTextual()) {
            // Agent Connect sends the payload as text in JSON
            String inner = read.textValue().strip();
            return inner.startsWith("\"") ? reason(inner) : fields(inner);
        }
        return read.isNull() || read.isMissingNode() ? json.createObjectNode() : reason(text);
    }

    private ObjectNode reason(String text) {
        return json.createObjectNode().put("reason", text);
    }

    private ObjectNode other(JsonNode data) {
        ObjectNode fields = json.createObjectNode();
        fields.putObject("customData").set("handoffData", data);
        return fields;
    }

    private ObjectNode fields(ObjectNode data) {
        ObjectNode escalation = json.createObjectNode();
        ObjectNode custom = escalation.putObject("customData");
        if (data.get("customData") instanceof ObjectNode given) {
            custom.setAll(given);
            data.remove("customData");
        }
        if (data.get("attributes") instanceof ObjectNode attributes) {
            data.remove("attributes");
            sort(data, FIELDS, escalation, custom);
            sort(attributes, ATTRIBUTES, escalation, custom);
        } else {
            sort(data, FIELDS, escalation, custom);
        }
        JsonNode mood = escalation.path("sentiment");
        if (mood.isTextual()) {
            escalation.put("sentiment", word(MOODS, mood.textValue()));
        }
        escalation.path("recentTurns").forEach(turn -> {
            if (turn instanceof ObjectNode object && object.path("speaker").isTextual()) {
                object.put("speaker", word(SPEAKERS, object.get("speaker").textValue()));
            }
        });
        return escalation;
    }

    /** The first who gives a field counts, another's goes beside it; what is empty says nothing. */
    private static void sort(ObjectNode data, Set<String> fields, ObjectNode escalation, ObjectNode custom) {
        data.properties().forEach(field -> {
            String name = field.getKey().equals("call_summary") && !data.has("summary") ? "summary" : field.getKey();
            JsonNode value = field.getValue();
            if (fields.contains(name)
                    && (!escalation.has(name) || escalation.get(name).equals(value))) {
                if (!value.isNull()) {
                    escalation.set(name, value);
                }
            } else if (!isEmpty(value)) {
                custom.putIfAbsent(name, value);
            }
        });
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isTextual() && value.textValue().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }

    /** What is usually meant by a word or one of several, {@code very_frustrated}; the text itself when that is not clear. */
    private static String word(Map<String, List<String>> meanings, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        List<String> parts = Arrays.asList(lower.split("[\\s_-]+"));
        if (parts.contains("not")) {
            return text;
        }
        String joined = String.join("", parts);
        return meanings.entrySet().stream()
                .filter(meaning ->
                        meaning.getValue().contains(joined) || parts.stream().anyMatch(meaning.getValue()::contains))
                .map(Map.Entry::getKey)
                .reduce((one, another) -> text)
                .orElse(text);
    }
}
