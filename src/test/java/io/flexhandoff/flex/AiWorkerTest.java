package io.flexhandoff.flex;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The AI as one more worker of the workflow (R1, R3, R4): TaskRouter's events lead the call to it and away from it. */
@HandoffTest
class AiWorkerTest {

    @RegisterExtension
    final TestCall call = TestCall.intoFlex("demo", Map.of("ivr", Map.of("selection", 2)));

    private String task;

    @BeforeEach
    void theAiGetsTheCall() {
        task = call.tasks().get(0);
        call.awaitStep("ai-accepted");
        assertThat(call.twilio().reservationsOf(task))
                .extracting(Reservation::getReservationStatus)
                .containsExactly(Reservation.Status.ACCEPTED);
    }

    @Test
    void itReadsWhatTheIvrAskedAndSpeaks() {
        assertThat(call.api()
                        .read("/calls/" + call.sid() + "/custom-data")
                        .get("flex_ivr_selection")
                        .intValue())
                .isEqualTo(2);
        assertThat(call.handoff().get("state").textValue()).isEqualTo("active");
        assertThat(call.twilio().attributesOf(task).has("conference")).isFalse();
    }

    @Test
    void aCallThatItResolvesReachesNobodyAndLeavesItFree() {
        say("All done, bye.");
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "resolved"));
        call.hangUp();

        await().until(() -> call.twilio().statusOf(task).equals("completed"));
        await().until(() -> call.thread().getState() == Conversation.State.CLOSED);
        assertThat(call.tasks()).containsExactly(task);
        assertThat(call.twilio().reservationsOf(task)).hasSize(1);
        assertThat(call.handoff().get("state").textValue()).isEqualTo("resolved");
    }

    @Test
    void itHandsOverWithoutNamingTheTaskAndTheRepKeepsIt() {
        say("I will get a colleague.");
        call.post(
                "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Asks for a person"));

        call.awaitStep("ai-released");
        assertThat(call.tasks()).hasSize(2);
        String reps = call.tasks().get(1);
        assertThat(call.twilio().statusOf(task)).isEqualTo("completed");
        assertThat(call.twilio().attributesOf(reps).at("/ivr/selection").intValue())
                .isEqualTo(2);

        call.accept(reps);
        call.awaitState("accepted");
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:06Z", "outcome", "escalated"));
        call.awaitStep("ended");
        assertThat(call.state()).isEqualTo("accepted");
        assertThat(call.twilio().statusOf(reps)).isEqualTo("assigned");
        JsonNode handoff = call.handoff();
        assertThat(handoff.get("taskSid").textValue()).isEqualTo(reps);
        assertThat(handoff.get("workerSid").textValue())
                .isNotEqualTo(call.org().aiWorker().sid());
    }

    /** The redirect of the AI worker may lead to ConversationRelay: what the task had is carried over all the same. */
    @Test
    void aCallThatCameThroughFlexHoldsAfterItsRelaySessionUntilItsTaskIsGivenBack() {
        String answer = call.relayEnds("VX" + "1".repeat(32), "{\"reason\":\"Asks for a person\"}")
                .with("From", "+15550100")
                .with("To", "+15550199")
                .send()
                .body();

        assertThat(answer).contains("<Redirect", "/hold/1").doesNotContain("<Enqueue");
        call.awaitStep("ai-released");
        assertThat(call.tasks()).hasSize(2);
        JsonNode attributes = call.twilio().attributesOf(call.tasks().get(1));
        assertThat(attributes.at("/ivr/selection").intValue()).isEqualTo(2);
        assertThat(attributes.get("handoffReason").textValue()).isEqualTo("Asks for a person");
    }

    @Test
    void aCallerWhoHangsUpOnTheAiLeavesItFree() {
        say("Hello?");
        call.hangUp();
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:05Z", "outcome", "abandoned"));

        await().until(() -> call.twilio().statusOf(task).equals("completed"));
        call.awaitState("abandoned");
    }

    private void say(String text) {
        call.say(segment(1, "ai", text));
    }
}
