package io.flexhandoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression of {@code k8s} that Prometheus is asked.
 *
 * @param shown the texts in which its labels stand
 */
record Watched(String name, String expression, String shown) {

    private static final Path FOLDER = Path.of("k8s", "monitoring");

    /** The alert rules; each says what it is about and what to do. */
    static List<Watched> alerts() throws IOException {
        List<Watched> alerts = new ArrayList<>();
        for (JsonNode group : new YAMLMapper()
                .readTree(FOLDER.resolve("alerts.yaml").toFile())
                .at("/spec/groups")) {
            for (JsonNode rule : group.get("rules")) {
                JsonNode says = rule.get("annotations");
                assertThat(says.path("summary").asText()).isNotBlank();
                assertThat(says.path("description").asText()).isNotBlank();
                assertThat(says.path("runbook").asText()).isNotBlank();
                assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
                alerts.add(
                        new Watched(rule.get("alert").asText(), rule.get("expr").asText(), says.toString()));
            }
        }
        return alerts;
    }

    /** What KEDA scales on; the namespace is Prometheus' to add. */
    static Watched autoscaler() throws IOException {
        JsonNode trigger = new YAMLMapper()
                .readTree(Path.of("k8s", "spring-boot", "cluster-keda", "scaled-object.yaml")
                        .toFile())
                .at("/spec/triggers/0/metadata");
        return new Watched("KEDA", trigger.get("query").asText().replaceAll("namespace=\"[^\"]*\"", ""), "");
    }

    /** The queries of the dashboard's panels. */
    static List<Watched> panels() throws IOException {
        List<Watched> panels = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper()
                .readTree(FOLDER.resolve("dashboard.json").toFile())
                .get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                panels.add(new Watched(
                        panel.get("title").asText(),
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
        }
        return panels;
    }
}
