package io.flexhandoff.broker;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioView;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.files.FileStoreMonitor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A broker that runs elsewhere, and the connection to it. */
@HandoffTest
@TestPropertySource(properties = "handoff.late.delays=100,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s")
class ExternalBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedActiveMQ broker;

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @DynamicPropertySource
    static void startBroker(DynamicPropertyRegistry settings) throws Exception {
        int port = ArtemisProcess.freePort();
        broker = ArtemisProcess.serve(port, TemporaryDataDir.create());
        settings.add("handoff.broker.url", () -> "tcp://localhost:" + port);
    }

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        twilio = new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void heal() {
        sandbox.filter(RoutingContext::next);
        sandbox.hangUp(callSid);
    }

    @Test
    void handsACallOver() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);
    }

    @Test
    void aSegmentOnItsWayToTwilioWhenTheConnectionBreaksIsAppendedOnce() {
        say(1, "Hello");
        await().until(() -> transcript("appended") == 1);
        AtomicReference<RoutingContext> onItsWay = holdFirst("/Messages");
        say(2, "Anybody there?");
        await().until(() -> onItsWay.get() != null);
        cutConnections();
        await().atMost(PATIENCE).until(ExternalBrokerTest::isDeliveredAgain);
        goOn(onItsWay.get());

        await().atMost(PATIENCE).until(() -> transcript("appended") == 2);
        assertThat(twilio.messagesOf(callSid).stream().map(Message::getBody))
                .containsOnlyOnce("Hello", "Anybody there?");
        assertThat(api.read("/dead-letters")).isEmpty();
    }

    @Test
    void aCallOnItsWayToTheWorkflowWhenTheConnectionBreaksIsTransferredOnce() {
        AtomicReference<RoutingContext> onItsWay = holdFirst("/Calls/");
        HandoffChecks.escalate(api, callSid);
        await().until(() -> onItsWay.get() != null);
        cutConnections();
        await().atMost(PATIENCE).until(ExternalBrokerTest::isDeliveredAgain);
        goOn(onItsWay.get());

        HandoffChecks.arrived(twilio, callSid);
        await().atMost(PATIENCE)
                .until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"transferred\""));
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aFullDiskIsToldInTimeAndNothingIsLostOrDoubled() {
        diskIsFull(true);
        List<Map<String, Object>> turns = IntStream.rangeClosed(1, 60)
                .mapToObj(turn -> segment(turn, "caller", turn + " " + "and so on ".repeat(100)))
                .toList();
        String path = "/calls/" + callSid + "/transcript";
        // what the broker granted a connection before goes through: a few of these requests use it up
        await().atMost(PATIENCE)
                .until(() -> api.post(path, Map.of("segments", turns)).statusCode() == 503);
        HttpResponse<String> refused = api.post(path, Map.of("segments", turns));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(ApiClient.tree(refused.body()).get("detail").textValue()).startsWith("The broker takes no event");

        diskIsFull(false);
        await().atMost(PATIENCE)
                .until(() -> api.post(path, Map.of("segments", turns)).statusCode() == 202);
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", Instant.now().toString()));
        await().atMost(PATIENCE).until(() -> transcript("appended") == turns.size());
        assertThat(twilio.messagesOf(callSid).stream().map(Message::getBody).filter(body -> body.contains("and so on")))
                .hasSameSizeAs(turns)
                .doesNotHaveDuplicates();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sandbox.tasksOf(callSid)).hasSize(1));
    }

    private static void diskIsFull(boolean full) {
        FileStoreMonitor disk = ((ActiveMQServerImpl) broker.getActiveMQServer()).getMonitor();
        disk.setMaxUsage(full ? 0 : 1).tick();
        await().until(() -> broker.getActiveMQServer().getPagingManager().isDiskFull() == full);
    }

    /** Keeps the first request of the product to that path from Twilio until it may go on. */
    private AtomicReference<RoutingContext> holdFirst(String path) {
        AtomicReference<RoutingContext> held = new AtomicReference<>();
        sandbox.filter(request -> {
            boolean matches = request.request().method() == HttpMethod.POST
                    && request.request().path().contains(path);
            if (!matches || !held.compareAndSet(null, request)) {
                request.next();
            }
        });
        return held;
    }

    private static void goOn(RoutingContext request) {
        request.vertx().runOnContext(nothing -> request.next());
    }

    /** What was in hand when the connection broke is here again, over a new one. */
    private static boolean isDeliveredAgain() {
        Queue events = broker.getActiveMQServer().locateQueue("handoff.events");
        return events.getConsumerCount() > 0 && events.getDeliveringCount() > 0;
    }

    private int transcript(String count) {
        return api.read("/handoffs/" + callSid).at("/transcript/" + count).asInt();
    }

    private void say(int sequence, String text) {
        assertThat(api.post(
                                "/calls/" + callSid + "/transcript",
                                Map.of("segments", List.of(segment(sequence, "caller", text))))
                        .statusCode())
                .isEqualTo(202);
    }

    /** As a restart of the broker, a proxy or a network does. */
    private static void cutConnections() {
        broker.getActiveMQServer()
                .getRemotingService()
                .getConnections()
                .forEach(connection -> connection.fail(new ActiveMQDisconnectedException("cut by the test")));
    }
}
