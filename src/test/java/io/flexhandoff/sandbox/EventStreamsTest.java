package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.events.v1.Subscription;
import com.twilio.rest.events.v1.sink.SinkTest;
import com.twilio.rest.events.v1.sink.SinkValidate;
import com.twilio.rest.events.v1.subscription.SubscribedEvent;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.security.RequestValidator;
import io.flexhandoff.sandbox.faults.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks and subscriptions by the official SDK, and what a webhook gets of them. */
class EventStreamsTest extends SandboxTest {

    private record Received(String query, String body, String signature) {

        List<JsonObject> events() {
            return new JsonArray(body).stream().map(JsonObject.class::cast).toList();
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestURI().getRawQuery(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("X-Twilio-Signature")));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private String url() {
        return "http://localhost:" + receiver.getAddress().getPort() + "/hooks/events";
    }

    private Sink sink() {
        return Sink.creator(
                        "ours",
                        Map.of("destination", url(), "method", "POST", "batch_events", true),
                        Sink.SinkType.WEBHOOK)
                .create(twilio);
    }

    private Subscription subscription(Sink sink, String... types) {
        List<Map<String, Object>> subscribed = Arrays.stream(types)
                .map(type -> Map.<String, Object>of("type", "com.twilio.taskrouter." + type, "schema_version", 1))
                .toList();
        return Subscription.creator("ours", sink.getSid(), List.copyOf(subscribed))
                .create(twilio);
    }

    private List<String> types() {
        return received.stream()
                .flatMap(request -> request.events().stream())
                .map(event -> event.getString("type").replaceFirst("com.twilio.taskrouter.", ""))
                .toList();
    }

    @Test
    void aSinkGetsWhatItsSubscriptionHasSignedAndInBatches() {
        subscription(sink(), "task.created", "reservation.accepted", "task.completed");
        Task task = enqueued("{\"handedOff\":true,\"name\":\"Zoë\"}");
        sandbox.accept(task.getSid());

        await().until(() -> types().equals(List.of("task.created", "reservation.accepted")));
        RequestValidator validator = new RequestValidator(account.authToken());
        assertThat(received).allSatisfy(request -> {
            String signed = url() + "?" + request.query();
            assertThat(validator.validate(signed, request.body(), request.signature()))
                    .isTrue();
        });
        JsonObject event = received.get(0).events().get(0);
        JsonObject payload = event.getJsonObject("data").getJsonObject("payload");
        assertThat(event.getString("id")).startsWith("EV");
        assertThat(payload.getString("eventtype")).isEqualTo("task.created");
        assertThat(payload.getString("task_sid")).isEqualTo(task.getSid());
        assertThat(payload.getString("workspace_sid")).isEqualTo(account.workspaceSid());
        assertThat(payload.getString("task_channel_unique_name")).isEqualTo("voice");
        assertThat(new JsonObject(payload.getString("task_attributes")).getString("name"))
                .isEqualTo("Zoë");
    }

    @Test
    void whatIsNotTakenIsSentAgain() {
        subscription(sink(), "task.created");
        refusals.set(2);
        enqueued("{}");

        await().until(() -> received.size() == 3);
        assertThat(received)
                .extracting(Received::body)
                .containsOnly(received.get(0).body());
    }

    @Test
    void aFaultOfTheWebhooksStrikesAStreamToo() {
        subscription(sink(), "task.created");
        sandbox.faults().add(Fault.duplicate());
        enqueued("{}");

        await().until(() -> types().equals(List.of("task.created", "task.created")));
    }

    @Test
    void aSinkIsActiveAtOnceAndToBeValidAsksForNothing() {
        Sink sink = sink();
        assertThat(sink.getStatus()).isEqualTo(Sink.Status.ACTIVE);
        assertThat(SinkTest.creator(sink.getSid()).create(twilio).getResult()).isEqualTo("submitted");
        await().until(() -> received.size() == 1);
        JsonObject test = received.get(0).events().get(0);
        assertThat(test.getString("type")).isEqualTo("com.twilio.eventstreams.test-event");
        assertThat(SinkValidate.creator(
                                sink.getSid(), test.getJsonObject("data").getString("test_id"))
                        .create(twilio)
                        .getResult())
                .isEqualTo("valid");
    }

    @Test
    void subscriptionsAreReadChangedAndTakenAway() {
        Sink sink = sink();
        Subscription subscription = subscription(sink, "task.created");
        SubscribedEvent.creator(subscription.getSid(), "com.twilio.taskrouter.task.wrapup")
                .create(twilio);

        assertThat(SubscribedEvent.reader(subscription.getSid()).read(twilio))
                .extracting(SubscribedEvent::getType)
                .containsExactly("com.twilio.taskrouter.task.created", "com.twilio.taskrouter.task.wrapup");
        assertThat(Subscription.reader().setSinkSid(sink.getSid()).read(twilio)).hasSize(1);
        assertThat(Sink.reader().setInUse(true).read(twilio)).hasSize(1);
        assertRefused(() -> Sink.deleter(sink.getSid()).delete(twilio), 400, 20001);
        Subscription.deleter(subscription.getSid()).delete(twilio);
        Sink.deleter(sink.getSid()).delete(twilio);
        assertThat(Sink.reader().read(twilio)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks", "ftp://example.com/x", "https://example.com/x#rc=3"})
    void aDestinationIsAUrlWithoutOverrides(String destination) {
        assertRefused(
                () -> Sink.creator("ours", Map.of("destination", destination, "method", "POST"), Sink.SinkType.WEBHOOK)
                        .create(twilio),
                400,
                20001);
    }
}
