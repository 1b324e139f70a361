package io.flexhandoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The whole way of a call: from the public API to what a rep finds in Twilio. */
@HandoffTest
class FirstHandoffTest {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        TwilioClients clients = runtime.twilio();
        twilio = new TwilioView(clients.org("demo"), clients.forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    /** Frees the only rep of the sandbox for the next test. */
    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
        sandbox.tasksOf(callSid).forEach(task -> {
            if (twilio.statusOf(task).equals("wrapping")) {
                sandbox.complete(task);
            }
        });
    }

    @Test
    void aRepGetsTheCallWithTranscriptNoteAndAttributes() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);

        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("state").textValue()).isEqualTo("transferred");
        assertThat(handoff.get("escalationId").textValue()).isEqualTo("e1");
        assertThat(handoff.at("/transcript/received").intValue()).isEqualTo(4);
        assertThat(handoff.at("/transcript/appended").intValue()).isEqualTo(4);
        assertThat(handoff.findValuesAsText("step"))
                .containsExactlyInAnyOrder("thread-opened", "escalated", "transferred", "noted");
        assertThat(api.read("/handoffs?escalationId=e1&conversationSid="
                        + handoff.get("conversationSid").textValue()))
                .hasSize(1);
    }

    @Test
    void handoffsThatAreFoundAreShownAsEachIsAlone() {
        String other = sandbox.placeCall("+15550101", "+15550199");
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);
        api.post("/calls/" + other + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));

        await().ignoreExceptions().untilAsserted(() -> {
            JsonNode found = api.read("/handoffs?limit=2");
            assertThat(found.findValuesAsText("appended")).containsExactly("1", "4");
            assertThat(found).containsExactly(api.read("/handoffs/" + other), api.read("/handoffs/" + callSid));
        });
        sandbox.hangUp(other);
    }

    @Test
    void theRepIsConnectedOnAcceptAndTheCallStaysOnTheTask() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);
        Task task = twilio.tasksOf(callSid).get(0);

        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(task.getSid()));

        JsonNode attributes = TwilioView.attributes(twilio.tasksOf(callSid).get(0));
        assertThat(attributes.at("/conference/participants/customer").textValue())
                .isEqualTo(callSid);
        assertThat(attributes.get("handedOff").booleanValue()).isTrue();
    }

    @Test
    void whatIsSentTwiceHappensOnce() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);
        HandoffChecks.escalate(api, callSid);
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(5, "ai", "Goodbye."))));

        await().until(() -> twilio.messagesOf(callSid).size() == 7);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void aSegmentAfterTheTransferIsMarkedLateWithItsTime() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);

        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(5, "ai", "Connecting you."))));

        await().until(() -> twilio.messagesOf(callSid).size() == 7);
        Message late = twilio.messagesOf(callSid).get(6);
        assertThat(late.getBody()).isEqualTo("[late, spoken 09:00:05 UTC] Connecting you.");
        assertThat(ApiClient.tree(late.getAttributes()).get("late").booleanValue())
                .isTrue();
        await().until(() ->
                api.read("/handoffs/" + callSid).at("/transcript/late").intValue() == 1);
    }

    @Test
    void aLongSegmentIsSplitWithoutLosingACharacter() {
        String text = "All of it matters. ".repeat(500);
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "caller", text))));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":1"));
        List<Message> messages = twilio.messagesOf(callSid);
        assertThat(String.join(
                        "", messages.stream().skip(1).map(Message::getBody).toList()))
                .isEqualTo(text);
        assertThat(messages).allSatisfy(message -> assertThat(message.getBody()).hasSizeLessThanOrEqualTo(1600));
    }

    @Test
    void whatTheAiLeavesOutIsDerivedAndSaidToBe() {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of(
                        "segments",
                        List.of(
                                segment(1, "caller", "My card was stolen, this is terrible."),
                                segment(2, "ai", "I see."))));
        api.post("/calls/" + callSid + "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));

        await().until(() -> twilio.messagesOf(callSid).size() == 4);
        await().until(() -> !twilio.tasksOf(callSid).isEmpty());
        JsonNode task = TwilioView.attributes(twilio.tasksOf(callSid).get(0));
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffReason").textValue()).contains("My card was stolen");
        assertThat(task.get("handoffSummary").textValue()).contains("My card was stolen");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en");
        assertThat(twilio.messagesOf(callSid).get(0).getBody()).contains("Sentiment (derived): negative");
    }

    @Test
    void aVeryLongSummaryIsCutOnTheTaskAndWholeInTheNote() {
        String summary = "Every detail of a long story. ".repeat(300).strip();
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "summary", summary));

        await().until(() -> !twilio.tasksOf(callSid).isEmpty());
        await().until(() ->
                twilio.messagesOf(callSid).stream().anyMatch(m -> m.getBody().contains("note is at the top")));
        assertThat(TwilioView.attributes(twilio.tasksOf(callSid).get(0))
                        .get("handoffSummary")
                        .textValue())
                .endsWith("…");
        List<Message> messages = twilio.messagesOf(callSid);
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
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "ai", "All done, bye."))));
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));

        await().until(() -> twilio.threadOf(callSid)
                .filter(thread -> thread.getState() == Conversation.State.CLOSED)
                .isPresent());
        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("state").textValue()).isEqualTo("resolved");
        assertThat(handoff.at("/transcript/complete").booleanValue()).isTrue();
        assertThat(twilio.tasksOf(callSid)).isEmpty();
    }

    @Test
    void aCallerWhoHangsUpFirstIsANormalEnd() {
        sandbox.hangUp(callSid);
        HandoffChecks.escalate(api, callSid);

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"abandoned\""));
        assertThat(sandbox.tasksOf(callSid)).isEmpty();
        await().until(() -> twilio.messagesOf(callSid).size() == 6);
    }

    @Test
    void theFirstEscalationCounts() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);

        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e2", "occurredAt", "2026-11-20T10:00:00Z", "reason", "Other"));
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T10:00:01Z"));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"ended\""));
        assertThat(api.read("/handoffs/" + callSid).get("escalationId").textValue())
                .isEqualTo("e1");
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
        assertThat(twilio.threadOf(callSid).orElseThrow().getState()).isEqualTo(Conversation.State.ACTIVE);
    }

    @Test
    void interimResultsAreAcceptedAndDropped() {
        Map<String, Object> interim = new java.util.HashMap<>(segment(1, "caller", "Can I ta"));
        interim.put("final", false);
        assertThat(api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(interim)))
                        .statusCode())
                .isEqualTo(202);
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "caller", "Can I talk?"))));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":1"));
        assertThat(twilio.messagesOf(callSid))
                .extracting(Message::getBody)
                .last()
                .isEqualTo("Can I talk?");
    }
}
