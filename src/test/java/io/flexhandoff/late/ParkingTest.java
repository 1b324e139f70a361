package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What becomes of events while Twilio fails. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.late.delays=100,100,100",
            "handoff.late.window=3s",
            "handoff.twilio.breaker-wait=50",
            "handoff.transfer.delays=100",
            "handoff.transfer.limit=1s"
        })
class ParkingTest {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

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
    void aSegmentThatFailsIsTriedAgainAndAppendedOnce() {
        failPosts(
                2, "/Messages", request -> request.response().setStatusCode(503).end());
        say(1, "Hello");

        await().until(() -> ledger("/transcript/appended") == 1);
        say(2, "Anybody there?");
        await().until(() -> ledger("/transcript/appended") == 2);

        assertThat(said()).containsExactlyInAnyOrder("Hello", "Anybody there?");
        assertThat(ledger("/transcript/parked")).isZero();
    }

    @Test
    void aMessageThatTwilioTookWithoutSayingSoIsNotAppendedTwice() {
        say(1, "Hello");
        await().until(() -> ledger("/transcript/appended") == 1);
        AtomicInteger lost = new AtomicInteger(1);
        sandbox.filter(request -> {
            if (isPost(request, "/Messages") && lost.getAndDecrement() > 0) {
                request.addHeadersEndHandler(
                        nothing -> request.request().connection().close());
            }
            request.next();
        });
        say(2, "Did you get this?");

        await().until(() -> ledger("/transcript/appended") == 2);
        assertThat(said()).containsExactly("Hello", "Did you get this?");
        assertThat(lost).hasValueLessThan(1);
    }

