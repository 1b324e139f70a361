package io.flexhandoff.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The fields that a schema of the contract names, at every depth. Where it takes any, as in custom data, nothing is known or unknown. */
final class KnownFields {

    /** Of a name that somebody else chose. */
    private static final int NAME_LIMIT = 64;

    private static final int SHOWN = 20;

    private final Map<String, KnownFields> fields = new HashMap<>();
    private final boolean any;

    /** @param resolved a schema that is a reference as what it refers to */
    KnownFields(JsonNode schema, UnaryOperator<JsonNode> resolved) {
        JsonNode properties = schema.path("properties");
        this.any = properties.isMissingNode();
        properties.properties().forEach(field -> {
            JsonNode value = resolved.apply(field.getValue());
            JsonNode items = value.path("items");
            fields.put(
                    field.getKey(), new KnownFields(items.isMissingNode() ? value : resolved.apply(items), resolved));
        });
    }

    /**
     * Takes out of a request what says nothing: fields that are {@code null}, which is how many serializers write "not given",
     * and fields that the contract does not have.
     *
     * @return what the sender should know of the latter, each kind of field once
     */
    List<String> keepIn(JsonNode request) {
        Map<String, Unknown> unknown = new LinkedHashMap<>();
        keepIn(request, "", "", unknown);
        List<String> warnings = new ArrayList<>();
        unknown.values().stream().limit(SHOWN).forEach(field -> warnings.add(field.warning()));
        if (unknown.size() > SHOWN) {
            warnings.add("and " + (unknown.size() - SHOWN) + " more fields that the contract does not have");
        }
        return warnings;
    }

    private void keepIn(JsonNode node, String path, String kind, Map<String, Unknown> unknown) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            keepIn(node.get(i), path + "[" + i + "]", kind, unknown);
        }
        if (any || !(node instanceof ObjectNode object)) {
            return;
        }
        String parent = path.isEmpty() ? "" : path + ".";
        for (Iterator<Map.Entry<String, JsonNode>> each = object.properties().iterator(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            KnownFields known = fields.get(field.getKey());
            if (known == null) {
                unknown.computeIfAbsent(
                                kind + "." + field.getKey(), first -> new Unknown(parent + shown(field.getKey())))
                        .count++;
                each.remove();
            } else if (field.getValue().isNull()) {
                each.remove();
            } else {
                known.keepIn(field.getValue(), parent + field.getKey(), kind + "." + field.getKey(), unknown);
            }
        }
    }

    /** A name that somebody else chose, fit to be repeated. */
    static String shown(String name) {
        return TextParts.cut(WholeText.of(name).replaceAll("\\p{Cntrl}", "?"), NAME_LIMIT);
    }

    private static final class Unknown {

        private final String path;
        private int count;

        private Unknown(String path) {
            this.path = path;
        }

        private String warning() {
            return path + ": is no field of the contract, and says nothing here"
                    + (count > 1 ? "; nor do " + (count - 1) + " more like it" : "");
        }
    }
}
