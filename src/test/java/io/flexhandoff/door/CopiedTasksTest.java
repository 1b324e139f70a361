package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A handoff keeps its own task, whoever copies its attributes: a transfer between reps, a plugin. */
@HandoffTest
class CopiedTasksTest {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private Org org;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;
    private String own;
    private String copy;

    @BeforeEach
    void handOver() {
        sandbox = runtime.sandbox().orElseThrow();
        org = runtime.twilio().org("demo");
        twilio = new TwilioView(org, runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
        copy = sid("WT");
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", Instant.now().toString(), "reason", "Billing"));
        await().until(() -> state().equals("transferred"));
        await().until(() -> handoff().has("taskSid"));
        own = handoff().get("taskSid").textValue();
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
    }

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private String state() {
        return handoff().path("state").asText();
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** Of its own task, or of one that has its attributes. */
    private TwilioPost event(String type, String taskSid) {
        return TwilioPost.to(runtime.port(), "/webhooks/demo/" + org.webhookToken(), org.authToken())
                .with("EventType", type)
                .with("AccountSid", org.accountSid())
                .with("WorkspaceSid", org.workspaceSid())
                .with("Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .with("TaskSid", taskSid)
                .with("TaskAttributes", twilio.attributesOf(own).toString())
                .with("TaskCanceledReason", "");
    }

    private void told(TwilioPost event) {
        assertThat(event.send().statusCode()).isEqualTo(204);
    }

    /** @return the reservation */
    private String accepted(String taskSid, String worker) {
        String reservation = sid("WR");
        told(event("reservation.accepted", taskSid)
                .with("ReservationSid", reservation)
                .with("WorkerSid", worker));
        await().until(() -> handoff().findValuesAsText("reservationSid").contains(reservation));
        return reservation;
    }

    /** Events of one call are handled in order: when a segment is appended, all before it is done. */
    private void settle() {
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(ApiClient.segment(1, "ai", "."))));
        await().until(() -> handoff().at("/transcript/appended").asInt() == 1);
    }

    private List<String> accepts(String field) {
        return handoff().get("accepts").findValuesAsText(field);
    }

    private List<String> foundBy(String filter) {
        return api.read("/handoffs?" + filter).findValuesAsText("callSid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.created", "task.canceled", "workflow.timeout", "task.deleted", "task.completed"})
    void whatBecomesOfACopyThatNobodyHasMovesNothing(String type) {
        told(event("task.created", copy));
        told(event(type, copy).with("TaskCanceledReason", "hangup"));
        settle();

        assertThat(state()).isEqualTo("transferred");
        assertThat(handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(foundBy("taskSid=" + own)).containsExactly(callSid);
        assertThat(foundBy("taskSid=" + copy)).containsExactly(callSid);
    }

    @Test
    void aTransferByAnotherTaskIsASecondAccept() {
        String first = accepted(own, "WK1");
        told(event("task.created", copy));
        String second = accepted(copy, "WK2");

        assertThat(handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(handoff().get("reservationSid").textValue()).isEqualTo(first);
        assertThat(handoff().get("workerSid").textValue()).isEqualTo("WK1");
        assertThat(accepts("workerSid")).containsExactly("WK1", "WK2");
        assertThat(accepts("taskSid")).containsExactly(own, copy);
        assertThat(handoff().get("heldBy").textValue()).isEqualTo("WK2");
        assertThat(foundBy("reservationSid=" + first)).containsExactly(callSid);
        assertThat(foundBy("reservationSid=" + second)).containsExactly(callSid);
        assertThat(handoff().findValuesAsText("step")).containsOnlyOnce("accepted");

        told(event("task.completed", own));
        settle();
        assertThat(state()).isEqualTo("accepted");
        told(event("task.completed", copy));
        await().until(() -> state().equals("completed"));
        assertThat(handoff().has("heldBy")).isFalse();
        assertThat(accepts("workerSid")).containsExactly("WK1", "WK2");
    }

    @Test
    void aTransferOfTheSameTaskIsASecondAccept() {
        accepted(own, "WK1");
        String third = accepted(own, "WK3");

        assertThat(accepts("workerSid")).containsExactly("WK1", "WK3");
        assertThat(handoff().get("workerSid").textValue()).isEqualTo("WK1");
        assertThat(handoff().get("heldBy").textValue()).isEqualTo("WK3");
        assertThat(foundBy("reservationSid=" + third)).containsExactly(callSid);
        told(event("task.wrapup", own));
        await().until(() -> state().equals("completed"));
    }

    /** The workflow offers the rep's task to the AI worker: the rep has given the call back. */
    @Test
    void aRepWhoGivesTheTaskBackToTheAiIsDone() {
        accepted(own, "WK1");
        told(event("reservation.created", own)
                .with("ReservationSid", sid("WR"))
                .with("WorkerSid", org.aiWorker().sid()));
        await().until(() -> state().equals("completed"));
        told(event("reservation.accepted", own)
                .with("ReservationSid", sid("WR"))
                .with("WorkerSid", org.aiWorker().sid()));
        settle();
        assertThat(accepts("workerSid")).containsExactly("WK1");

        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e2", "occurredAt", Instant.now().toString(), "reason", "Address"));
        await().until(() -> handoff().get("decision").intValue() == 2 && state().equals("transferred"));
        assertThat(api.read("/dead-letters").findValuesAsText("callSid"))
                .as("a reservation that Twilio knows no longer")
                .doesNotContain(callSid);
    }

    @Test
    void aRepWhoConsultedAnotherStillHasTheCaller() {
        accepted(own, "WK1");
        accepted(copy, "WK2");
        told(event("task.completed", copy));
        settle();

        assertThat(state()).isEqualTo("accepted");
        assertThat(handoff().get("heldBy").textValue()).isEqualTo("WK1");
    }

    @Test
    void aCopyWhoseAttributesCannotBeReadIsFoundByItsSid() {
        told(event("task.created", copy));
        settle();
        told(event("reservation.accepted", copy)
                .with("ReservationSid", sid("WR"))
                .with("WorkerSid", "WK2")
                .with("TaskAttributes", "{\"cut"));

        await().until(() -> state().equals("accepted"));
        assertThat(handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(accepts("taskSid")).containsExactly(copy);
    }
}
