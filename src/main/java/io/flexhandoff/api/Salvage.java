package io.flexhandoff.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.List;

/** What the contract allows of one escalation: each part is judged by itself, so that none takes others with it. */
final class Salvage {

    private final ObjectMapper json;
    private final JsonSchema escalation;
    private final JsonSchema segment;
    private final KnownFields known;
    private final List<String> leftOut = new ArrayList<>();

    Salvage(ObjectMapper json, JsonSchema escalation, JsonSchema segment, KnownFields known) {
        this.json = json;
        this.escalation = escalation;
        this.segment = segment;
        this.known = known;
    }

    Taken<Escalation> escalation(ObjectNode fields, ObjectNode defaults) {
        ObjectNode kept = json.createObjectNode();
        JsonNode whole = WholeText.of(fields);
        leftOut.addAll(known.keepIn(whole));
        whole.properties().forEach(field -> keep(kept, field.getKey(), field.getValue()));
        defaults.properties().stream()
                .filter(field -> !kept.has(field.getKey()))
                .forEach(field -> keep(kept, field.getKey(), field.getValue()));
        return new Taken<>(json.convertValue(kept, Escalation.class), List.copyOf(leftOut));
    }

    private void keep(ObjectNode kept, String name, JsonNode value) {
        switch (name) {
            case "task" -> leftOut.add("task: is not taken from here");
            case "customData" -> kept.set(name, customData(value));
            case "recentTurns" -> kept.set(name, turns(value));
            case "reason", "summary" -> keepIfAllowed(kept, name, cut(escalation, name, name, value));
            default -> keepIfAllowed(kept, name, value);
        }
    }

    private void keepIfAllowed(ObjectNode kept, String name, JsonNode value) {
        ObjectNode alone = json.createObjectNode().set(name, value);
        String wrong = wrong(alone);
        if (wrong == null) {
            kept.setAll(alone);
        } else {
            leftOut.add(wrong);
        }
    }

    private ObjectNode customData(JsonNode custom) {
        ObjectNode kept = json.createObjectNode();
        custom.properties().forEach(field -> {
            String name = KnownFields.shown(field.getKey());
            try {
                Contract.checkValues("customData." + name, field.getValue());
                kept.set(field.getKey(), field.getValue());
            } catch (Problem e) {
                leftOut.add(e.getMessage());
            }
        });
        return kept;
    }

    /** The good ones among the turns, the last when there are too many. */
    private ArrayNode turns(JsonNode turns) {
        ArrayNode kept = json.createArrayNode();
        if (!turns.isArray()) {
            leftOut.add("recentTurns: must be an array");
            return kept;
        }
        int most = limit(escalation, "recentTurns", "maxItems");
        int first = Math.max(0, turns.size() - most);
        if (first > 0) {
            leftOut.add("recentTurns: the first " + first + ", more than " + most);
        }
        for (int i = first; i < turns.size(); i++) {
            String path = "recentTurns[" + i + "]";
            JsonNode turn = turns.get(i);
            if (turn instanceof ObjectNode object && object.has("text")) {
                object.set("text", cut(segment, "text", path + ".text", object.get("text")));
            }
            String wrong = wrong(json.createObjectNode()
                    .set("recentTurns", json.createArrayNode().add(turn)));
            if (wrong == null) {
                kept.add(turn);
            } else {
                leftOut.add(wrong.replace("recentTurns[0]", path));
            }
        }
        return kept;
    }

    private JsonNode cut(JsonSchema schema, String name, String path, JsonNode value) {
        int limit = limit(schema, name, "maxLength");
        if (!value.isTextual() || value.textValue().length() <= limit) {
            return value;
        }
        leftOut.add(path + ": cut to " + limit + " characters");
        return json.getNodeFactory().textNode(TextParts.cut(value.textValue(), limit));
    }

    private static int limit(JsonSchema schema, String name, String keyword) {
        return schema.getSchemaNode().at("/properties/" + name + "/" + keyword).intValue();
    }

    /** What is wrong with the only field of an object, {@code null} for nothing. */
    private String wrong(ObjectNode alone) {
        String notAllowed = escalation.validate(alone).stream()
                .filter(error -> error.getInstanceLocation().getNameCount() > 0)
                .map(Contract::describe)
                .findFirst()
                .orElse(null);
        if (notAllowed != null) {
            return notAllowed;
        }
        try {
            Contract.checkValues("", alone);
            Contract.mendNumbers(alone);
            json.treeToValue(alone, Escalation.class);
            return null;
        } catch (Problem e) {
            return e.getMessage();
        } catch (JsonMappingException e) {
            return Contract.describe(e);
        } catch (JsonProcessingException e) {
            return alone.fieldNames().next() + ": is of a form that is not understood";
        }
    }
}
