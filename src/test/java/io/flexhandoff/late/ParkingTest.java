package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Test
    void aSegmentThatFailsIsTriedAgainAndAppendedOnce() {
        failPosts(
                2, "/Messages", request -> request.response().setStatusCode(503).end());
        say(1, "Hello");

        call.appended(1);
        say(2, "Anybody there?");
        call.appended(2);

        assertThat(said()).containsExactlyInAnyOrder("Hello", "Anybody there?");
        assertThat(call.transcript("parked")).isZero();
    }

    @Test
    void aMessageThatTwilioTookWithoutSayingSoIsNotAppendedTwice() {
        say(1, "Hello");
        call.appended(1);
        AtomicInteger lost = new AtomicInteger(1);
        call.sandbox().filter(request -> {
            if (isPost(request, "/Messages") && lost.getAndDecrement() > 0) {
                request.addHeadersEndHandler(
                        nothing -> request.request().connection().close());
            }
            request.next();
        });
        say(2, "Did you get this?");

        call.appended(2);
        assertThat(said()).containsExactly("Hello", "Did you get this?");
        assertThat(lost).hasValueLessThan(1);
    }

    @Test
    void aTransferThatTwilioTookWithoutSayingSoIsNotDoneTwice() {
        AtomicInteger lost = new AtomicInteger(1);
        call.sandbox().filter(request -> {
            if (isPost(request, "/Calls/") && lost.getAndDecrement() > 0) {
                request.addHeadersEndHandler(
                        nothing -> request.request().connection().close());
            }
            request.next();
        });
        call.escalate();

        call.arrived();
        call.awaitState("transferred");
        assertThat(call.tasks()).hasSize(1);
        assertThat(lost).hasValueLessThan(1);
    }

    @Test
    void aTransferThatTwilioRefusesForAMomentIsTriedAgainAtOnce() {
        failPosts(2, "/Calls/", request -> request.response().setStatusCode(429).end());
        call.escalate();

        call.arrived();
        await().until(() -> attempts("transferred") == 1);
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    void aTransferThatTwilioRefusesForLongerIsParkedAndDone() {
        failPosts(3, "/Calls/", request -> request.response().setStatusCode(429).end());
        call.escalate();

        call.arrived();
        await().until(() -> attempts("transferred") == 2);
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    void aTransferThatTwilioDoesNotDoForLongHasFailedWithItsCause() {
        failPosts(Integer.MAX_VALUE, "/Calls/", request -> request.response()
                .setStatusCode(500)
                .end());
        call.escalate();

        call.awaitState("failed");
        assertThat(call.step("failed").get("cause").textValue()).contains("was answered 500");
        assertThat(attempts("failed")).isGreaterThan(3);
        assertThat(deadLetter()).isNotBlank();
    }

    @Test
    void aSegmentWaitsAMomentForTheOneBeforeIt() {
        say(1, "One");
        call.appended(1);
        say(3, "Three");
        say(4, "Four");
        await().until(() -> call.transcript("received") == 3);
        say(2, "Two");

        call.appended(4);
        assertThat(bodies()).containsExactly("One", "Two", "Three", "Four");
    }

    @Test
    void aTransferComesAfterTheSegmentsThatWait() {
        say(1, "One");
        call.appended(1);
        say(3, "A person, please");
        call.escalate();

        await().until(() -> !call.tasks().isEmpty());
        assertThat(bodies()).contains("A person, please");
    }

    @Test
    void aSegmentThatIsOvertakenIsMarkedWithTheTimeItWasSpoken() {
        say(1, "One");
        say(5, "Five");
        call.appended(2);
        say(2, "Two");

        call.appended(3);
        assertThat(bodies()).containsExactly("One", "Five", "[late, spoken 09:00:02 UTC] Two");
    }

    @Test
    void aTransferThatTwilioRefusesForGoodIsAFailedHandoffWithItsCause() {
        failPosts(1, "/Calls/", request -> request.response()
                .setStatusCode(400)
                .end("{\"code\":21205,\"message\":\"no\",\"status\":400}"));
        call.escalate();

        call.awaitState("failed");
        assertThat(call.step("failed").get("cause").textValue()).contains("21205");

        String id = deadLetter();
        assertThat(call.api().post("/dead-letters/" + id + "/replay", "").statusCode())
                .isEqualTo(202);
        await().until(() -> call.tasks().size() == 1);
        call.awaitState("transferred");
    }

    @Test
    void anEndThatOvertakesTheEscalationDoesNotUndoIt() {
        say(1, "Hello");
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "escalated"));
        call.escalate();

        await().until(() -> call.tasks().size() == 1);
        call.awaitState("transferred");
    }

    @Test
    void aThreadIsClosedAfterItsLastParkedSegment() {
        say(1, "Hello");
        call.appended(1);
        failPosts(
                2, "/Messages", request -> request.response().setStatusCode(429).end());
        say(2, "Goodbye");
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));

        await().until(() -> call.thread().getState() == Conversation.State.CLOSED);
        assertThat(said()).containsExactly("Hello", "Goodbye");
    }

    @Test
    void theCallIsTransferredWhileTheThreadIsSlowToRead() {
        say(1, "This is terrible");
        call.appended(1);
        call.sandbox().filter(request -> {
            if (request.request().method() == HttpMethod.GET
                    && request.request().path().endsWith("/Messages")) {
                request.vertx().setTimer(3_000, timer -> request.next());
            } else {
                request.next();
            }
        });
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));

        await().until(() -> call.tasks().size() == 1);
        call.awaitStep("noted");
        assertThat(call.task().get("handoffReason").textValue()).isNotBlank();
    }

    @Test
    void theCallIsTransferredWhileConversationsIsDown() {
        failPosts(6, "/Conversations", request -> request.response()
                .setStatusCode(503)
                .end());
        call.escalate();

        await().until(() -> !call.tasks().isEmpty());
        await().until(() -> call.messages().size() == 6);
        assertThat(said())
                .containsExactlyInAnyOrder(
                        "Hello, this is Nova. How can I help?",
                        "I was charged twice for my order.",
                        "Can I talk to a person?",
                        "Of course, one moment.");
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    void whatTwilioRefusesForGoodIsADeadLetterAtOnce() {
        failPosts(1, "/Messages", request -> request.response()
                .setStatusCode(400)
                .end("{\"code\":20001,\"message\":\"no\",\"status\":400}"));
        say(1, "Hello");

        await().until(() -> call.transcript("received") == 1 && call.transcript("dead") == 1);
    }

    private void failPosts(int times, String path, Consumer<RoutingContext> answer) {
        AtomicInteger left = new AtomicInteger(times);
        call.sandbox().filter(request -> {
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
        call.say(segment(sequence, "caller", text));
    }

    /** Id of the call's dead letter. */
    private String deadLetter() {
        assertThat(call.deadLetters()).isNotEmpty();
        return call.deadLetters().get(0).get("id").textValue();
    }

    /** How many tries the call needed to reach a step, 0 before it has. */
    private int attempts(String step) {
        return call.step(step).path("attempts").asInt();
    }

    /** The turns in the thread, as they stand there. */
    private List<String> bodies() {
        return call.messages().stream()
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
