package io.flexhandoff.door;

import static io.flexhandoff.support.TestCall.newSid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.flexhandoff.support.TwilioPost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handoff keeps its own task, whoever copies its attributes: a transfer between reps, a plugin. */
@HandoffTest
class CopiedTasksTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    private final String copy = newSid("WT");
    private String own;

    @BeforeEach
    void handOver() {
        call.escalate(Map.of("id", "e1", "occurredAt", Instant.now().toString(), "reason", "Billing"));
        own = call.transferred();
    }

    /** Of its own task, or of one that has its attributes. */
    private TwilioPost event(String type, String taskSid) {
        return call.event(type, taskSid, call.twilio().attributesOf(own).toString());
    }

    private void told(TwilioPost event) {
        assertThat(event.send().statusCode()).isEqualTo(204);
    }

    /** @return the reservation */
    private String accepted(String taskSid, String worker) {
        String reservation = newSid("WR");
        told(event("reservation.accepted", taskSid)
                .with("ReservationSid", reservation)
                .with("WorkerSid", worker));
        await().until(() -> call.handoff().findValuesAsText("reservationSid").contains(reservation));
        return reservation;
    }

    private List<String> accepts(String field) {
        return call.handoff().get("accepts").findValuesAsText(field);
    }

    private List<String> foundBy(String filter) {
        return call.api().read("/handoffs?" + filter).findValuesAsText("callSid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.created", "task.canceled", "workflow.timeout", "task.deleted", "task.completed"})
    void whatBecomesOfACopyThatNobodyHasMovesNothing(String type) {
        told(event("task.created", copy));
        told(event(type, copy).with("TaskCanceledReason", "hangup"));
        call.settle();

        assertThat(call.state()).isEqualTo("transferred");
        assertThat(call.handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(foundBy("taskSid=" + own)).containsExactly(call.sid());
        assertThat(foundBy("taskSid=" + copy)).containsExactly(call.sid());
    }

    @Test
    void aTransferByAnotherTaskIsASecondAccept() {
        String first = accepted(own, "WK1");
        told(event("task.created", copy));
        String second = accepted(copy, "WK2");

        assertThat(call.handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(call.handoff().get("reservationSid").textValue()).isEqualTo(first);
        assertThat(call.handoff().get("workerSid").textValue()).isEqualTo("WK1");
        assertThat(accepts("workerSid")).containsExactly("WK1", "WK2");
        assertThat(accepts("taskSid")).containsExactly(own, copy);
        assertThat(call.handoff().get("heldBy").textValue()).isEqualTo("WK2");
        assertThat(foundBy("reservationSid=" + first)).containsExactly(call.sid());
        assertThat(foundBy("reservationSid=" + second)).containsExactly(call.sid());
        assertThat(call.steps()).containsOnlyOnce("accepted");

        told(event("task.completed", own));
        call.settle();
        assertThat(call.state()).isEqualTo("accepted");
        told(event("task.completed", copy));
        call.awaitState("completed");
        assertThat(call.handoff().has("heldBy")).isFalse();
        assertThat(accepts("workerSid")).containsExactly("WK1", "WK2");
    }

    @Test
    void aTransferOfTheSameTaskIsASecondAccept() {
        accepted(own, "WK1");
        String third = accepted(own, "WK3");

        assertThat(accepts("workerSid")).containsExactly("WK1", "WK3");
        assertThat(call.handoff().get("workerSid").textValue()).isEqualTo("WK1");
        assertThat(call.handoff().get("heldBy").textValue()).isEqualTo("WK3");
        assertThat(foundBy("reservationSid=" + third)).containsExactly(call.sid());
        told(event("task.wrapup", own));
        call.awaitState("completed");
    }

    /** The workflow offers the rep's task to the AI worker: the rep has given the call back. */
    @Test
    void aRepWhoGivesTheTaskBackToTheAiIsDone() {
        accepted(own, "WK1");
        told(event("reservation.created", own)
                .with("ReservationSid", newSid("WR"))
                .with("WorkerSid", call.org().aiWorker().sid()));
        call.awaitState("completed");
        told(event("reservation.accepted", own)
                .with("ReservationSid", newSid("WR"))
                .with("WorkerSid", call.org().aiWorker().sid()));
        call.settle();
        assertThat(accepts("workerSid")).containsExactly("WK1");

        call.post("/escalation", Map.of("id", "e2", "occurredAt", Instant.now().toString(), "reason", "Address"));
        await().until(() ->
                call.handoff().get("decision").intValue() == 2 && call.state().equals("transferred"));
        assertThat(call.deadLetters())
                .as("a reservation that Twilio knows no longer")
                .isEmpty();
    }

    @Test
    void aRepWhoConsultedAnotherStillHasTheCaller() {
        accepted(own, "WK1");
        accepted(copy, "WK2");
        told(event("task.completed", copy));
        call.settle();

        assertThat(call.state()).isEqualTo("accepted");
        assertThat(call.handoff().get("heldBy").textValue()).isEqualTo("WK1");
    }

    @Test
    void aCopyWhoseAttributesCannotBeReadIsFoundByItsSid() {
        told(event("task.created", copy));
        call.settle();
        told(event("reservation.accepted", copy)
                .with("ReservationSid", newSid("WR"))
                .with("WorkerSid", "WK2")
                .with("TaskAttributes", "{\"cut"));

        call.awaitState("accepted");
        assertThat(call.handoff().get("taskSid").textValue()).isEqualTo(own);
        assertThat(accepts("taskSid")).containsExactly(copy);
    }
}
