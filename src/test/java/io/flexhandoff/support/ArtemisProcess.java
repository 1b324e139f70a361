package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis of its own process and folder, with the queues of {@code config/broker.xml}; it can be killed and started again. */
public final class ArtemisProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "Artemis is ready";

    private final Path folder = TemporaryDataDir.create();
    private final Path log = folder.resolve("log.txt");
    private final int port;
    private Process process;

    public ArtemisProcess() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    /** What makes it the broker. */
    public Map<String, String> settings() {
        return Map.of("handoff.broker.url", "tcp://localhost:" + port);
    }

    /** Starts it, and waits until clients can connect. */
    public void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        TestClassPath.absolute(),
                        ArtemisProcess.class.getName(),
                        String.valueOf(port))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> log().contains(READY) || !process.isAlive());
        assertThat(process.isAlive()).as(this::log).isTrue();
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** The broker itself. @param args its port */
    public static void main(String[] args) throws Exception {
        Configuration configuration;
        try (InputStream file = ArtemisProcess.class.getResourceAsStream("/config/broker.xml")) {
            configuration = new FileConfigurationParser().parseMainConfig(file);
        }
        configuration.addAcceptorConfiguration("tcp", "tcp://localhost:" + args[0]);
        new EmbeddedActiveMQ().setConfiguration(configuration).start();
        System.out.println(READY);
    }
}
