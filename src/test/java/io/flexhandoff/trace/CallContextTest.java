package io.flexhandoff.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.test.context.TestPropertySource;

/** A call is told from others in the log, and in the requests that are made for it. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.late.delays=100",
            "handoff.twilio.breaker-wait=50",
            "handoff.transfer.delays=200",
            "handoff.transfer.limit=200"
        })
class CallContextTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final StructuredLogEncoder encoder = new StructuredLogEncoder();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
        }
    };

    private record Seen(String request, String trace) {}

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void watch() {
        encoder.setContext(root.getLoggerContext());
        encoder.setFormat("ecs");
        encoder.start();
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void heal() {
        root.detachAppender(appender);
    }

    @Test
    void theTraceOfARequestGoesThroughTheQueueAndItsRetriesToTwilio() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        call.sandbox().filter(request -> {
            HttpServerRequest http = request.request();
            seen.add(new Seen(http.method() + " " + http.path(), http.getHeader("traceparent")));
            if (http.method() == HttpMethod.POST
                    && http.path().endsWith("/Messages")
                    && failures.getAndDecrement() > 0) {
                request.response().setStatusCode(429).end();
            } else {
                request.next();
            }
        });
        say();
        call.appended(1);
        escalate();
        call.awaitStep("noted");
        call.awaitStep("transferred");

        List<Seen> writes = seen.stream()
                .filter(write -> write.request().startsWith("POST"))
                .toList();
        assertThat(writes).allSatisfy(write -> assertThat(write.trace()).isEqualTo(TRACE));
        assertThat(writes).extracting(Seen::request).anyMatch(request -> request.contains("/Calls/" + call.sid()));
        assertThat(writes)
                .extracting(Seen::request)
                .filteredOn(request -> request.endsWith("/Messages"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void everyLineAboutACallThatFailsSaysWhichAndNoSecret() throws Exception {
        call.sandbox().filter(request -> {
            if (request.request().method() == HttpMethod.POST) {
                request.response().setStatusCode(429).end();
            } else {
                request.next();
            }
        });
        say();
        escalate();
        await().atMost(PATIENCE).until(() -> !call.deadLetters().isEmpty());
        await().atMost(PATIENCE).until(() -> call.state().equals("failed"));

        List<JsonNode> about = log.stream()
                .filter(line -> line.contains(call.sid()))
                .map(ApiClient::tree)
                .filter(line -> line.at("/log/logger").asText().startsWith("io.flexhandoff"))
                .toList();
        assertThat(about).hasSizeGreaterThan(3).allSatisfy(line -> {
            assertThat(line.path("org").asText()).as(line.toString()).isEqualTo("demo");
            assertThat(line.path("callSid").asText()).as(line.toString()).isEqualTo(call.sid());
            assertThat(line.path("traceId").asText()).as(line.toString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        });
        assertThat(log)
                .noneMatch(line ->
                        line.contains("demo-key") || line.contains(call.org().authToken()));
    }

    private void say() throws Exception {
        post(
                "/transcript",
                "{\"segments\": [{\"id\": \"s1\", \"sequence\": 1, \"speaker\": \"caller\", \"text\": \"Hello\","
                        + " \"spokenAt\": \"2026-11-20T09:00:00Z\"}]}");
    }

    private void escalate() throws Exception {
        post("/escalation", "{\"id\": \"e1\", \"occurredAt\": \"2026-11-20T09:00:05Z\", \"reason\": \"Billing\"}");
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + runtime.port() + "/api/v1/orgs/demo/calls/" + call.sid() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer demo-key")
                .header("Content-Type", "application/json")
                .header("traceparent", TRACE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
    }
}
