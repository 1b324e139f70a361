package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of a handoff by the events of TaskRouter: those of the sandbox, and some that come awry. */
@HandoffTest
class FollowTaskTest {

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private Sandbox sandbox;
    private TwilioView twilio;
    private Org org;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        TwilioClients clients = runtime.twilio();
        org = clients.org("demo");
        twilio = new TwilioView(org, clients.forOrg("demo"));
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

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private String state() {
        return handoff().path("state").asText();
    }

    private List<String> steps() {
        return handoff().findValuesAsText("step");
    }

    private String cause(String step) {
        for (JsonNode each : handoff().get("steps")) {
            if (each.get("step").textValue().equals(step)) {
                return each.path("cause").asText();
            }
        }
        return "no step " + step;
    }

    private String transferred() {
        HandoffChecks.escalate(api, callSid);
        await().until(() -> state().equals("transferred"));
        await().until(() -> handoff().has("taskSid"));
        return handoff().get("taskSid").textValue();
    }

    private TwilioPost event(String type, String taskSid) {
        return TwilioPost.to(runtime.port(), "/webhooks/demo/" + org.webhookToken(), org.authToken())
                .with("EventType", type)
                .with("AccountSid", org.accountSid())
                .with("WorkspaceSid", org.workspaceSid())
                .with("WorkspaceName", "Flex Task Assignment")
                .with("EventDescription", "")
                .with("ResourceType", "task")
                .with("ResourceSid", taskSid)
                .with("Timestamp", "1795165207")
                .with("TaskSid", taskSid)
                .with("TaskAttributes", "{\"call_sid\":\"" + callSid + "\",\"handedOff\":true}")
                .with("TaskAge", "3")
                .with("TaskPriority", "0")
                .with("TaskAssignmentStatus", "pending")
                .with("TaskCanceledReason", "")
                .with("TaskCompletedReason", "");
    }

