package io.flexhandoff.flex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.taskrouter.TaskView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the attributes of a call's task flat, for the AI to read. Bound as {@code flexAttributes}.
 *
 * <p>Attribute {@code a} becomes {@code flex_a}; nested names are joined with {@code _}, an array becomes its JSON text, an
 * attribute that is null is left out. Every character that a workflow expression cannot name, such as {@code -}, becomes
 * {@code _}. When two come to the same name, the one that has it unchanged keeps it, otherwise the first.
 */
public final class FlexAttributes {

    private static final String PREFIX = "flex_";

    private final ObjectMapper json;

    public FlexAttributes(ObjectMapper json) {
        this.json = json;
    }

    /** @param path such as {@code address.street} */
    private record Leaf(String path, Object value) {

        String flatName() {
            return PREFIX + path.replaceAll("[^A-Za-z0-9_]", "_");
        }

        boolean isUnchanged() {
            return flatName().equals(PREFIX + path);
        }
    }

    /** @param task {@code null} when the call has none: then there is nothing to read */
    public FlexData read(TaskView task) {
        List<Leaf> leaves = new ArrayList<>();
        if (task != null) {
            collect("", task.attributes(), leaves);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> clashes = new ArrayList<>();
        leaves.stream().filter(Leaf::isUnchanged).forEach(leaf -> values.put(leaf.flatName(), leaf.value()));
        for (Leaf leaf : leaves) {
            if (!leaf.isUnchanged() && values.putIfAbsent(leaf.flatName(), leaf.value()) != null) {
                clashes.add(leaf.path());
            }
        }
        return new FlexData(values, clashes);
    }

    /** The clashes as the value of a header, URL-encoded where a header takes no such character. */
    public String header(FlexData data) {
        return data.clashes().stream()
                .map(path -> URLEncoder.encode(path, StandardCharsets.UTF_8))
                .collect(Collectors.joining(", "));
    }

    private void collect(String parent, Map<?, ?> attributes, List<Leaf> leaves) {
        attributes.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                collect(parent + name + ".", nested, leaves);
            } else if (value != null) {
                leaves.add(new Leaf(parent + name, value instanceof Collection<?> array ? text(array) : value));
            }
        });
    }

    private String text(Collection<?> array) {
        try {
            return json.writeValueAsString(array);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an array of the task cannot be written as JSON", e);
        }
    }
}
