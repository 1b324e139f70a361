package io.flexhandoff.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * The text that an application ends a ConversationRelay session with, as the fields of an escalation. Three forms are
 * understood; a caller waits, so whatever else it says is no failure.
 *
 * <ul>
 *   <li>an escalation as the API takes it, {@code id} and {@code occurredAt} optional
 *   <li>Twilio Agent Connect's {@code HandoffPayload}: {@code conversationId}, {@code storeId}, {@code profileId} and
 *       {@code attributes} with the reason and what the developer added (twilio-agent-connect, {@code types/handoff.ts})
 *   <li>its predecessor: {@code reason}, {@code call_summary}, {@code sentiment}
 * </ul>
 */
final class HandoffData {

    /** Of Agent Connect: what the native summary card of Flex may look for, so it goes on the task by these names. */
    private static final Set<String> PAYLOAD_IDS = Set.of("conversationId", "storeId", "profileId");

    private final ObjectMapper json;

    HandoffData(ObjectMapper json) {
        this.json = json;
    }

    /** The fields of an escalation, none when the text is not a JSON object. */
    ObjectNode escalation(String text) {
        return object(text).map(this::escalation).orElseGet(json::createObjectNode);
    }

    private ObjectNode escalation(ObjectNode data) {
        if (data.has("attributes") || PAYLOAD_IDS.stream().anyMatch(data::has)) {
            return fromAgentConnect(data);
        }
        if (data.has("call_summary") && !data.has("summary")) {
            data.set("summary", data.remove("call_summary"));
        }
        return data;
    }

    private ObjectNode fromAgentConnect(ObjectNode data) {
        ObjectNode custom = json.createObjectNode();
        PAYLOAD_IDS.stream()
                .sorted()
                .filter(name -> !data.path(name).asText().isBlank())
                .forEach(name -> custom.set(name, data.get(name)));
        ObjectNode escalation = json.createObjectNode();
        data.path("attributes").properties().forEach(attribute -> {
            if (Set.of("reason", "summary", "sentiment", "language").contains(attribute.getKey())) {
                escalation.set(attribute.getKey(), attribute.getValue());
            } else {
                custom.set(attribute.getKey(), attribute.getValue());
            }
        });
        escalation.set("customData", custom);
        return escalation;
    }

    private Optional<ObjectNode> object(String text) {
        try {
            JsonNode read = json.readTree(text == null ? "" : text);
            // Agent Connect sends the payload as text in JSON
            JsonNode inner = read.isTextual() ? json.readTree(read.textValue()) : read;
            return inner instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
