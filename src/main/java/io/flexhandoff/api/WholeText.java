package io.flexhandoff.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * JSON whose texts can be written anywhere. Half a surrogate pair, which a careless cut of an emoji leaves, has no form in UTF-8, and
 * U+FFFE and U+FFFF have none in XML, U+0000 none in PostgreSQL either: each becomes U+FFFD, since no handoff is refused for it.
 */
final class WholeText {

    private static final Pattern NO_CHARACTER = Pattern.compile("[\\x{0}\\x{D800}-\\x{DFFF}\\x{FFFE}\\x{FFFF}]");
    private static final String REPLACEMENT = "\uFFFD";

    private WholeText() {}

    /** The same with every text and name whole. */
    static JsonNode of(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(of(node.textValue()));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode whole = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> whole.add(of(element)));
            return whole;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> whole.set(of(field.getKey()), of(field.getValue())));
            return whole;
        }
        return node;
    }

    static String of(String text) {
        return NO_CHARACTER.matcher(text).replaceAll(REPLACEMENT);
    }
}
