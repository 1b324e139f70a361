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
        port = freePort();
        start();
    }

    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
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
        serve(Integer.parseInt(args[0]), Path.of("broker"));
        System.out.println(READY);
    }

    /** Starts such a broker in this process. */
    public static EmbeddedActiveMQ serve(int port, Path folder) throws Exception {
        Configuration configuration;
        try (InputStream file = ArtemisProcess.class.getResourceAsStream("/config/broker.xml")) {
            configuration = new FileConfigurationParser().parseMainConfig(file);
        }
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large-messages").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setNodeManagerLockDirectory(folder.resolve("journal").toString());
        configuration.addAcceptorConfiguration("tcp", "tcp://localhost:" + port);
        return new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }
}
