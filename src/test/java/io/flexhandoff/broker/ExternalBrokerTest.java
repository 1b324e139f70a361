package io.flexhandoff.broker;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.health.HealthCheck;
import io.flexhandoff.late.DeadLetter;
import io.flexhandoff.late.DeadLetters;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.SelfSigned;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TestCall;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.files.FileStoreMonitor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
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

    private static String url;

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext runtimeContext;

    @DynamicPropertySource
    static void startBroker(DynamicPropertyRegistry settings) throws Exception {
        int port = ArtemisProcess.freePort();
        broker = ArtemisProcess.serve(port, TemporaryDataDir.create());
        url = "tcp://localhost:" + port;
        settings.add("handoff.broker.url", () -> url);
    }

    @Test
    void handsACallOver() {
        call.escalate();
        call.arrived();
    }

    /** What somebody else writes to the queue is kept, with the cause, is never loaded as a class, and holds nothing up. */
    @Test
    void messagesOfOthersAreDeadLettersAndNothingOfThemIsLoaded() throws Exception {
        DeadLetters letters = runtimeContext.getRegistry().lookupByNameAndType("deadLetters", DeadLetters.class);
        int before = letters.all().size();
        try (ActiveMQConnectionFactory others = new ActiveMQConnectionFactory(url);
                JMSContext jms = others.createContext()) {
            jakarta.jms.Queue events = jms.createQueue("handoff.events");
            TextMessage otherLabels = jms.createTextMessage("{}");
            otherLabels.setStringProperty("HandoffAttempt", "many");
            TextMessage otherTime = jms.createTextMessage("{}");
            otherTime.setStringProperty("HandoffAhead", "soon");
            for (Message message : List.of(
                    jms.createObjectMessage(new Loaded()),
                    jms.createMapMessage(),
                    jms.createStreamMessage(),
                    jms.createMessage(),
                    otherLabels,
                    otherTime,
                    jms.createTextMessage("{\"kind\":\"io.flexhandoff.broker.ExternalBrokerTest$Loaded\"}"))) {
                message.setStringProperty("CAmelHttpUri", "http://localhost:1/");
                jms.createProducer().send(events, message);
            }
        }
        await().atMost(PATIENCE).until(() -> letters.all().size() == before + 7);

        assertThat(letters.all().stream()
                        .map(DeadLetter::cause)
                        .filter(cause -> cause.contains("No part of this application")))
                .hasSize(6);
        assertThat(Loaded.READ).hasValue(0);
        call.escalate();
        call.arrived();
    }

    /** An object that tells when it is read. */
    private static final class Loaded implements Serializable {

        private static final long serialVersionUID = 1;
        private static final AtomicInteger READ = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            READ.incrementAndGet();
            in.defaultReadObject();
        }
    }

    @Test
    void noConnectionReadsAnObject() throws Exception {
        try (JMSContext jms = runtime.broker().consumers().createContext()) {
            jakarta.jms.Queue elsewhere = jms.createTemporaryQueue();
            jms.createProducer().send(elsewhere, jms.createObjectMessage(new Loaded()));
            ObjectMessage message =
                    (ObjectMessage) jms.createConsumer(elsewhere).receive(10_000);

            assertThatThrownBy(message::getObject).isInstanceOf(JMSException.class);
        }
        assertThat(Loaded.READ).hasValue(0);
    }

    @Test
    void byTlsItsUrlSaysWhomToTrust(@TempDir Path folder) throws Exception {
        Path store = SelfSigned.keyStore(folder);
        String stored = "StorePath=%s&%sStorePassword=changeit&%sStoreType=PKCS12";
        int port = ArtemisProcess.freePort();
        broker.getActiveMQServer()
                .getRemotingService()
                .createAcceptor(
                        "tls",
                        "tcp://localhost:" + port + "?sslEnabled=true&key" + stored.formatted(store, "key", "key"))
                .start();
        String address = "tcp://localhost:" + port + "?sslEnabled=true&initialConnectAttempts=1";

        try (Broker trusting =
                        Broker.external(address + "&trust" + stored.formatted(store, "trust", "trust"), null, null, 1);
                JMSContext jms = trusting.consumers().createContext()) {
            jakarta.jms.Queue elsewhere = jms.createTemporaryQueue();
            jms.createProducer().send(elsewhere, "by TLS");
            assertThat(jms.createConsumer(elsewhere).receiveBody(String.class, 10_000))
                    .isEqualTo("by TLS");
        }
        String authority = "&trustStoreType=PEMCA&trustStorePath=" + SelfSigned.certificate(store);
        try (Broker trusting = Broker.external(address + authority, null, null, 1);
                JMSContext jms = trusting.consumers().createContext()) {
            assertThat(jms.createTemporaryQueue())
                    .as("as k8s/README.md writes it")
                    .isNotNull();
        }
        try (Broker elsewhere = Broker.external(address.replace("localhost", "127.0.0.1") + authority, null, null, 1)) {
            assertThatThrownBy(() -> elsewhere.consumers().createContext())
                    .as("another name than the certificate's")
                    .isInstanceOf(JMSRuntimeException.class);
        }
        try (Broker wary = Broker.external(address, null, null, 1)) {
            assertThatThrownBy(() -> wary.consumers().createContext()).isInstanceOf(JMSRuntimeException.class);
        }
    }

    @Test
    void healthWarnsOfABrokerThatIsTooOld() {
        HealthCheck check = runtime.checks().stream()
                .filter(of -> of.part().equals("broker"))
                .findFirst()
                .orElseThrow();

        assertThat(check.trouble()).isEmpty();
        assertThat(check.warning()).get().asString().contains("Artemis 2.4", "run 2.57.0 or later");
    }

    @Test
    void aSegmentOnItsWayToTwilioWhenTheConnectionBreaksIsAppendedOnce() {
        call.say(segment(1, "caller", "Hello"));
        await().until(() -> call.transcript("appended") == 1);
        AtomicReference<RoutingContext> onItsWay = holdFirst("/Messages");
        call.say(segment(2, "caller", "Anybody there?"));
        await().until(() -> onItsWay.get() != null);
        cutConnections();
        await().atMost(PATIENCE).until(ExternalBrokerTest::isDeliveredAgain);
        goOn(onItsWay.get());

        await().atMost(PATIENCE).until(() -> call.transcript("appended") == 2);
        assertThat(call.messages().stream().map(com.twilio.rest.conversations.v1.service.conversation.Message::getBody))
                .containsOnlyOnce("Hello", "Anybody there?");
        assertThat(call.deadLetters()).isEmpty();
    }

    @Test
    void aCallOnItsWayToTheWorkflowWhenTheConnectionBreaksIsTransferredOnce() {
        AtomicReference<RoutingContext> onItsWay = holdFirst("/Calls/");
        call.escalate();
        await().until(() -> onItsWay.get() != null);
        cutConnections();
        await().atMost(PATIENCE).until(ExternalBrokerTest::isDeliveredAgain);
        goOn(onItsWay.get());

        call.arrived();
        await().atMost(PATIENCE).until(() -> call.state().equals("transferred"));
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aFullDiskIsToldInTimeAndNothingIsLostOrDoubled() {
        diskIsFull(true);
        List<Map<String, Object>> turns = IntStream.rangeClosed(1, 60)
                .mapToObj(turn -> segment(turn, "caller", turn + " " + "and so on ".repeat(100)))
                .toList();
        Map<String, Object> transcript = Map.of("segments", turns);
        // what the broker granted a connection before goes through: a few of these requests use it up
        await().atMost(PATIENCE)
                .until(() -> call.post("/transcript", transcript).statusCode() == 503);
        HttpResponse<String> refused = call.post("/transcript", transcript);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(ApiClient.tree(refused.body()).get("detail").textValue()).startsWith("The broker takes no event");

        diskIsFull(false);
        await().atMost(PATIENCE)
                .until(() -> call.post("/transcript", transcript).statusCode() == 202);
        call.post("/escalation", Map.of("id", "e1", "occurredAt", Instant.now().toString()));
        await().atMost(PATIENCE).until(() -> call.transcript("appended") == turns.size());
        assertThat(call.messages().stream()
                        .filter(message -> message.getAttributes().contains("segmentId"))
                        .map(com.twilio.rest.conversations.v1.service.conversation.Message::getBody))
                .hasSameSizeAs(turns)
                .doesNotHaveDuplicates();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(call.tasks()).hasSize(1));
    }

    private static void diskIsFull(boolean full) {
        FileStoreMonitor disk = ((ActiveMQServerImpl) broker.getActiveMQServer()).getMonitor();
        disk.setMaxUsage(full ? 0 : 1).tick();
        await().until(() -> broker.getActiveMQServer().getPagingManager().isDiskFull() == full);
    }

    /** Keeps the first request of the product to that path from Twilio until it may go on. */
    private AtomicReference<RoutingContext> holdFirst(String path) {
        AtomicReference<RoutingContext> held = new AtomicReference<>();
        call.sandbox().filter(request -> {
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

    /** As a restart of the broker, a proxy or a network does. */
    private static void cutConnections() {
        broker.getActiveMQServer()
                .getRemotingService()
                .getConnections()
                .forEach(connection -> connection.fail(new ActiveMQDisconnectedException("cut by the test")));
    }
}
