package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One of Twilio's OpenAPI documents, to hold requests and answers against. */
final class TwilioDocument {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "string", String.class,
            "integer", Number.class,
            "boolean", Boolean.class,
            "array", JsonArray.class,
            "object", JsonObject.class);
    private static final Map<String, String> FORMATS = Map.of(
            "date-time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ",
            "date-time-rfc-2822", "\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000");

    private final JsonObject paths;
    private final JsonObject schemas;

    TwilioDocument(Path file) throws IOException {
        JsonObject document = new JsonObject(Files.readString(file));
        this.paths = document.getJsonObject("paths");
        this.schemas = document.getJsonObject("components").getJsonObject("schemas");
    }

    /** Checks that the operation is documented, with these parameters. */
    void checkRequest(String method, String path, List<String> parameters) {
        JsonObject operation = paths.stream()
                .filter(documented ->
                        path.matches(documented.getKey().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+")))
                .map(documented -> ((JsonObject) documented.getValue()).getJsonObject(method))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not documented"));
        Set<String> documented = new HashSet<>();
        operation
                .getJsonArray("parameters", new JsonArray())
                .forEach(parameter -> documented.add(((JsonObject) parameter).getString("name")));
        documented.addAll(operation
                .getJsonObject("requestBody", new JsonObject())
                .getJsonObject("content", new JsonObject())
                .getJsonObject("application/x-www-form-urlencoded", new JsonObject())
                .getJsonObject("schema", new JsonObject())
                .getJsonObject("properties", new JsonObject())
                .fieldNames());
        assertThat(documented).as(method + " " + path).containsAll(parameters);
    }

    /** Checks that an answer has exactly the documented fields, each of its type and format. */
    void checkAnswer(String schema, JsonObject resource) {
        JsonObject properties = schemas.getJsonObject(schema).getJsonObject("properties");
        assertThat(resource.fieldNames()).as(schema).isEqualTo(properties.fieldNames());
        for (String field : properties.fieldNames()) {
            checkValue(schema + "." + field, properties.getJsonObject(field), resource.getValue(field));
        }
    }

    private void checkValue(String name, JsonObject property, Object value) {
        if (property.containsKey("$ref")) {
            String type = property.getString("$ref").replaceFirst(".*/", "");
            assertThat(schemas.getJsonObject(type).getJsonArray("enum").stream())
                    .as(name)
                    .contains(value);
        } else if (value == null) {
            assertThat(property.getBoolean("nullable", false))
                    .as(name + " is null")
                    .isTrue();
        } else {
            assertThat(value).as(name).isInstanceOf(TYPES.getOrDefault(property.getString("type", ""), Object.class));
            for (String pattern :
                    new String[] {property.getString("pattern"), FORMATS.get(property.getString("format", ""))}) {
                assertThat(value.toString()).as(name).matches(pattern == null ? "(?s).*" : pattern);
            }
        }
    }
}
