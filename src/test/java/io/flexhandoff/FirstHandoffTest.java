package io.flexhandoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way of a call: from the public API to what a rep finds in Twilio. */
@HandoffTest
class FirstHandoffTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Test
    void aRepGetsTheCallWithTranscriptNoteAndAttributes() {
        call.escalate();
        call.arrived();

        JsonNode handoff = call.handoff();
        assertThat(handoff.get("state").textValue()).isEqualTo("transferred");
        assertThat(handoff.get("escalationId").textValue()).isEqualTo("e1");
        assertThat(handoff.at("/transcript/received").intValue()).isEqualTo(4);
        assertThat(handoff.at("/transcript/appended").intValue()).isEqualTo(4);
        assertThat(handoff.findValuesAsText("step"))
                .containsExactlyInAnyOrder("thread-opened", "escalated", "transferred", "noted");
        assertThat(call.api()
                        .read("/handoffs?escalationId=e1&conversationSid="
                                + handoff.get("conversationSid").textValue()))
                .hasSize(1);
    }

    @Test
    void handoffsThatAreFoundAreShownAsEachIsAlone() {
        String other = call.sandbox().placeCall("+15550101", "+15550199");
        call.escalate();
        call.arrived();
        call.api().post("/calls/" + other + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));

        await().ignoreExceptions().untilAsserted(() -> {
            JsonNode found = call.api().read("/handoffs?limit=2");
            assertThat(found.findValuesAsText("appended")).containsExactly("1", "4");
            assertThat(found).containsExactly(call.api().read("/handoffs/" + other), call.handoff());
        });
        call.sandbox().hangUp(other);
    }

    @Test
    void theRepIsConnectedOnAcceptAndTheCallStaysOnTheTask() {
        call.escalate();
        call.arrived();
        Task task = call.twilio().tasksOf(call.sid()).get(0);

        call.accept(task.getSid());

        JsonNode attributes = call.task();
        assertThat(attributes.at("/conference/participants/customer").textValue())
                .isEqualTo(call.sid());
        assertThat(attributes.get("handedOff").booleanValue()).isTrue();
    }

    @Test
    void whatIsSentTwiceHappensOnce() {
        call.escalate();
        call.escalate();
        call.arrived();
        call.escalate();
        call.say(segment(5, "ai", "Goodbye."));

        await().until(() -> call.messages().size() == 7);
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    void aSegmentAfterTheTransferIsMarkedLateWithItsTime() {
        call.escalate();
        call.arrived();

        call.say(segment(5, "ai", "Connecting you."));

        await().until(() -> call.messages().size() == 7);
        Message late = call.messages().get(6);
        assertThat(late.getBody()).isEqualTo("[late, spoken 09:00:05 UTC] Connecting you.");
        assertThat(ApiClient.tree(late.getAttributes()).get("late").booleanValue())
                .isTrue();
        await().until(() -> call.transcript("late") == 1);
    }

    @Test
    void aLongSegmentIsSplitWithoutLosingACharacter() {
        String text = "All of it matters. ".repeat(500);
        call.say(segment(1, "caller", text));

        call.appended(1);
        List<Message> messages = call.messages();
        assertThat(String.join(
                        "", messages.stream().skip(1).map(Message::getBody).toList()))
                .isEqualTo(text);
        assertThat(messages).allSatisfy(message -> assertThat(message.getBody()).hasSizeLessThanOrEqualTo(1600));
    }

    @Test
    void whatTheAiLeavesOutIsDerivedAndSaidToBe() {
        call.say(segment(1, "caller", "My card was stolen, this is terrible."), segment(2, "ai", "I see."));
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));

        await().until(() -> call.messages().size() == 4);
        JsonNode task = call.task();
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffReason").textValue()).contains("My card was stolen");
        assertThat(task.get("handoffSummary").textValue()).contains("My card was stolen");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en");
        assertThat(call.messages().get(0).getBody()).contains("Sentiment (derived): negative");
    }

    @Test
    void aVeryLongSummaryIsCutOnTheTaskAndWholeInTheNote() {
        String summary = "Every detail of a long story. ".repeat(300).strip();
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "summary", summary));

        call.task();
        await().until(() -> call.messages().stream().anyMatch(m -> m.getBody().contains("note is at the top")));
        assertThat(call.task().get("handoffSummary").textValue()).endsWith("…");
        List<Message> messages = call.messages();
        assertThat(String.join(
                        "",
                        messages.stream()
                                .limit(messages.size() - 1L)
                                .map(Message::getBody)
                                .toList()))
                .contains(summary);
    }

    @Test
    void aCallThatTheAiResolvesReachesNobodyAndItsThreadIsClosed() {
        call.say(segment(1, "ai", "All done, bye."));
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));

        await().until(() -> call.twilio()
                .threadOf(call.sid())
                .filter(thread -> thread.getState() == Conversation.State.CLOSED)
                .isPresent());
        JsonNode handoff = call.handoff();
        assertThat(handoff.get("state").textValue()).isEqualTo("resolved");
        assertThat(handoff.at("/transcript/complete").booleanValue()).isTrue();
        assertThat(call.twilio().tasksOf(call.sid())).isEmpty();
    }

    @Test
    void aCallerWhoHangsUpFirstIsANormalEnd() {
        call.hangUp();
        call.escalate();

        call.awaitState("abandoned");
        assertThat(call.tasks()).isEmpty();
        await().until(() -> call.messages().size() == 6);
    }

    @Test
    void theFirstEscalationCounts() {
        call.escalate();
        call.arrived();

        call.post("/escalation", Map.of("id", "e2", "occurredAt", "2026-11-20T10:00:00Z", "reason", "Other"));
        call.post("/end", Map.of("occurredAt", "2026-11-20T10:00:01Z"));

        call.awaitStep("ended");
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo("e1");
        assertThat(call.tasks()).hasSize(1);
        assertThat(call.thread().getState()).isEqualTo(Conversation.State.ACTIVE);
    }

    @Test
    void interimResultsAreAcceptedAndDropped() {
        Map<String, Object> interim = new java.util.HashMap<>(segment(1, "caller", "Can I ta"));
        interim.put("final", false);
        call.say(interim);
        call.say(segment(1, "caller", "Can I talk?"));

        call.appended(1);
        assertThat(call.messages()).extracting(Message::getBody).last().isEqualTo("Can I talk?");
    }
}
