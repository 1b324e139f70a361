package io.flexhandoff.flex;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The AI as one more worker of the workflow (R1, R3, R4): TaskRouter's events lead the call to it and away from it. */
@HandoffTest
class AiWorkerTest {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;
    private String task;

    @BeforeEach
    void theAiGetsTheCall() {
        sandbox = runtime.sandbox().orElseThrow();
        twilio = new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCallIntoFlex("+15550100", "+15550199", Map.of("ivr", Map.of("selection", 2)));
        task = sandbox.tasksOf(callSid).get(0);
        await().until(() -> stepsOf(callSid).contains("ai-accepted"));
        assertThat(twilio.reservationsOf(task))
                .extracting(Reservation::getReservationStatus)
                .containsExactly(Reservation.Status.ACCEPTED);
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
        sandbox.tasksOf(callSid).forEach(each -> {
            if (twilio.statusOf(each).equals("wrapping")) {
                sandbox.complete(each);
            }
        });
    }

    @Test
    void itReadsWhatTheIvrAskedAndSpeaks() {
        assertThat(api.read("/calls/" + callSid + "/custom-data")
                        .get("flex_ivr_selection")
                        .intValue())
                .isEqualTo(2);
        assertThat(api.read("/handoffs/" + callSid).get("state").textValue()).isEqualTo("active");
        assertThat(twilio.attributesOf(task).has("conference")).isFalse();
    }

    @Test
    void aCallThatItResolvesReachesNobodyAndLeavesItFree() {
        say("All done, bye.");
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));
        sandbox.hangUp(callSid);

        await().until(() -> twilio.statusOf(task).equals("completed"));
        await().until(() -> twilio.threadOf(callSid).orElseThrow().getState() == Conversation.State.CLOSED);
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        assertThat(twilio.reservationsOf(task)).hasSize(1);
        assertThat(api.read("/handoffs/" + callSid).get("state").textValue()).isEqualTo("resolved");
    }

    @Test
    void itHandsOverWithoutNamingTheTaskAndTheRepKeepsIt() {
        say("I will get a colleague.");
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Asks for a person"));

        await().until(() -> stepsOf(callSid).contains("ai-released"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        String reps = sandbox.tasksOf(callSid).get(1);
        assertThat(twilio.statusOf(task)).isEqualTo("completed");
        assertThat(twilio.attributesOf(reps).at("/ivr/selection").intValue()).isEqualTo(2);

        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(reps));
        await().until(() -> stateOf(callSid).equals("accepted"));
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:06Z", "outcome", "escalated"));
        await().until(() -> stepsOf(callSid).contains("ended"));
        assertThat(stateOf(callSid)).isEqualTo("accepted");
        assertThat(twilio.statusOf(reps)).isEqualTo("assigned");
        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("taskSid").textValue()).isEqualTo(reps);
        assertThat(handoff.get("workerSid").textValue())
                .isNotEqualTo(runtime.twilio().org("demo").aiWorker().sid());
    }

    /** The redirect of the AI worker may lead to ConversationRelay: what the task had is carried over all the same. */
    @Test
    void aCallThatCameThroughFlexHoldsAfterItsRelaySessionUntilItsTaskIsGivenBack() {
        Org org = runtime.twilio().org("demo");
        String answer = TwilioPost.to(
                        runtime.port(), "/voice/demo/" + org.webhookToken() + "/connect-action", org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "in-progress")
                .with("SessionId", "VX" + "1".repeat(32))
                .with("SessionStatus", "ended")
                .with("HandoffData", "{\"reason\":\"Asks for a person\"}")
                .with("From", "+15550100")
                .with("To", "+15550199")
                .send()
                .body();

        assertThat(answer).contains("<Redirect", "/hold/1").doesNotContain("<Enqueue");
        await().until(() -> stepsOf(callSid).contains("ai-released"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        JsonNode attributes = twilio.attributesOf(sandbox.tasksOf(callSid).get(1));
        assertThat(attributes.at("/ivr/selection").intValue()).isEqualTo(2);
        assertThat(attributes.get("handoffReason").textValue()).isEqualTo("Asks for a person");
    }

    @Test
    void aCallerWhoHangsUpOnTheAiLeavesItFree() {
        say("Hello?");
        sandbox.hangUp(callSid);
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "abandoned"));

        await().until(() -> twilio.statusOf(task).equals("completed"));
        await().until(() -> stateOf(callSid).equals("abandoned"));
    }

    private void say(String text) {
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "ai", text))));
    }

    private String stateOf(String call) {
        return api.read("/handoffs/" + call).path("state").asText();
    }

    private List<String> stepsOf(String call) {
        return api.read("/handoffs/" + call).findValuesAsText("step");
    }
}