    private TwilioPost accepted(String taskSid) {
        return event("reservation.accepted", taskSid)
                .with("TaskQueueSid", sid("WQ"))
                .with("ReservationSid", sid("WR"))
                .with("WorkflowSid", org.workflowSid())
                .with("WorkerSid", sid("WK"))
                .with("WorkerName", "riley")
                .with("WorkerAttributes", "{}")
                .with("WorkerActivitySid", sid("WA"))
                .with("WorkerActivityName", "Available");
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** Events of one call are handled in order: when a segment is appended, all before it is done. */
    private void settle() {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(ApiClient.segment(900 + (int) (Math.random() * 90_000), "ai", "."))));
        await().until(() -> {
            JsonNode transcript = handoff().get("transcript");
            return transcript.get("received").intValue()
                    == transcript.get("appended").intValue();
        });
    }

    private static void takenIn(TwilioPost post) {
        assertThat(post.send().statusCode()).isEqualTo(204);
    }

    @Test
    void aRepAcceptsAndTheHandoffShowsWhoAndWhen() {
        String taskSid = transferred();
        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(taskSid));

        await().until(() -> state().equals("accepted"));
        JsonNode handoff = handoff();
        assertThat(sandbox.tasksOf(callSid)).containsExactly(taskSid);
        assertThat(handoff.get("reservationSid").textValue()).startsWith("WR");
        assertThat(handoff.get("workerSid").textValue()).startsWith("WK");
        assertThat(steps()).containsSubsequence("escalated", "transferred", "accepted");
        assertThat(api.read("/handoffs?reservationSid="
                        + handoff.get("reservationSid").textValue()))
                .hasSize(1);
        assertThat(api.read("/handoffs?taskSid=" + taskSid)).hasSize(1);

        sandbox.wrapUp(taskSid);

        await().until(() -> state().equals("completed"));
        sandbox.complete(taskSid);
        settle();
        assertThat(steps()).containsOnlyOnce("completed").containsOnlyOnce("accepted");
    }

    private String streamed(String type, String taskSid, String reservationSid) {
        return """
                {"specversion":"1.0","type":"com.twilio.taskrouter.%s","id":"%s","source":"x","data":{"payload":{
                 "eventtype":"%s","account_sid":"%s","workspace_sid":"%s","timestamp":"2026-11-20T09:00:07.123Z",
                 "task_sid":"%s","task_channel_unique_name":"voice","task_age":3,"task_canceled_reason":null,
                 "task_attributes":{"call_sid":"%s","handedOff":true},"reservation_sid":"%s","worker_sid":"%s"}}}""".formatted(
                        type,
                        sid("EV"),
                        type,
                        org.accountSid(),
                        org.workspaceSid(),
                        taskSid,
                        callSid,
                        reservationSid,
                        "WK" + "7".repeat(32));
    }

    @Test
    void eventsOfAStreamCountOnceWhateverElseIsInTheirBatch() {
        String taskSid = transferred();
        String reservation = sid("WR");
        String accepted = streamed("reservation.accepted", taskSid, reservation);
        String batch = "[17,{\"type\":\"com.twilio.taskrouter.task.canceled\"},"
                + streamed("task.canceled", taskSid, reservation).replace(org.workspaceSid(), sid("WS")) + ","
                + accepted + "," + accepted + "," + streamed("task.completed", taskSid, reservation) + "]";
        String path = "/webhooks/demo/" + org.webhookToken() + "/events";

        takenIn(TwilioPost.streamed(runtime.port(), path, org.authToken(), batch));
        takenIn(TwilioPost.streamed(runtime.port(), path, org.authToken(), batch));
        takenIn(accepted(taskSid).with("ReservationSid", reservation).with("WorkerSid", "WK" + "7".repeat(32)));

        await().until(() -> state().equals("completed"));
        settle();
        assertThat(steps())
                .containsOnlyOnce("accepted")
                .containsOnlyOnce("completed")
                .doesNotContain("abandoned");
        assertThat(handoff().get("workerSid").textValue()).isEqualTo("WK" + "7".repeat(32));
    }

    /** As an account has it whose workspace reports to another system. */
    @Test
    void theSinkThatConnectMakesBringsTheEventsInPlaceOfTheCallback() {
        String callback = Workspace.fetcher(org.workspaceSid())
                .fetch(runtime.twilio().forOrg("demo"))
                .getEventCallbackUrl()
                .toString();
        reportTo("");
        try {
            assertThat(api.post("/connect?events=stream", Map.of()).statusCode())
                    .isEqualTo(200);
            String taskSid = transferred();
            await().ignoreExceptions().untilAsserted(() -> sandbox.accept(taskSid));
            await().until(() -> state().equals("accepted"));
            sandbox.wrapUp(taskSid);
            await().until(() -> state().equals("completed"));
            assertThat(api.read("/connect").toString()).doesNotContain("TaskRouter webhook");
        } finally {
            context.getRegistry().lookupByNameAndType("connect", Connect.class).rollback("demo");
            reportTo(callback);
        }
    }

    private void reportTo(String url) {
        Workspace.updater(org.workspaceSid())
                .setEventCallbackUrl(url)
                .update(runtime.twilio().forOrg("demo"));
    }

    private record Waited(Instant escalated, Instant accepted) {}

    private Waited waited() throws SQLException {
        try (Connection connection = runtime.ledger().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select escalated_at, accepted_at from handoff where org = 'demo' and call_sid = ?")) {
            select.setString(1, callSid);
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
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", before.plus(ofSender).toString(),
                        "reason", "Billing"));
        await().until(() -> state().equals("transferred"));
        await().until(() -> handoff().has("taskSid"));

        takenIn(accepted(handoff().get("taskSid").textValue())
                .with("TimestampMs", Long.toString(Instant.now().plus(ofTwilio).toEpochMilli())));

        await().until(() -> state().equals("accepted"));
        Waited waited = waited();
        assertThat(waited.escalated()).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(waited.accepted()).isBetween(waited.escalated(), Instant.now());
        await().until(() -> steps().contains("noted"));
        Instant said = before.plus(ofSender);
        boolean absurd = ofSender.compareTo(Duration.ofHours(-24)) < 0 || ofSender.compareTo(Duration.ZERO) > 0;
        assertThat(twilio.messagesOf(callSid).get(0).getBody())
                .contains("Escalated: " + (absurd ? before : said).toString().substring(0, 10));
    }

    @Test
    void aCallerWhoLeavesTheQueueAbandonsTheHandoff() {
        transferred();
        sandbox.hangUp(callSid);

        await().until(() -> state().equals("abandoned"));
        assertThat(cause("abandoned")).isEqualTo("task canceled: hangup");
    }

    @Test
    void aTaskThatNobodyTakesFailsTheHandoff() {
        String taskSid = transferred();
        takenIn(event("workflow.timeout", taskSid));
        takenIn(event("task.canceled", taskSid).with("TaskCanceledReason", "Workflow timed out"));

        await().until(() -> state().equals("failed"));
        settle();
        assertThat(cause("failed")).contains("no rep took the task");
        assertThat(steps()).containsOnlyOnce("failed");
    }

    @Test
    void whatComesTwiceHappensOnce() {
        TwilioPost accepted = accepted(transferred());
        for (int i = 0; i < 5; i++) {
            takenIn(accepted);
        }
        takenIn(accepted.with("TaskAge", "30").with("Sid", sid("EV")));
        settle();

        assertThat(state()).isEqualTo("accepted");
        assertThat(steps()).containsOnlyOnce("accepted");
    }

    @Test
    void aSecondRepOfATransferDoesNotReplaceTheFirst() {
        String taskSid = transferred();
        takenIn(accepted(taskSid));
        await().until(() -> state().equals("accepted"));
        String first = handoff().get("workerSid").textValue();

        takenIn(accepted(taskSid));
        settle();

        assertThat(handoff().get("workerSid").textValue()).isEqualTo(first);
        assertThat(steps()).containsOnlyOnce("accepted");
    }

    @Test
    void anAcceptThatComesAfterTheEndIsKeptAndMovesNothingBack() {
        String taskSid = transferred();
        takenIn(event("task.completed", taskSid));
        takenIn(accepted(taskSid));
        settle();

        assertThat(state()).isEqualTo("completed");
        assertThat(handoff().get("workerSid").textValue()).startsWith("WK");
        assertThat(steps()).containsOnlyOnce("accepted").containsOnlyOnce("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.created", "task.canceled", "workflow.timeout", "task.deleted"})
    void aLateEventMovesNothingBack(String late) {
        String taskSid = transferred();
        takenIn(accepted(taskSid));
        await().until(() -> state().equals("accepted"));

        takenIn(event(late, taskSid).with("TaskCanceledReason", "hangup"));
        settle();

        assertThat(state()).isEqualTo("accepted");
        assertThat(steps()).doesNotContain("failed", "abandoned");
    }

    @Test
    void anotherTaskOfTheCallMovesNothing() {
        String taskSid = transferred();
        String earlier = sid("WT");
        String notHandedOff = "{\"call_sid\":\"" + callSid + "\"}";
        takenIn(event("task.created", earlier).with("TaskAttributes", notHandedOff));
        takenIn(accepted(earlier).with("TaskAttributes", notHandedOff));
        takenIn(event("task.completed", earlier).with("TaskAttributes", notHandedOff));
        takenIn(event("task.canceled", earlier));
        settle();

        assertThat(state()).isEqualTo("transferred");
        assertThat(handoff().get("taskSid").textValue()).isEqualTo(taskSid);
        assertThat(handoff().has("workerSid")).isFalse();
    }

    @Test
    void aTaskThatDoesNotSayItsCallIsFoundByItsSid() {
        String taskSid = transferred();
        takenIn(accepted(taskSid).with("TaskAttributes", "{\"handoffSummary\":\"cut of"));

        await().until(() -> state().equals("accepted"));
        takenIn(event("task.completed", taskSid).without("TaskAttributes"));
        await().until(() -> state().equals("completed"));
    }

    @Test
    void anAcceptThatComesBeforeTheEscalationWaitsForIt() {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(ApiClient.segment(1, "caller", "Hello?"))));
        await().until(() -> handoff().at("/transcript/appended").asInt() == 1);
        takenIn(accepted(sid("WT")));

        HandoffChecks.escalate(api, callSid);

        await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("accepted"));
        assertThat(parked()).doesNotContain(callSid);
    }

    @Test
    void tasksOfCallsThatTheAiNeverHadStayOutOfTheLedger() {
        String unknown = "CA" + sid("");
        callSid = unknown;
        takenIn(event("task.created", sid("WT")));
        takenIn(accepted(sid("WT")));
        takenIn(event("task.completed", sid("WT")));
        takenIn(accepted(sid("WT")).without("TaskAttributes"));
        callSid = sandbox.placeCall("+15550100", "+15550199");
        transferred();

        assertThat(api.read("/handoffs?limit=500").findValuesAsText("state")).isNotEmpty();
        assertThat(parked()).doesNotContain(unknown);
    }

    private List<String> parked() {
        return api.read("/dead-letters").findValuesAsText("callSid");
    }
}
