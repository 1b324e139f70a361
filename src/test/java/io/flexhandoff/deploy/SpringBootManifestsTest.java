package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.support.HandoffTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** What a platform team asks of the manifests in {@code k8s/spring-boot}, and what the application must have for it. */
@HandoffTest
@EnabledIf(value = Kustomize.CONDITION, disabledReason = Kustomize.MISSING)
class SpringBootManifestsTest {

    private static final JsonNode SETTINGS = settings();

    @LocalManagementPort
    private int managementPort;

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "cluster", "cluster-keda"})
    void everyOverlayIsWhatKubernetesKnowsAndHoldsNoSecret(String overlay) throws IOException {
        List<JsonNode> resources = overlay(overlay);

        assertThat(resources).hasSizeGreaterThan(4);
        resources.forEach(resource -> {
            if (resource.path("apiVersion").asText().startsWith("keda.sh/")) {
                KedaSchema.check(resource);
            } else {
                KubernetesSchema.check(resource);
            }
        });
        assertThat(resources)
                .noneMatch(resource -> resource.path("kind").asText().equals("Secret"));
    }

    @Test
    void aMisspeltFieldIsFound() throws IOException {
        JsonNode deployment = only(overlay("embedded"), "Deployment").deepCopy();
        ((ObjectNode) container(deployment).at("/livenessProbe/httpGet")).put("pth", "/");

        assertThatThrownBy(() -> KubernetesSchema.check(deployment)).hasMessageContaining("pth");

        JsonNode behavior = only(overlay("cluster-keda"), "ScaledObject").deepCopy();
        ((ObjectNode) behavior.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown"))
                .put("stabilizationWindow", 300);
        assertThatThrownBy(() -> KedaSchema.check(behavior)).hasMessageContaining("stabilizationWindow");

        JsonNode trigger = only(overlay("cluster-keda"), "ScaledObject").deepCopy();
        ((ObjectNode) trigger.at("/spec/triggers/0/metadata")).put("ignoreNullValue", "false");
        assertThatThrownBy(() -> KedaSchema.check(trigger)).hasMessageContaining("ignoreNullValue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "cluster", "cluster-keda"})
    void thePodHasNoMoreRightsThanItNeeds(String overlay) throws IOException {
        JsonNode pod = only(overlay(overlay), "Deployment").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.get("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isGreaterThan(1000);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(pod.at("/containers/0/resources/limits/memory"))
                .isEqualTo(pod.at("/containers/0/resources/requests/memory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "cluster", "cluster-keda"})
    void everySelectorFindsThePodAndEveryPortIsOneOfIts(String overlay) throws IOException {
        List<JsonNode> resources = overlay(overlay);
        JsonNode template = only(resources, "Deployment").at("/spec/template");
        JsonNode labels = template.at("/metadata/labels");
        Set<String> ports = texts(template.at("/spec/containers/0/ports"), "name");

        assertThat(only(resources, "Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(only(resources, "NetworkPolicy").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        all(resources, "PodDisruptionBudget").forEach(budget -> assertThat(budget.at("/spec/selector/matchLabels"))
                .isEqualTo(labels));
        assertThat(ports).containsAll(texts(only(resources, "Service").at("/spec/ports"), "targetPort"));
        only(resources, "NetworkPolicy").at("/spec/ingress").forEach(rule -> assertThat(ports)
                .containsAll(texts(rule.get("ports"), "port")));
        assertThat(only(resources, "ServiceAccount").at("/metadata/name"))
                .isEqualTo(template.at("/spec/serviceAccountName"));
    }

    @Test
    void theProbesAskForWhatTheApplicationServes() throws IOException {
        JsonNode container = container(only(overlay("embedded"), "Deployment"));

        assertThat(port(container, "api"))
                .isEqualTo(SETTINGS.at("/handoff/http/port").asInt());
        assertThat(port(container, "management"))
                .isEqualTo(SETTINGS.at("/handoff/management/port").asInt());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode request = container.path(probe).path("httpGet");
            assertThat(request.path("port").asText()).isEqualTo("management");
            assertThat(get(request.path("path").asText())).isEqualTo(200);
        }
        assertThat(get("/actuator/health/no-such-group")).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "cluster"})
    void everyVariableIsASetting(String overlay) throws IOException {
        Set<String> known = Defaults.load().stringPropertyNames().stream()
                .map(name -> name.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(texts(container(only(overlay(overlay), "Deployment")).path("env"), "name"))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void theOldPodHasTheTimeItTakesToStop() throws IOException {
        JsonNode pod = only(overlay("cluster"), "Deployment").at("/spec/template/spec");
        int until = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt()
                + 2 * SETTINGS.at("/camel/main/shutdown-timeout").asInt();

        assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThan(until);
    }

    @Test
    void theEmbeddedBrokerHasOneOwnerAtATime() throws IOException {
        List<JsonNode> resources = overlay("embedded");
        JsonNode deployment = only(resources, "Deployment");

        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(texts(deployment.at("/spec/template/spec/volumes"), "name")).contains("data");
        assertThat(all(resources, "PodDisruptionBudget")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "cluster-keda"})
    void aRollingUpdateTakesNoPodAwayBeforeTheNextIsReady(String overlay) throws IOException {
        List<JsonNode> resources = overlay(overlay);
        JsonNode deployment = only(resources, "Deployment");

        assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        assertThat(deployment.at("/spec/replicas").isMissingNode())
                .as("the autoscaler's own")
                .isTrue();
        assertThat(only(resources, "PodDisruptionBudget")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void oneAutoscalerAtATimeScalesTheDeployment() throws IOException {
        JsonNode autoscaler = only(overlay("cluster"), "HorizontalPodAutoscaler");
        JsonNode keda = only(overlay("cluster-keda"), "ScaledObject");

        assertThat(autoscaler.at("/spec/scaleTargetRef/name").asText()).isEqualTo("flex-handoff");
        assertThat(autoscaler.at("/spec/minReplicas").asInt()).isGreaterThan(1);
        assertThat(keda.at("/spec/scaleTargetRef/name").asText()).isEqualTo("flex-handoff");
        assertThat(keda.at("/spec/minReplicaCount").asInt()).isGreaterThan(1);
        assertThat(all(overlay("cluster-keda"), "HorizontalPodAutoscaler")).isEmpty();
        assertThat(keda.at("/spec/triggers/0/metadata/threshold").asInt())
                .as("what one pod works on at once")
                .isEqualTo(SETTINGS.at("/handoff/events/workers").asInt());
        assertThat(keda.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"))
                .isEqualTo(autoscaler.at("/spec/behavior"));
    }

    @Test
    void theImageIsThisVersions() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>"
                        + container(only(overlay("embedded"), "Deployment"))
                                .path("image")
                                .asText()
                                .replace("flex-handoff:", "")
                        + "</version>");
    }

    /** By the overlay that k8s/README.md shows. */
    @Test
    void anOverlayNamesTheImageByItsDigestAndWhereBrokerAndDatabaseAre() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "overlay");
        List<String> shown = yamlOf(Path.of("k8s/README.md"));
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                shown.get(0).replaceAll("https://git.example.com/flex-handoff//(\\S+)\\?ref=main", "../../../$1")
                        + shown.get(1));
        Files.writeString(folder.resolve("crm-lookup.camel.yaml"), "[]");

        List<JsonNode> resources = Kustomize.build("../" + folder);

        assertThat(container(only(resources, "Deployment")).path("image").asText())
                .matches("registry\\.example\\.com/flex-handoff@sha256:[0-9a-f]{64}");
        JsonNode ways = only(resources, "NetworkPolicy").at("/spec/egress");
        assertThat(ways.at("/2/ports/0/port").asInt()).isEqualTo(61617);
        assertThat(ways.at("/2/to/0/ipBlock/cidr").asText()).isEqualTo("10.20.0.0/24");
        assertThat(ways.at("/3/ports/0/port").asInt()).isEqualTo(5432);
        assertThat(ways.at("/3/to/0/ipBlock/cidr").asText()).isEqualTo("10.30.0.7/32");
        KubernetesSchema.check(only(resources, "NetworkPolicy"));
    }

    private static List<String> yamlOf(Path page) throws IOException {
        return Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Whoever gets into the process is to reach nothing else from there. */
    @ParameterizedTest
    @ValueSource(strings = {"embedded", "cluster", "cluster-keda"})
    void everyWayOutNamesWhereItLeads(String overlay) throws IOException {
        JsonNode ways = only(overlay(overlay), "NetworkPolicy").at("/spec/egress");

        assertThat(stream(ways).map(way -> texts(way.get("ports"), "port")).toList())
                .containsExactlyElementsOf(
                        overlay.equals("embedded")
                                ? List.of(Set.of("53"), Set.of("443"))
                                : List.of(Set.of("53"), Set.of("443"), Set.of("61617"), Set.of("5432")));
        ways.forEach(way -> {
            assertThat(way.path("to")).isNotEmpty();
            way.path("to").forEach(target -> assertThat(target.has("ipBlock")
                            || !target.at("/podSelector/matchLabels").isEmpty())
                    .as(target.toString())
                    .isTrue());
        });
        assertThat(ways.at("/1/to/0/ipBlock/except").toString())
                .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
    }

    private int get(String path) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> overlay(String name) throws IOException {
        return Kustomize.build("spring-boot/" + name);
    }

    private static JsonNode settings() {
        try {
            return new YAMLMapper().readTree(Path.of("config/application.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port(JsonNode container, String name) {
        return stream(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static JsonNode only(List<JsonNode> resources, String kind) {
        List<JsonNode> found = all(resources, kind);
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> all(List<JsonNode> resources, String kind) {
        return resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .toList();
    }

    private static Set<String> texts(JsonNode list, String field) {
        return stream(list).map(item -> item.path(field).asText()).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
