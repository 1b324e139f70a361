package io.flexhandoff.door;

import static io.flexhandoff.support.TestCall.newSid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.flexhandoff.support.TwilioPost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of a handoff by the events of TaskRouter: those of the sandbox, and some that come awry. */
@HandoffTest
class FollowTaskTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private String transferred() {
        call.escalate();
        return call.transferred();
    }

    private TwilioPost event(String type, String taskSid) {
        return call.event(type, taskSid, "{\"call_sid\":\"" + call.sid() + "\",\"handedOff\":true}")
                .with("WorkspaceName", "Flex Task Assignment")
                .with("EventDescription", "")
                .with("ResourceType", "task")
                .with("ResourceSid", taskSid)
                .with("Timestamp", "1795165207")
                .with("TaskAge", "3")
                .with("TaskPriority", "0")
                .with("TaskAssignmentStatus", "pending")
                .with("TaskCompletedReason", "");
    }

    private TwilioPost accepted(String taskSid) {
        return event("reservation.accepted", taskSid)
                .with("TaskQueueSid", newSid("WQ"))
                .with("ReservationSid", newSid("WR"))
                .with("WorkflowSid", call.org().workflowSid())
                .with("WorkerSid", newSid("WK"))
                .with("WorkerName", "riley")
                .with("WorkerAttributes", "{}")
                .with("WorkerActivitySid", newSid("WA"))
                .with("WorkerActivityName", "Available");
    }

    private static void takenIn(TwilioPost post) {
        assertThat(post.send().statusCode()).isEqualTo(204);
    }

    @Test
    void aRepAcceptsAndTheHandoffShowsWhoAndWhen() {
        String taskSid = transferred();
        call.accept(taskSid);

        call.awaitState("accepted");
        JsonNode handoff = call.handoff();
        assertThat(call.tasks()).containsExactly(taskSid);
        assertThat(handoff.get("reservationSid").textValue()).startsWith("WR");
        assertThat(handoff.get("workerSid").textValue()).startsWith("WK");
        assertThat(call.steps()).containsSubsequence("escalated", "transferred", "accepted");
        assertThat(call.api()
                        .read("/handoffs?reservationSid="
                                + handoff.get("reservationSid").textValue()))
                .hasSize(1);
        assertThat(call.api().read("/handoffs?taskSid=" + taskSid)).hasSize(1);

        call.sandbox().wrapUp(taskSid);

        call.awaitState("completed");
        call.sandbox().complete(taskSid);
        call.settle();
        assertThat(call.steps()).containsOnlyOnce("completed").containsOnlyOnce("accepted");
    }

    private String streamed(String type, String taskSid, String reservationSid) {
        return """
                {"specversion":"1.0","type":"com.twilio.taskrouter.%s","id":"%s","source":"x","data":{"payload":{
                 "eventtype":"%s","account_sid":"%s","workspace_sid":"%s","timestamp":"2026-11-20T09:00:07.123Z",
                 "task_sid":"%s","task_channel_unique_name":"voice","task_age":3,"task_canceled_reason":null,
                 "task_attributes":{"call_sid":"%s","handedOff":true},"reservation_sid":"%s","worker_sid":"%s"}}}""".formatted(
                        type,
                        newSid("EV"),
                        type,
                        call.org().accountSid(),
                        call.org().workspaceSid(),
                        taskSid,
                        call.sid(),
                        reservationSid,
                        "WK" + "7".repeat(32));
    }

    @Test
    void eventsOfAStreamCountOnceWhateverElseIsInTheirBatch() {
        String taskSid = transferred();
        String reservation = newSid("WR");
        String accepted = streamed("reservation.accepted", taskSid, reservation);
        String batch = "[17,{\"type\":\"com.twilio.taskrouter.task.canceled\"},"
                + streamed("task.canceled", taskSid, reservation)
                        .replace(call.org().workspaceSid(), newSid("WS")) + ","
                + accepted + "," + accepted + "," + streamed("task.completed", taskSid, reservation) + "]";
        String path = "/webhooks/demo/" + call.org().webhookToken() + "/events";

        takenIn(TwilioPost.streamed(runtime.port(), path, call.org().authToken(), batch));
        takenIn(TwilioPost.streamed(runtime.port(), path, call.org().authToken(), batch));
        takenIn(accepted(taskSid).with("ReservationSid", reservation).with("WorkerSid", "WK" + "7".repeat(32)));

        call.awaitState("completed");
        call.settle();
        assertThat(call.steps())
                .containsOnlyOnce("accepted")
                .containsOnlyOnce("completed")
                .doesNotContain("abandoned");
        assertThat(call.handoff().get("workerSid").textValue()).isEqualTo("WK" + "7".repeat(32));
    }

    /** As an account has it whose workspace reports to another system. */
    @Test
    void theSinkThatConnectMakesBringsTheEventsInPlaceOfTheCallback() {
        String callback = Workspace.fetcher(call.org().workspaceSid())
                .fetch(call.client())
                .getEventCallbackUrl()
                .toString();
        reportTo("");
        try {
            assertThat(call.api().post("/connect?events=stream", Map.of()).statusCode())
                    .isEqualTo(200);
            String taskSid = transferred();
            call.accept(taskSid);
            call.awaitState("accepted");
            call.sandbox().wrapUp(taskSid);
            call.awaitState("completed");
            assertThat(call.api().read("/connect").toString()).doesNotContain("TaskRouter webhook");
        } finally {
            context.getRegistry().lookupByNameAndType("connect", Connect.class).rollback("demo");
            reportTo(callback);
        }
    }

    private void reportTo(String url) {
        Workspace.updater(call.org().workspaceSid()).setEventCallbackUrl(url).update(call.client());
    }

    private record Waited(Instant escalated, Instant accepted) {}

    private Waited waited() throws SQLException {
        try (Connection connection = runtime.ledger().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select escalated_at, accepted_at from handoff where org = 'demo' and call_sid = ?")) {
            select.setString(1, call.sid());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Waited(Ledger.instant(row.getObject(1)), Ledger.instant(row.getObject(2)));
            }
        }
    }

    /** An AI phone platform in another time zone, one that writes seconds for milliseconds, a Twilio that differs from us. */
    @ParameterizedTest
    @CsvSource({"PT2H, PT0S", "-PT2H, PT0S", "PT0S, PT3H", "PT0S, -PT3H", "-PT490000H, PT1H", "PT8760H, -PT1H"})
    void howLongACallerWaitedGoesByOurClockAndSoDoesTheNoteWhenTheSendersCannotBe(Duration ofSender, Duration ofTwilio)
            throws SQLException {
        Instant before = Instant.now();
        call.post(
                "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", before.plus(ofSender).toString(),
                        "reason", "Billing"));
        call.awaitState("transferred");
        await().until(() -> call.handoff().has("taskSid"));

        takenIn(accepted(call.handoff().get("taskSid").textValue())
                .with("TimestampMs", Long.toString(Instant.now().plus(ofTwilio).toEpochMilli())));

        call.awaitState("accepted");
        Waited waited = waited();
        assertThat(waited.escalated()).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(waited.accepted()).isBetween(waited.escalated(), Instant.now());
        call.awaitStep("noted");
        Instant said = before.plus(ofSender);
        boolean absurd = ofSender.compareTo(Duration.ofHours(-24)) < 0 || ofSender.compareTo(Duration.ZERO) > 0;
        assertThat(call.messages().get(0).getBody())
                .contains("Escalated: " + (absurd ? before : said).toString().substring(0, 10));
    }

    @Test
    void aCallerWhoLeavesTheQueueAbandonsTheHandoff() {
        transferred();
        call.hangUp();

        call.awaitState("abandoned");
        assertThat(call.step("abandoned").path("cause").asText()).isEqualTo("task canceled: hangup");
    }

    @Test
    void aTaskThatNobodyTakesFailsTheHandoff() {
        String taskSid = transferred();
        takenIn(event("workflow.timeout", taskSid));
        takenIn(event("task.canceled", taskSid).with("TaskCanceledReason", "Workflow timed out"));

        call.awaitState("failed");
        call.settle();
        assertThat(call.step("failed").path("cause").asText()).contains("no rep took the task");
        assertThat(call.steps()).containsOnlyOnce("failed");
    }

    @Test
    void whatComesTwiceHappensOnce() {
        TwilioPost accepted = accepted(transferred());
        for (int i = 0; i < 5; i++) {
            takenIn(accepted);
        }
        takenIn(accepted.with("TaskAge", "30").with("Sid", newSid("EV")));
        call.settle();

        assertThat(call.state()).isEqualTo("accepted");
        assertThat(call.steps()).containsOnlyOnce("accepted");
    }

    @Test
    void aSecondRepOfATransferDoesNotReplaceTheFirst() {
        String taskSid = transferred();
        takenIn(accepted(taskSid));
        call.awaitState("accepted");
        String first = call.handoff().get("workerSid").textValue();

        takenIn(accepted(taskSid));
        call.settle();

        assertThat(call.handoff().get("workerSid").textValue()).isEqualTo(first);
        assertThat(call.steps()).containsOnlyOnce("accepted");
    }

    @Test
    void anAcceptThatComesAfterTheEndIsKeptAndMovesNothingBack() {
        String taskSid = transferred();
        takenIn(event("task.completed", taskSid));
        takenIn(accepted(taskSid));
        call.settle();

        assertThat(call.state()).isEqualTo("completed");
        assertThat(call.handoff().get("workerSid").textValue()).startsWith("WK");
        assertThat(call.steps()).containsOnlyOnce("accepted").containsOnlyOnce("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.created", "task.canceled", "workflow.timeout", "task.deleted"})
    void aLateEventMovesNothingBack(String late) {
        String taskSid = transferred();
        takenIn(accepted(taskSid));
        call.awaitState("accepted");

        takenIn(event(late, taskSid).with("TaskCanceledReason", "hangup"));
        call.settle();

        assertThat(call.state()).isEqualTo("accepted");
        assertThat(call.steps()).doesNotContain("failed", "abandoned");
    }

    @Test
    void anotherTaskOfTheCallMovesNothing() {
        String taskSid = transferred();
        String earlier = newSid("WT");
        String notHandedOff = "{\"call_sid\":\"" + call.sid() + "\"}";
        takenIn(event("task.created", earlier).with("TaskAttributes", notHandedOff));
        takenIn(accepted(earlier).with("TaskAttributes", notHandedOff));
        takenIn(event("task.completed", earlier).with("TaskAttributes", notHandedOff));
        takenIn(event("task.canceled", earlier));
        call.settle();

        assertThat(call.state()).isEqualTo("transferred");
        assertThat(call.handoff().get("taskSid").textValue()).isEqualTo(taskSid);
        assertThat(call.handoff().has("workerSid")).isFalse();
    }

    @Test
    void aTaskThatDoesNotSayItsCallIsFoundByItsSid() {
        String taskSid = transferred();
        takenIn(accepted(taskSid).with("TaskAttributes", "{\"handoffSummary\":\"cut of"));

        call.awaitState("accepted");
        takenIn(event("task.completed", taskSid).without("TaskAttributes"));
        call.awaitState("completed");
    }

    @Test
    void anAcceptThatComesBeforeTheEscalationWaitsForIt() {
        call.say(ApiClient.segment(1, "caller", "Hello?"));
        call.appended(1);
        takenIn(accepted(newSid("WT")));

        call.escalate();

        await().atMost(Duration.ofSeconds(30)).until(() -> call.state().equals("accepted"));
        assertThat(parked()).doesNotContain(call.sid());
    }

    @Test
    void tasksOfCallsThatTheAiNeverHadStayOutOfTheLedger() {
        String unknown = newSid("CA");
        String attributes = "{\"call_sid\":\"" + unknown + "\",\"handedOff\":true}";
        takenIn(event("task.created", newSid("WT")).with("TaskAttributes", attributes));
        takenIn(accepted(newSid("WT")).with("TaskAttributes", attributes));
        takenIn(event("task.completed", newSid("WT")).with("TaskAttributes", attributes));
        takenIn(accepted(newSid("WT")).without("TaskAttributes"));
        transferred();

        assertThat(call.api().read("/handoffs?limit=500").findValuesAsText("state"))
                .isNotEmpty();
        assertThat(parked()).doesNotContain(unknown);
    }

    private List<String> parked() {
        return call.api().read("/dead-letters").findValuesAsText("callSid");
    }
}
