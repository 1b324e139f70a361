package io.flexhandoff.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The Integration of {@code k8s/camel-k/managed-sources}: its sources are all of {@code routes/}, and with its
 * dependencies and properties, and none else, they hand a call over. The lists of files are written anew by {@code mvn -q
 * test -Dtest=ManagedSourcesTest -Dhandoff.write=true}.
 */
class ManagedSourcesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final Path GENERATOR = ROUTES.resolve("kustomization.yaml");
    private static final Path SOURCES = Path.of("k8s", "camel-k", "managed-sources", "sources.yaml");
    private static final String WRITTEN = "# Written by: mvn -q test -Dtest=ManagedSourcesTest -Dhandoff.write=true\n";
    private static final String COMMON = "common";

    /** What every Integration has, whatever it declares. */
    private static final Set<String> RUNTIME =
            Set.of("camel-core-languages", "camel-main", "camel-management", "camel-yaml-dsl");

    @Test
    void everyRouteFileIsASource() throws IOException {
        same(GENERATOR, generator());
        same(SOURCES, sources());
    }

    @Test
    @EnabledIf(value = Kustomize.CONDITION, disabledReason = Kustomize.MISSING)
    void theSourcesHandACallOverWithTheDeclaredDependenciesAlone() throws IOException {
        List<JsonNode> resources = Kustomize.build("camel-k/managed-sources");
        JsonNode integration = only(resources, "Integration");
        Path folder = TemporaryDataDir.create().toAbsolutePath();
        for (JsonNode source : integration.at("/spec/sources")) {
            JsonNode configMap = resources.stream()
                    .filter(resource -> resource.at("/metadata/name").equals(source.get("contentRef")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + source.get("contentRef")));
            Files.writeString(
                    folder.resolve(source.get("name").asText()),
                    configMap.get("data").get(source.get("contentKey").asText()).asText());
        }
        List<String> java = new ArrayList<>(List.of(
                "-cp", classPath(integration), "-Dcamel.main.routesIncludePattern=file:" + folder + "/*.camel.yaml"));
        integration.at("/spec/traits/camel/properties").forEach(property -> java.add("-D" + property.asText()));
        java.add(Main.class.getName());

        try (HandoffProcess application = new HandoffProcess(java.toArray(String[]::new))) {
            application.handOver();
        }
    }

    private static void same(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("handoff.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    /** Route files by their folder. */
    private static TreeMap<String, List<Path>> routeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(ROUTES::relativize)
                    .sorted()
                    .collect(Collectors.groupingBy(ManagedSourcesTest::folder, TreeMap::new, Collectors.toList()));
        }
    }

    private static String folder(Path file) {
        return file.getParent() == null ? COMMON : file.getParent().toString().replace(File.separatorChar, '-');
    }

    private static String generator() throws IOException {
        StringBuilder text = new StringBuilder(WRITTEN)
                .append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n");
        try (Stream<Path> kamelets = Files.list(ROUTES.resolve("kamelets"))) {
            kamelets.map(Path::getFileName).sorted().forEach(kamelet -> text.append("  - kamelets/")
                    .append(kamelet)
                    .append('\n'));
        }
        text.append("configMapGenerator:\n");
        routeFiles().forEach((folder, files) -> {
            text.append("  - name: flex-handoff-routes-").append(folder).append("\n    files:\n");
            files.forEach(file -> text.append("      - ").append(file).append('\n'));
        });
        return text.toString();
    }

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder(WRITTEN)
                .append("apiVersion: camel.apache.org/v1\nkind: Integration\nmetadata:\n  name: flex-handoff\nspec:\n")
                .append("  sources:\n");
        routeFiles()
                .forEach((folder, files) -> files.forEach(file -> text.append("    - name: ")
                        .append(folder)
                        .append('-')
                        .append(file.getFileName())
                        .append("\n      contentRef: flex-handoff-routes-")
                        .append(folder)
                        .append("\n      contentKey: ")
                        .append(file.getFileName())
                        .append('\n')));
        return text.toString();
    }

    /** This build's, without Spring Boot and without the Camel components that the Integration does not name. */
    private static String classPath(JsonNode integration) throws IOException {
        Set<String> missing = new TreeSet<>();
        missing.addAll(camelComponentsOfThePom());
        missing.removeAll(RUNTIME);
        StreamSupport.stream(integration.at("/spec/dependencies").spliterator(), false)
                .map(JsonNode::asText)
                .map(dependency -> dependency
                        .replaceFirst("^camel:", "camel-")
                        .replaceFirst("^mvn:[^:]+:", "")
                        .replaceFirst(":.*", ""))
                .forEach(missing::remove);
        String undeclared = missing.isEmpty() ? "" : "|" + String.join("|", missing);
        String dropped = ".*/((spring-boot|spring-web|camel-spring-boot|hawtio|tomcat-embed)[^/]*"
                + (undeclared.isEmpty() ? "" : "|(" + undeclared.substring(1) + ")-[0-9][^/]*") + ")\\.jar";
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.matches(dropped))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Set<String> camelComponentsOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        return Pattern.compile("<groupId>org.apache.camel</groupId>\\s*<artifactId>(camel-[^<]+)</artifactId>")
                .matcher(pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static JsonNode only(List<JsonNode> resources, String kind) {
        List<JsonNode> found = resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }
}
