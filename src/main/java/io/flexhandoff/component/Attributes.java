package io.flexhandoff.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes that Twilio keeps with its resources: a JSON object, sent and received as text. */
public final class Attributes {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Attributes() {}

    /**
     * Reads attributes; nothing, as Twilio gives it in some lists, is an empty map.
     *
     * @throws IllegalArgumentException if the text is not a JSON object; the text is not repeated
     */
    public static Map<String, Object> read(String json) {
        if (json == null || json.isBlank()) {
            return new LinkedHashMap<>();
        }
        try {
            Map<String, Object> attributes =
                    JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
            if (attributes != null) {
                return attributes;
            }
        } catch (JsonProcessingException e) {
            // its message may repeat the text
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /** @throws IllegalArgumentException if a value has no form in JSON */
    public static String write(Map<?, ?> attributes) {
        try {
            return JSON.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object");
        }
    }

    /**
     * The changes laid over the present attributes: objects are merged key by key, at every depth; arrays and plain
     * values, {@code null} included, replace what was there. No key is ever dropped.
     */
    public static Map<String, Object> merge(Map<?, ?> present, Map<?, ?> changes) {
        Map<String, Object> merged = new LinkedHashMap<>();
        present.forEach((key, value) -> merged.put(key.toString(), value));
        changes.forEach((key, value) -> {
            boolean objects = value instanceof Map && merged.get(key.toString()) instanceof Map;
            merged.put(
                    key.toString(), objects ? merge((Map<?, ?>) merged.get(key.toString()), (Map<?, ?>) value) : value);
        });
        return merged;
    }
}
