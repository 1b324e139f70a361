package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route is valid against the schema that Camel publishes, so that Kaoto and editors underline nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteSchemaTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonSchema schema = schema();

    private static JsonSchema schema() {
        try (InputStream file = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Path> routes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isValid(Path file) throws IOException {
        assertThat(schema.validate(YAML.readTree(file.toFile()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletsTemplateIsValid(Path file) throws IOException {
        JsonNode template = YAML.readTree(file.toFile()).at("/spec/template");
        JsonNode route = YAML.createArrayNode()
                .add(YAML.createObjectNode()
                        .set("route", YAML.createObjectNode().set("from", template.get("from"))));
        assertThat(schema.validate(route)).isEmpty();
    }

    private static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes", "kamelets"))) {
            return files.filter(file -> file.toString().endsWith(".kamelet.yaml")).toList().stream();
        }
    }
}
