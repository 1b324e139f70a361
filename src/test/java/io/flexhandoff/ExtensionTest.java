package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A team adds the routes that README.md and routes/README.md show, and replaces one of ours, by files alone. */
@HandoffTest
@ExtendWith(OutputCaptureExtension.class)
class ExtensionTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

    @TempDir
    static Path folder;

    private static HttpServer crm;

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @AfterAll
    static void stopCrm() {
        crm.stop(0);
    }

    @DynamicPropertySource
    static void addFiles(DynamicPropertyRegistry properties) throws IOException {
        crm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        crm.createContext("/calls", request -> {
            TOLD.add(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            request.sendResponseHeaders(204, -1);
            request.close();
        });
        crm.start();
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("routes", "README.md")));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("enrich-crm.camel.yaml"), example.group(1));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("unanswered-page.camel.yaml"), example.group(1));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("page.camel.yaml"), example.group(1));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("count.camel.yaml"), example.group(1));
        Matcher front = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(front.find()).isTrue();
        Files.writeString(
                folder.resolve("tell-crm.camel.yaml"),
                front.group(1)
                        .replace(
                                "https://crm.example.com",
                                "http://127.0.0.1:" + crm.getAddress().getPort()));
        Path ours = Path.of("routes", "enrichment", "reason.camel.yaml");
        Path replaced = Files.createDirectories(folder.resolve("enrichment")).resolve("reason.camel.yaml");
        Files.writeString(
                replaced,
                Files.readString(ours)
                        .replace(
                                "method: reason(${variable.turns}, ${variable.language})",
                                "method: given('From our file')")
                        .replace("ref: derivation", "ref: enrichment"));
        properties.add("handoff.routes-dir", folder::toString);
        properties.add("handoff.routes-reload", () -> "true");
        properties.add("handoff.enrichment.steps", () -> "language,sentiment,reason,summary,crm");
    }

    @Test
    void itsOwnStepRunsAfterOursAndItsFileReplacesOurs(CapturedOutput output) {
        call.escalate(Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "summary", "Charged twice."));

        JsonNode task = call.task();
        assertThat(task.get("handoffSummary").textValue()).isEqualTo("Charged twice. (Gold customer since 2019.)");
        assertThat(task.get("handoffReason").textValue()).isEqualTo("From our file");
        await("reads the ledger")
                .untilAsserted(() -> assertThat(output).containsPattern("demo has had [1-9]\\d* handoffs"));
    }

    private JsonNode taskOfAnEscalation() {
        call.escalate(Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "summary", "Charged twice."));
        return call.task();
    }

    /** A step, a file of ours that is copied and changed while all runs, and a route of the API: each by a save. */
    @Test
    void whatIsSavedWhileItRunsIsTakenOverAndWhatIsBrokenIsNot(CapturedOutput output) throws Exception {
        Path step = folder.resolve("enrich-crm.camel.yaml");
        String former = Files.readString(step);
        try {
            Files.writeString(step, former.replace("Gold customer since 2019", "Silver customer"));
            await().atMost(PATIENCE).until(() -> output.getAll().contains(step + " is taken over"));
            Path end = Files.createDirectories(folder.resolve("api")).resolve("handoffs.camel.yaml");
            Files.writeString(end, "# ours\n" + Files.readString(Path.of("routes", "api", "handoffs.camel.yaml")));
            await().atMost(PATIENCE).until(() -> output.getAll().contains(end + " is taken over"));
            assertThat(taskOfAnEscalation().get("handoffSummary").textValue())
                    .isEqualTo("Charged twice. (Silver customer.)");
            assertThat(call.api().read("/handoffs?callSid=" + call.sid())).isNotEmpty();

            Files.writeString(step, former.replace("setVariable:", "setVariabel:"));
            await().atMost(PATIENCE).until(() -> output.getAll()
                    .contains("The former routes stay: " + step + ", line 11: Unknown node id: setVariabel"));
            Files.writeString(step, former.replace("uri: direct", "uri: dierct"));
            await().atMost(PATIENCE).until(() -> output.getAll()
                    .contains("The former routes stay: " + step + ", line 1, route enrich-crm: "));
            call.another();
            assertThat(taskOfAnEscalation().get("handoffSummary").textValue())
                    .isEqualTo("Charged twice. (Silver customer.)");
        } finally {
            Files.writeString(step, former);
        }
        Files.delete(folder.resolve("api").resolve("handoffs.camel.yaml"));
        await().atMost(PATIENCE).until(() -> output.getAll().contains("routes/api/handoffs.camel.yaml is taken over"));
        await().atMost(PATIENCE)
                .until(() -> output.getAll().split(Pattern.quote(step + " is taken over"), -1).length == 3);
    }

    @Test
    void itsRouteTellsTheCrmWhoTookTheCall() throws Exception {
        call.escalate();
        await().until(() -> !call.tasks().isEmpty());
        String taskSid = call.tasks().get(0);
        call.accept(taskSid);

        String told = TOLD.poll(30, TimeUnit.SECONDS);
        assertThat(told).isNotNull();
        JsonNode handoff = ApiClient.tree(told);
        assertThat(handoff.get("callSid").textValue()).isEqualTo(call.sid());
        assertThat(handoff.get("state").textValue()).isEqualTo("accepted");
        assertThat(handoff.get("taskSid").textValue()).isEqualTo(taskSid);
    }

    @Test
    void itsRouteIsToldOfAFailedHandoff(CapturedOutput output) {
        call.sandbox().faults().add(Fault.answer(400).code(21205).product("api").call(call.sid()));
        call.escalate(Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));

        await().untilAsserted(() -> assertThat(output)
                .containsPattern("Call " + call.sid() + " was not handed over: TwilioFailure: .*21205"));
    }
}
