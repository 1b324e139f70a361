package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.Jolokia;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The executable jar, alone in an empty folder: routes, contract and broker configuration come from inside it. */
class ExecJarIT {

    private static final String EVENTS = "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,"
            + "address=\"handoff.events\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.events\"";

    private static HandoffProcess application;

    @BeforeAll
    static void start() throws IOException {
        application = new HandoffProcess(
                Map.of("handoff.management.password", "a word"), "-jar", System.getProperty("exec.jar"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void handsACallOver() throws IOException {
        application.handOver();

        assertThat(application.log()).contains("Open http://localhost:").doesNotContain(" ERROR ", "AMQ222219");
    }

    @Test
    void showsBrokerAndVitalSignsToAnOperator() {
        Jolokia operator = new Jolokia(application.managementPort(), "operator:a word");

        JsonNode kinds = operator.ask(Map.of("type", "list", "config", Map.of("listCache", true)))
                .at("/value/cache");
        assertThat(kinds.size()).as("MBeans that share their description").isGreaterThan(10);
        assertThat(read(operator, EVENTS, "MessageCount").isNumber()).isTrue();
        assertThat(operator.value(EVENTS, "countMessages()").isNumber()).isTrue();
        assertThat(operator.value(EVENTS, "browse()").isArray()).isTrue();
        assertThat(read(operator, "java.lang:type=Memory", "HeapMemoryUsage")
                        .path("used")
                        .isNumber())
                .isTrue();
    }

    @Test
    void aStartThatFailsEndsWithItsCause() throws Exception {
        String log = ends(
                1,
                TemporaryDataDir.create(),
                "--handoff.http.port=0",
                "--handoff.management.port=0",
                "--handoff.transfer.target=genesys");

        assertThat(log.replaceFirst("(?s).*APPLICATION FAILED TO START", ""))
                .contains("handoff.transfer.target: there is no route direct:transfer-genesys")
                .doesNotContain(" WARN ", " ERROR ", " INFO ", "\tat ");
    }

    @Test
    void tellsItsVersions() throws Exception {
        assertThat(ends(0, TemporaryDataDir.create(), "--version"))
                .startsWith("Flex Handoff 0.")
                .contains("Apache Camel 4.");
    }

    /** A class in a jar of one's own, as a component, a data format or a driver is. */
    @Test
    void validatesRoutesWithTheJarsOfItsFolder() throws Exception {
        Path folder = TemporaryDataDir.create();
        Path routes = Files.createDirectories(folder.resolve("routes")).resolve("greet.camel.yaml");
        Files.writeString(routes, """
                - beans:
                    - name: greeting
                      type: acme.Greeting
                - route:
                    id: greet
                    from:
                      uri: direct:greet
                      steps:
                        - bean:
                            ref: greeting
                            method: hello
                """);
        assertThat(ends(1, folder, "validate")).contains("acme.Greeting");

        Path source = Files.createDirectories(folder.resolve("src/acme")).resolve("Greeting.java");
        Files.writeString(
                source, "package acme; public class Greeting { public String hello() { return \"hello\"; } }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(
                Files.createDirectories(folder.resolve("lib")).resolve("acme.jar")))) {
            jar.putNextEntry(new JarEntry("acme/Greeting.class"));
            jar.write(Files.readAllBytes(source.resolveSibling("Greeting.class")));
        }
        assertThat(ends(0, folder, "validate"))
                .contains("The application would start", "added     ./routes/greet.camel.yaml");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** What the jar says in that folder until it ends by itself. */
    private static String ends(int code, Path folder, String... arguments) throws Exception {
        Path log = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("exec.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("it ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(code);
        return Files.readString(log);
    }

    private static JsonNode read(Jolokia operator, String bean, String attribute) {
        return operator.ask(Map.of("type", "read", "mbean", bean, "attribute", attribute))
                .get("value");
    }
}
