package io.flexhandoff.bench;

import io.flexhandoff.sandbox.SandboxAccount;
import io.flexhandoff.sandbox.SandboxServer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** The sandbox and the server, each started in a JVM of its own and waited for. */
final class UnderTest {

    static final String API_KEY = "bench-key";

    private UnderTest() {}

    static Jvm sandbox(Path directory, int port, int latencyMillis) throws IOException {
        String classPath = System.getProperty("java.class.path");
        return Jvm.start(
                "sandbox",
                directory,
                List.of(
                        "-Xmx512m",
                        "-Dsandbox.port=" + port,
                        "-Dsandbox.latency-ms=" + latencyMillis,
                        "-classpath",
                        classPath,
                        SandboxServer.class.getName()));
    }

    /** The org that the sandbox plays, as its settings in {@code handoff.orgs.<org>.*}. */
    static Properties sandboxOrg() {
        SandboxAccount account = SandboxAccount.demo();
        Properties org = new Properties();
        org.setProperty("account-sid", account.accountSid());
        org.setProperty("auth-token", account.authToken());
        org.setProperty("workspace-sid", account.workspaceSid());
        org.setProperty("workflow-sid", account.workflowSid());
        org.setProperty("conversations-service-sid", account.conversationsServiceSid());
        org.setProperty("ai-queue-sid", account.aiQueueSid());
        org.setProperty("human-queue-sid", account.humanQueueSid());
        return org;
    }

    /** Settings go by a file: a command line shows secrets to everybody on the machine. */
    static Jvm server(Path directory, Settings settings, String baseUrl, Properties org, int port) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("handoff.http.port", Integer.toString(port));
        properties.setProperty("server.port", "0");
        properties.setProperty("handoff.data-dir", directory.resolve("data").toString());
        properties.setProperty("handoff.twilio.base-url", baseUrl);
        properties.setProperty("handoff.public-url", "http://localhost:" + port);
        properties.setProperty("handoff.orgs.bench.api-keys", API_KEY);
        org.forEach((name, value) -> properties.put("handoff.orgs.bench." + name, value));
        Path file = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return Jvm.start(
                "server",
                directory,
                List.of(
                        "-Xmx" + settings.heap(),
                        "-jar",
                        settings.server().toString(),
                        "--spring.config.additional-location=file:" + file));
    }

    static void await(Jvm jvm, BooleanSupplier up) throws InterruptedException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (!up.getAsBoolean()) {
            jvm.checkAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(jvm.name() + " does not answer after two minutes, see " + jvm.log());
            }
            Thread.sleep(200);
        }
    }
}
