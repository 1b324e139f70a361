package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxAccount;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same routes in a process of their own under camel-main, with no Spring Boot on its class path. */
class PlainMainTest {

    private final Path dataDir = TemporaryDataDir.create();
    private final Path log = dataDir.resolve("log.txt");
    private Process process;
    private int port;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPathWithoutSpringBoot(),
                        "-Dhandoff.http.port=" + port,
                        "-Dhandoff.http.host=127.0.0.1",
                        "-Dhandoff.data-dir=" + dataDir,
                        PlainMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @AfterEach
    void stop() {
        process.destroy();
    }

    @Test
    void handsACallOverWithoutSpringBoot() throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(() -> ready() || !process.isAlive());
        assertThat(process.isAlive()).as(() -> read(log)).isTrue();
        String callSid = placeCall();

        HandoffChecks.escalate(new ApiClient(port, "demo", "demo-key"), callSid);

        try (TwilioClients clients = new TwilioClients(
                demo(), TwilioSettings.at(URI.create("http://localhost:" + port + "/sandbox/twilio")))) {
            HandoffChecks.arrived(new TwilioView(clients.org("demo"), clients.forOrg("demo")), callSid);
        }
    }

    private static String classPathWithoutSpringBoot() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry ->
                        !entry.matches(".*/(spring-boot|spring-web|camel-spring-boot|hawtio|tomcat-embed)[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean ready() {
        return read(log).contains("The API is at");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private String placeCall() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sandbox/api/calls"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return ApiClient.tree(answer.body()).get("callSid").textValue();
    }

    private static Orgs demo() {
        SandboxAccount account = SandboxAccount.demo();
        return new Orgs(Map.of(
                "demo",
                new Org(
                        null,
                        account.accountSid(),
                        account.authToken(),
                        account.workspaceSid(),
                        account.workflowSid(),
                        account.conversationsServiceSid(),
                        null,
                        null,
                        List.of("demo-key"),
                        null)));
    }
}
