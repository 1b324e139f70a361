package io.flexhandoff.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the manifests as {@code kubectl apply -k} would. Needs kubectl 1.27 or newer on the path; without it the tests
 * are skipped, or fail when {@code HANDOFF_KUBECTL_REQUIRED} is {@code true} (environment or system property).
 */
final class Kustomize {

    /** For {@code @EnabledIf}. */
    static final String CONDITION = "io.flexhandoff.deploy.Kustomize#isHereOrIsRequired";

    static final String MISSING = "there is no kubectl on the path";

    private static final Logger LOG = LoggerFactory.getLogger(Kustomize.class);

    private Kustomize() {}

    static boolean isHereOrIsRequired() {
        String name = "HANDOFF_KUBECTL_REQUIRED";
        if (Boolean.parseBoolean(System.getProperty(name, System.getenv(name)))) {
            return true;
        }
        try {
            run("kubectl", "version", "--client");
            return true;
        } catch (IOException e) {
            LOG.warn("{}: the manifests in k8s/ are not tested", MISSING);
            return false;
        }
    }

    /** The resources of an overlay. @param folder below {@code k8s/} */
    static List<JsonNode> build(String folder) throws IOException {
        String built =
                run("kubectl", "kustomize", Path.of("k8s").resolve(folder).toString());
        YAMLMapper yaml = new YAMLMapper();
        return yaml.readerFor(JsonNode.class).<JsonNode>readValues(built).readAll();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output;
    }
}
