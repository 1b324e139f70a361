package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources in {@code k8s/camel-k}, held against Camel K's own definitions. */
@EnabledIf(value = Kustomize.CONDITION, disabledReason = Kustomize.MISSING)
class CamelKManifestsTest {

    private final CamelKSchema schema = new CamelKSchema();

    @ParameterizedTest
    @ValueSource(strings = {"self-managed", "managed-sources"})
    void everyOverlayIsWhatCamelKKnows(String overlay) throws IOException {
        List<JsonNode> resources = Kustomize.build("camel-k/" + overlay);

        assertThat(resources)
                .noneMatch(resource -> resource.path("kind").asText().equals("Secret"));
        for (JsonNode resource : resources) {
            if (resource.path("apiVersion").asText().startsWith("camel.apache.org/")) {
                schema.check(resource);
            } else {
                KubernetesSchema.check(resource);
            }
        }
    }

    /** Camel K 2.11 has health on by itself, at its own paths, and no jolokia any more, which its definitions still let pass. */
    @ParameterizedTest
    @ValueSource(strings = {"self-managed", "managed-sources"})
    void healthIsSetAndNoTraitIsLeftThatIsGone(String overlay) throws IOException {
        JsonNode traits = integration(overlay).at("/spec/traits");

        assertThat(traits.at("/health/enabled").asBoolean()).isTrue();
        assertThat(traits.has("jolokia")).isFalse();
        assertThat(traits.has("prometheus")).isFalse();
    }

    @Test
    void aMisspeltTraitIsFound() throws IOException {
        JsonNode integration = integration("self-managed");
        ((ObjectNode) integration.at("/spec/traits/health")).put("livenessPrt", 8081);

        assertThatThrownBy(() -> schema.check(integration)).hasMessageContaining("livenessPrt");
    }

    @Test
    void theSelfManagedPodIsTheOneOfTheDeployment() throws IOException {
        JsonNode traits = integration("self-managed").at("/spec/traits");
        JsonNode deployment = Kustomize.build("spring-boot/cluster").stream()
                .filter(resource -> resource.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        JsonNode health = traits.path("health");

        assertThat(traits.at("/container/image")).isEqualTo(container.get("image"));
        assertThat(traits.at("/container/port")).isEqualTo(container.at("/ports/0/containerPort"));
        assertThat(traits.at("/container/ports/0").asText())
                .isEqualTo(
                        "management;" + container.at("/ports/1/containerPort").asText());
        assertThat(traits.at("/container/limitMemory")).isEqualTo(container.at("/resources/limits/memory"));
        for (String probe : List.of("startup", "liveness", "readiness")) {
            assertThat(health.get(probe + "ProbeEnabled").asBoolean()).isTrue();
            assertThat(health.get(probe + "Probe")).isEqualTo(container.at("/" + probe + "Probe/httpGet/path"));
            assertThat(health.get(probe + "Port")).isEqualTo(container.at("/ports/1/containerPort"));
        }
        assertThat(StreamSupport.stream(traits.at("/environment/vars").spliterator(), false)
                        .map(variable -> variable.asText().replaceFirst("=.*", "")))
                .containsAll(container.get("env").findValuesAsText("name").stream()
                        .filter(name -> name.startsWith("HANDOFF_"))
                        .toList());
    }

    @Test
    void monitoringFindsThePods() throws IOException {
        JsonNode integration = integration("self-managed");
        JsonNode monitor = resource("monitoring", "PodMonitor");
        monitor.at("/spec/selector/matchLabels").properties().forEach(label -> {
            assertThat(integration.path("metadata").path("labels").path(label.getKey()))
                    .isEqualTo(label.getValue());
            assertThat(integration.at("/spec/traits/owner/targetLabels"))
                    .anyMatch(given -> given.asText().equals(label.getKey()));
        });
        assertThat(integration.at("/spec/traits/container/ports/0").asText())
                .startsWith(monitor.at("/spec/podMetricsEndpoints/0/port").asText() + ";");
    }

    private static JsonNode integration(String overlay) throws IOException {
        return resource("camel-k/" + overlay, "Integration");
    }

    private static JsonNode resource(String folder, String kind) throws IOException {
        return Kustomize.build(folder).stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