    @Test
    void aTransferThatTwilioTookWithoutSayingSoIsNotDoneTwice() {
        AtomicInteger lost = new AtomicInteger(1);
        sandbox.filter(request -> {
            if (isPost(request, "/Calls/") && lost.getAndDecrement() > 0) {
                request.addHeadersEndHandler(
                        nothing -> request.request().connection().close());
            }
            request.next();
        });
        HandoffChecks.escalate(api, callSid);

        HandoffChecks.arrived(twilio, callSid);
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"transferred\""));
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
        assertThat(lost).hasValueLessThan(1);
    }

    @Test
    void aTransferThatTwilioRefusesForAMomentIsTriedAgainAtOnce() {
        failPosts(2, "/Calls/", request -> request.response().setStatusCode(429).end());
        HandoffChecks.escalate(api, callSid);

        HandoffChecks.arrived(twilio, callSid);
        await().until(() -> attempts("transferred") == 1);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void aTransferThatTwilioRefusesForLongerIsParkedAndDone() {
        failPosts(3, "/Calls/", request -> request.response().setStatusCode(429).end());
        HandoffChecks.escalate(api, callSid);

        HandoffChecks.arrived(twilio, callSid);
        await().until(() -> attempts("transferred") == 2);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void aTransferThatTwilioDoesNotDoForLongHasFailedWithItsCause() {
        failPosts(Integer.MAX_VALUE, "/Calls/", request -> request.response()
                .setStatusCode(500)
                .end());
        HandoffChecks.escalate(api, callSid);

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"failed\""));
        assertThat(api.get("/handoffs/" + callSid).body()).contains("was answered 500");
        assertThat(attempts("failed")).isGreaterThan(3);
        assertThat(deadLetter()).isNotBlank();
    }

    @Test
    void aSegmentWaitsAMomentForTheOneBeforeIt() {
        say(1, "One");
        await().until(() -> ledger("/transcript/appended") == 1);
        say(3, "Three");
        say(4, "Four");
        await().until(() -> ledger("/transcript/received") == 3);
        say(2, "Two");

        await().until(() -> ledger("/transcript/appended") == 4);
        assertThat(bodies()).containsExactly("One", "Two", "Three", "Four");
    }

    @Test
    void aTransferComesAfterTheSegmentsThatWait() {
        say(1, "One");
        await().until(() -> ledger("/transcript/appended") == 1);
        say(3, "A person, please");
        HandoffChecks.escalate(api, callSid);

        await().until(() -> !sandbox.tasksOf(callSid).isEmpty());
        assertThat(bodies()).contains("A person, please");
    }

    @Test
    void aSegmentThatIsOvertakenIsMarkedWithTheTimeItWasSpoken() {
        say(1, "One");
        say(5, "Five");
        await().until(() -> ledger("/transcript/appended") == 2);
        say(2, "Two");

        await().until(() -> ledger("/transcript/appended") == 3);
        assertThat(bodies()).containsExactly("One", "Five", "[late, spoken 09:00:02 UTC] Two");
    }

    @Test
    void aTransferThatTwilioRefusesForGoodIsAFailedHandoffWithItsCause() {
        failPosts(1, "/Calls/", request -> request.response()
                .setStatusCode(400)
                .end("{\"code\":21205,\"message\":\"no\",\"status\":400}"));
        HandoffChecks.escalate(api, callSid);

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"failed\""));
        assertThat(api.get("/handoffs/" + callSid).body()).contains("21205");

        String id = deadLetter();
        assertThat(api.post("/dead-letters/" + id + "/replay", "").statusCode()).isEqualTo(202);
        await().until(() -> sandbox.tasksOf(callSid).size() == 1);
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"transferred\""));
    }

    @Test
    void anEndThatOvertakesTheEscalationDoesNotUndoIt() {
        say(1, "Hello");
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "escalated"));
        HandoffChecks.escalate(api, callSid);

        await().until(() -> sandbox.tasksOf(callSid).size() == 1);
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"transferred\""));
    }

    @Test
    void aThreadIsClosedAfterItsLastParkedSegment() {
        say(1, "Hello");
        await().until(() -> ledger("/transcript/appended") == 1);
        failPosts(
                2, "/Messages", request -> request.response().setStatusCode(429).end());
        say(2, "Goodbye");
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));

        await().until(() -> twilio.threadOf(callSid).orElseThrow().getState() == Conversation.State.CLOSED);
        assertThat(said()).containsExactly("Hello", "Goodbye");
    }

    @Test
    void theCallIsTransferredWhileTheThreadIsSlowToRead() {
        say(1, "This is terrible");
        await().until(() -> ledger("/transcript/appended") == 1);
        sandbox.filter(request -> {
            if (request.request().method() == HttpMethod.GET
                    && request.request().path().endsWith("/Messages")) {
                request.vertx().setTimer(3_000, timer -> request.next());
            } else {
                request.next();
            }
        });
        api.post("/calls/" + callSid + "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));

        await().until(() -> sandbox.tasksOf(callSid).size() == 1);
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("noted"));
        assertThat(TwilioView.attributes(twilio.tasksOf(callSid).get(0))
                        .get("handoffReason")
                        .textValue())
                .isNotBlank();
    }

    @Test
    void theCallIsTransferredWhileConversationsIsDown() {
        failPosts(6, "/Conversations", request -> request.response()
                .setStatusCode(503)
                .end());
        HandoffChecks.escalate(api, callSid);

        await().until(() -> !sandbox.tasksOf(callSid).isEmpty());
        await().until(() -> twilio.messagesOf(callSid).size() == 6);
        assertThat(said())
                .containsExactlyInAnyOrder(
                        "Hello, this is Nova. How can I help?",
                        "I was charged twice for my order.",
                        "Can I talk to a person?",
                        "Of course, one moment.");
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void whatTwilioRefusesForGoodIsADeadLetterAtOnce() {
        failPosts(1, "/Messages", request -> request.response()
                .setStatusCode(400)
                .end("{\"code\":20001,\"message\":\"no\",\"status\":400}"));
        say(1, "Hello");

        await().until(() -> ledger("/transcript/received") == 1 && ledger("/transcript/dead") == 1);
    }

    private void failPosts(int times, String path, Consumer<RoutingContext> answer) {
        AtomicInteger left = new AtomicInteger(times);
        sandbox.filter(request -> {
            if (isPost(request, path) && left.getAndDecrement() > 0) {
                answer.accept(request);
            } else {
                request.next();
            }
        });
    }

    private static boolean isPost(RoutingContext request, String path) {
        return request.request().method() == HttpMethod.POST
                && request.request().path().contains(path);
    }

    private void say(int sequence, String text) {
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(sequence, "caller", text))));
    }

    /** Id of the call's dead letter. */
    private String deadLetter() {
        for (JsonNode letter : api.read("/dead-letters")) {
            if (letter.get("callSid").textValue().equals(callSid)) {
                return letter.get("id").textValue();
            }
        }
        throw new AssertionError("The call has no dead letter");
    }

    private int ledger(String pointer) {
        return api.read("/handoffs/" + callSid).at(pointer).asInt(-1);
    }

    /** How many tries the call needed to reach a step, 0 before it has. */
    private int attempts(String step) {
        for (JsonNode reached : api.read("/handoffs/" + callSid).path("steps")) {
            if (reached.get("step").textValue().equals(step)) {
                return reached.get("attempts").intValue();
            }
        }
        return 0;
    }

    /** The turns in the thread, as they stand there. */
    private List<String> bodies() {
        return twilio.messagesOf(callSid).stream()
                .filter(message -> message.getAttributes().contains("segmentId"))
                .map(Message::getBody)
                .toList();
    }

    /** The turns in the thread, without the mark of those that came late. */
    private List<String> said() {
        return bodies().stream()
                .map(text -> text.replaceFirst("^\\[late, spoken [^]]*] ", ""))
                .toList();
    }
}
