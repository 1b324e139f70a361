package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that cannot succeed ends at once and names the setting. */
class StartTest {

    private static final String PASSWORD = "a-secret-of-the-test";

    private final Path dataDir = TemporaryDataDir.create();

    @Test
    void aSecondProcessOnTheSameDataFolderEndsAtOnce() throws Exception {
        Path log = dataDir.resolve("second.txt");
        try (HandoffRuntime first = start(Map.of())) {
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "-Dhandoff.http.port=0",
                            "-Dhandoff.data-dir=" + dataDir,
                            PlainMain.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = second.waitFor(60, TimeUnit.SECONDS);
            second.destroyForcibly();

            assertThat(ended).as("the second process ends").isTrue();
            assertThat(second.exitValue()).isNotZero();
            assertThat(Files.readString(log))
                    .contains("handoff.data-dir: another process is running on " + dataDir.toAbsolutePath());
            assertThat(first.ledger().dataSource().getConnection().isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"handoff.broker.url, tcp://localhost:61616", "handoff.ledger.url, jdbc:h2:mem:elsewhere"})
    void theDataFolderHasOneOwnerWhicheverHalfOfItIsUsed(String setting, String elsewhere) throws Exception {
        try (HandoffRuntime first = start(Map.of(setting, elsewhere))) {
            assertThatThrownBy(() -> start(Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("handoff.data-dir");
            assertThat(first.broker()).isNotNull();
        }
        start(Map.of()).close();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(dataDir.resolve("a-file"));

        assertThatThrownBy(() -> start(Map.of("handoff.data-dir", file.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("handoff.data-dir: cannot write to " + file.toAbsolutePath());
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWithoutCredentials() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "jdbc:postgresql://localhost:" + port + "/handoff";

        assertRefused(address + "?password=" + PASSWORD, address, "refused");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:nothing://localhost/handoff?password=a-secret-of-the-test, jdbc:nothing://localhost/handoff",
        "localhost/handoff?password=a-secret-of-the-test, localhost/handoff",
        "jdbc:h2:relative;PASSWORD=a-secret-of-the-test, jdbc:h2:relative"
    })
    void aUrlThatIsNoneIsNamedWithoutCredentials(String url, String shown) {
        assertRefused(url, shown, "");
    }

    @Test
    void credentialsBeforeTheHostAreRefusedBeforeADriverSeesThem() {
        assertThatThrownBy(() -> start(
                        Map.of("handoff.ledger.url", "jdbc:postgresql://handoff:" + PASSWORD + "@localhost/handoff")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handoff.ledger.url must not have credentials")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aRetentionThatALiveCallOutlastsIsRefused() {
        assertThatThrownBy(() -> new Ledger(Duration.ofHours(3), Duration.ofSeconds(7), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handoff.ledger.retention must be at least 1d");
    }

    private void assertRefused(String url, String shown, String cause) {
        assertThatThrownBy(() -> start(Map.of(
                        "handoff.ledger.url", url,
                        "handoff.ledger.user", "handoff",
                        "handoff.ledger.password", PASSWORD)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("handoff.ledger.url: the ledger at " + shown + " cannot be opened: ")
                .hasMessageContaining(cause)
                .satisfies(failure -> {
                    StringWriter trace = new StringWriter();
                    failure.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(PASSWORD);
                });
    }

    private HandoffRuntime start(Map<String, String> changed) throws Exception {
        Properties properties = Defaults.load();
        properties.setProperty("handoff.data-dir", dataDir.toString());
        changed.forEach(properties::setProperty);
        return new HandoffRuntime(new Settings(properties::getProperty), Map.of());
    }
}
