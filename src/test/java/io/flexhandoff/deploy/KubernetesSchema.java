package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;

/**
 * Holds a resource against the API that Kubernetes publishes. A field that it does not know is a failure, which the API
 * server itself would drop without a word, and so is a required field that is missing.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private KubernetesSchema() {}

    static void check(JsonNode resource) {
        check(name(resource), resource);
    }

    /** @param model a type of the API, such as {@code V1PodSpec} */
    static void check(String model, JsonNode value) {
        assertThatCode(() -> {
                    Method validate = Class.forName(MODELS + model).getMethod("validateJsonElement", JsonElement.class);
                    try {
                        validate.invoke(null, JsonParser.parseString(value.toString()));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })
                .as(model + " " + value.at("/metadata/name").asText())
                .doesNotThrowAnyException();
    }

    private static String name(JsonNode resource) {
        String apiVersion = resource.path("apiVersion").asText();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return version.substring(0, 1).toUpperCase(Locale.ROOT)
                + version.substring(1)
                + resource.path("kind").asText();
    }
}
