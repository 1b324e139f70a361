package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The application in a process and a folder of its own, on free ports; it can be killed and started again. */
public final class HandoffProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder = TemporaryDataDir.create();
    private final Path log = folder.resolve("log.txt");
    private final int port = freePort();
    private final int managementPort = freePort();
    private final List<String> command = new ArrayList<>();
    private Process process;
    private int starts;

    /** With its sandbox. @param java arguments of the JVM: what to run, and how */
    public HandoffProcess(String... java) throws IOException {
        this(Map.of(), java);
    }

    /**
     * @param settings what differs from the defaults, by file: a command line shows secrets to everybody
     * @param java arguments of the JVM: what to run, and how
     */
    public HandoffProcess(Map<String, String> settings, String... java) throws IOException {
        this(List.of(), settings, java);
    }

    /** @param launcher a command that starts the one behind it in its own place */
    public HandoffProcess(List<String> launcher, Map<String, String> settings, String... java) throws IOException {
        this(Path.of(System.getProperty("java.home")), launcher, settings, java);
    }

    /** @param javaHome the Java that runs it */
    public HandoffProcess(Path javaHome, String... java) throws IOException {
        this(javaHome, List.of(), Map.of(), java);
    }

    private HandoffProcess(Path javaHome, List<String> launcher, Map<String, String> settings, String... java)
            throws IOException {
        command.addAll(launcher);
        Path file = Files.createDirectories(folder.resolve("config")).resolve("application.properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("-Xmx512m");
        // as this test's JVM does
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel"))
                .forEach(command::add);
        command.add("-Dhandoff.settings=config/application.properties");
        command.add("-Dhandoff.http.port=" + port);
        command.add("-Dhandoff.http.host=127.0.0.1");
        command.add("-Dhandoff.management.port=" + managementPort);
        command.addAll(List.of(java));
        start();
        awaitReady();
    }

    /** Starts it, and does not wait. */
    public void start() throws IOException {
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("log-" + ++starts + ".txt"));
        }
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits until its API answers. */
    public void awaitReady() {
        await().atMost(PATIENCE).until(() -> log().contains("The API is at") || !process.isAlive());
        assertThat(process.isAlive()).as(this::log).isTrue();
    }

    /** Ends it as SIGKILL does, in the middle of whatever it is doing. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Ends it as SIGTERM does, and gives its exit code. @param patience until it is killed, as Kubernetes does */
    public int stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Of the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Waits until it has ended by itself. @return its exit code */
    public int awaitEnd() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    public int port() {
        return port;
    }

    /** Of Hawtio, when Spring Boot runs it. */
    public int managementPort() {
        return managementPort;
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whole handoff, from the AI's side and from the rep's. */
    public void handOver() throws IOException {
        String callSid = placeCall();
        HandoffChecks.escalate(new ApiClient(port, "demo", "demo-key"), callSid);
        try (TwilioClients clients = new TwilioClients(
                demo(), TwilioSettings.at(URI.create("http://localhost:" + port + "/sandbox/twilio")))) {
            HandoffChecks.arrived(new TwilioView(clients.org("demo"), clients.forOrg("demo")), callSid);
        }
    }

    /** A call that its sandbox places. @return its SID */
    public String placeCall() {
        return ApiClient.tree(askSandbox("POST", "/calls", "")).get("callSid").textValue();
    }

    /** One request to the API of its sandbox's page. @return the answer's body */
    public String askSandbox(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sandbox/api" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Orgs demo() {
        return new Orgs(Map.of("demo", SandboxOrg.of(SandboxAccount.demo(), "demo-key")));
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }
}
