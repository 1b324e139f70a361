package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Camel K's custom resource definitions, made strict: a field that they do not know is a failure, which the API server
 * would drop without a word.
 */
final class CamelKSchema {

    private final List<JsonNode> definitions;

    CamelKSchema() {
        try (InputStream file = CamelKSchema.class.getResourceAsStream("/deploy/camel-k.crds.yaml")) {
            YAMLMapper yaml = new YAMLMapper();
            definitions =
                    yaml.readerFor(JsonNode.class).<JsonNode>readValues(file).readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(JsonNode resource) {
        String kind = resource.path("kind").asText();
        JsonNode version = definitions.stream()
                .filter(definition -> definition.at("/spec/names/kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is none of Camel K's"))
                .at("/spec/versions/0");
        assertThat(resource.path("apiVersion").asText())
                .isEqualTo("camel.apache.org/" + version.path("name").asText());
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(strict(version.at("/schema/openAPIV3Schema").deepCopy()));
        assertThat(schema.validate(resource))
                .as(kind + " " + resource.at("/metadata/name").asText())
                .isEmpty();
    }

    private static JsonNode strict(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(CamelKSchema::strict);
        return schema;
    }
}
