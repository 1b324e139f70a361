package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.Jolokia;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A port that the first has, and a target that nobody has. */
    @ParameterizedTest
    @CsvSource({
        "handoff.transfer.target=genesys, 'handoff.transfer.target: there is no route direct:transfer-genesys'",
        "server.port=${port}, 'server.port: port ${port} is taken'"
    })
    void aStartThatFailsEndsWithItsCause(String setting, String cause) throws Exception {
        String port = String.valueOf(application.managementPort());
        Path log = Files.createTempFile("failed", ".txt");
        Process failed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("exec.jar"),
                        "--handoff.data-dir=" + TemporaryDataDir.create().toAbsolutePath(),
                        "--handoff.http.port=0",
                        "--server.port=0",
                        "--" + setting.replace("${port}", port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = failed.waitFor(5, TimeUnit.MINUTES);
        failed.destroyForcibly();

        assertThat(ended).as("it ends").isTrue();
        assertThat(failed.exitValue()).isEqualTo(1);
        String last = Files.readString(log).replaceFirst("(?s).*APPLICATION FAILED TO START", "");
        assertThat(last)
                .contains(cause.replace("${port}", port))
                .doesNotContain(" WARN ", " ERROR ", " INFO ", "\tat ");
    }

    private static JsonNode read(Jolokia operator, String bean, String attribute) {
        return operator.ask(Map.of("type", "read", "mbean", bean, "attribute", attribute))
                .get("value");
    }
}
