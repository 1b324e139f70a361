package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Holds a ScaledObject of KEDA against what its documentation knows. */
final class KedaSchema {

    private static final JsonSchema SCHEMA = read();

    private KedaSchema() {}

    static void check(JsonNode scaledObject) {
        assertThat(SCHEMA.validate(scaledObject)).isEmpty();
        KubernetesSchema.check(
                "V2HorizontalPodAutoscalerBehavior",
                scaledObject.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"));
    }

    private static JsonSchema read() {
        try (InputStream file = KedaSchema.class.getResourceAsStream("/deploy/scaled-object.schema.yaml")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(new YAMLMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
