package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
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
import org.springframework.jdbc.core.JdbcTemplate;

/** A call that the AI hands over more than once: a handoff for each decision after a final state, on any database. */
abstract class DecisionChecks extends LedgerChecks {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private Org org;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeAnotherCall() {
        sandbox = runtime.sandbox().orElseThrow();
        org = runtime.twilio().org("demo");
        twilio = new TwilioView(org, runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void hangUpAnother() {
        sandbox.faults().clear();
        sandbox.hangUp(callSid);
    }

    /** @return the answer */
    private JsonNode escalate(String id, String reason) {
        var answer = api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", id, "occurredAt", Instant.now().toString(), "reason", reason));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return ApiClient.tree(answer.body());
    }

    private void say(int sequence, String text) {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of(
                        "segments",
                        List.of(Map.of(
                                "id",
                                "s" + sequence,
                                "sequence",
                                sequence,
                                "speaker",
                                "caller",
                                "text",
                                text,
                                "spokenAt",
                                Instant.now().toString()))));
    }

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private String state() {
        return handoff().path("state").asText();
    }

    private List<String> found(String filter) {
        return api.read("/handoffs?callSid=" + callSid + "&" + filter).findValuesAsText("decision");
    }

    /** @return the handoff's task */
    private String waiting(int decision) {
        await().until(() -> handoff().path("decision").asInt() == decision && state().equals("transferred"));
        await().until(() -> handoff().has("taskSid"));
        await().until(() -> steps().contains("noted"));
        return handoff().get("taskSid").textValue();
    }

    private List<String> steps() {
        return handoff().findValuesAsText("step");
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    private TwilioPost event(String type, String taskSid) {
        return TwilioPost.to(runtime.port(), "/webhooks/demo/" + org.webhookToken(), org.authToken())
                .with("EventType", type)
                .with("AccountSid", org.accountSid())
                .with("WorkspaceSid", org.workspaceSid())
                .with("Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .with("TaskSid", taskSid)
                .with("TaskAttributes", twilio.attributesOf(taskSid).toString())
                .with("TaskCanceledReason", "");
    }

    private void told(TwilioPost event) {
        assertThat(event.send().statusCode()).isEqualTo(204);
    }

    private TwilioPost accepted(String taskSid, String worker) {
        return event("reservation.accepted", taskSid)
                .with("ReservationSid", sid("WR"))
                .with("WorkerSid", worker);
    }

    /** What was said and noted, from the top. */
    private List<String> thread() {
        return twilio.messagesOf(callSid).stream().map(Message::getBody).toList();
    }

    @Test
    void aRepSendsTheCallerBackAndTheAiHandsOverAnew() {
        say(1, "I was charged twice.");
        escalate("e1", "Billing");
        String first = waiting(1);
        String worker = sid("WK");
        told(accepted(first, worker));
        await().until(() -> state().equals("accepted"));
        told(event("task.completed", first));
        await().until(() -> state().equals("completed"));

        say(2, "And my address is wrong.");
        await().until(() -> thread().contains("And my address is wrong."));
        assertThat(escalate("e2", "Address").has("joined")).isFalse();
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(handoff().get("escalationId").textValue()).isEqualTo("e2");
        assertThat(handoff().get("reason").textValue()).isEqualTo("Address");
        assertThat(handoff().has("workerSid")).isFalse();
        assertThat(steps()).startsWith("escalated").containsOnlyOnce("transferred", "noted");
        assertThat(twilio.attributesOf(second).get("handoffReason").textValue()).isEqualTo("Address");
        assertThat(found("taskSid=" + first)).containsExactly("1");
        assertThat(found("taskSid=" + second)).containsExactly("2");
        assertThat(found("escalationId=e1")).containsExactly("1");
        assertThat(found("state=completed")).containsExactly("1");
        assertThat(found("limit=5")).containsExactly("2", "1");
        List<String> thread = thread();
        assertThat(thread).hasSize(6);
        assertThat(thread.get(0)).startsWith("HANDOFF NOTE").contains("Reason: Billing");
        assertThat(thread.subList(1, 4))
                .satisfiesExactly(
                        turn -> assertThat(turn).isEqualTo("I was charged twice."),
                        pointer -> assertThat(pointer).contains("Billing", "at the top"),
                        turn -> assertThat(turn).isEqualTo("And my address is wrong."));
        assertThat(thread.get(4)).startsWith("HANDOFF NOTE").contains("Reason: Address");
        assertThat(thread.get(5)).contains("Address", "just above");

        // what is heard late of the first task is the first handoff's
        told(event("task.canceled", first));
        told(accepted(first, sid("WK")));
        told(accepted(second, worker));
        await().until(() -> state().equals("accepted"));
        assertThat(handoff().get("taskSid").textValue()).isEqualTo(second);
        assertThat(found("state=completed")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e1", "e2"})
    void afterAHandoffThatFailedTheSameOrAnotherIdTriesAgain(String id) {
        escalate("e1", "Billing");
        String first = waiting(1);
        told(event("workflow.timeout", first));
        await().until(() -> state().equals("failed"));

        assertThat(escalate(id, "Still billing").has("joined")).isFalse();
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(escalate(id, "Still billing").get("joined").textValue()).isEqualTo(id);
        told(event("task.canceled", first).with("TaskCanceledReason", "hangup"));
        told(event("workflow.timeout", first));
        told(event("task.created", first));
        told(accepted(second, sid("WK")));
        await().until(() -> state().equals("accepted"));
        assertThat(handoff().get("decision").intValue()).isEqualTo(2);
        assertThat(found("state=failed")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e1", "e2"})
    void afterARefusedRedirectTheSameOrAnotherIdMovesTheCaller(String id) {
        sandbox.faults().add(Fault.answer(400).method("POST").path("**/Calls/*").call(callSid));
        escalate("e1", "Billing");
        await().until(() -> state().equals("failed"));
        assertThat(api.read("/dead-letters").findValuesAsText("callSid")).contains(callSid);
        sandbox.faults().clear();

        escalate(id, "Billing");
        String task = waiting(2);

        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        // an operator's replay of the first is not another decision
        api.post("/calls/" + callSid + "/dead-letters/replay", Map.of());
        await().until(() ->
                api.read("/dead-letters").findValuesAsText("callSid").stream().noneMatch(callSid::equals));
        say(1, "Hello?");
        await().until(() -> handoff().at("/transcript/appended").asInt() == 1);
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        assertThat(found("limit=9")).containsExactly("2", "1");
    }

    @Test
    void whileOneIsUnderWayAnotherJoinsItAndIsTold() {
        escalate("e1", "Billing");
        assertThat(escalate("e2", "Address").get("joined").textValue()).isEqualTo("e1");
        assertThat(escalate("e1", "Billing").get("joined").textValue()).isEqualTo("e1");
        String task = waiting(1);
        told(accepted(task, sid("WK")));
        await().until(() -> state().equals("accepted"));

        assertThat(escalate("e3", "Anger").get("joined").textValue()).isEqualTo("e1");
        await().until(() -> handoff().findValuesAsText("cause").containsAll(List.of("e2", "e3")));
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        assertThat(steps()).containsOnlyOnce("escalated", "transferred", "accepted");

        told(event("task.completed", task));
        await().until(() -> state().equals("completed"));
        JsonNode repeated = escalate("e1", "Billing");
        assertThat(repeated.get("joined").textValue()).isEqualTo("e1");
        assertThat(repeated.get("warnings").toString()).contains("id: ", "completed");
        // whoever joined may still have a decision of its own
        assertThat(escalate("e3", "Anger").has("joined")).isFalse();
        assertThat(waiting(2)).isNotEqualTo(task);
        assertThat(handoff().get("escalationId").textValue()).isEqualTo("e3");
    }

    /** Killed after the call had moved, and before the note was ordered: the claim is the handoff's, not the call's. */
    @Test
    void whatAKilledTryLeftOfALaterHandoffFollows() {
        JdbcTemplate ledger = new JdbcTemplate(runtime.ledger().dataSource());
        String insert =
                "insert into handoff (org, call_sid, decision, latest, state, escalation_id, begun_after, started_at,"
                        + " escalated_at, enqueued_at) values ('demo', ?, ?, ?, ?, ?, ?, current_timestamp, current_timestamp,"
                        + " current_timestamp)";
        ledger.update(insert, callSid, 1, false, "completed", "e1", 0);
        ledger.update(insert, callSid, 2, true, "transferred", "e2", 1);

        assertThat(escalate("e2", "Address").get("joined").textValue()).isEqualTo("e2");
        await().until(() -> steps().contains("noted"));

        assertThat(handoff().get("decision").intValue()).isEqualTo(2);
        assertThat(thread().subList(1, 3).toString()).contains("Reason: Address", "just above");
        assertThat(sandbox.tasksOf(callSid)).as("moved again").isEmpty();
        assertThat(found("state=completed")).containsExactly("1");
    }

    @Test
    void theThreadIsClosedMeanwhileAndEachHandoffFindsItsOwn() {
        say(1, "I was charged twice.");
        escalate("e1", "Billing");
        String task = waiting(1);
        String first = handoff().get("conversationSid").textValue();
        told(accepted(task, sid("WK")));
        told(event("task.completed", task));
        await().until(() -> state().equals("completed"));
        Conversation.updater(org.conversationsServiceSid(), first)
                .setState(Conversation.State.CLOSED)
                .update(runtime.twilio().forOrg("demo"));

        escalate("e2", "Address");
        waiting(2);

        String second = handoff().get("conversationSid").textValue();
        assertThat(second).isNotEqualTo(first);
        assertThat(handoff().get("earlierConversationSids").toString()).isEqualTo("[\"" + first + "\"]");
        assertThat(found("conversationSid=" + first)).containsExactly("2", "1");
        assertThat(found("conversationSid=" + second)).containsExactly("2");
        assertThat(thread().get(0)).contains("Reason: Billing");
    }

    private String relay(String session, String handoffData) {
        String twiml = TwilioPost.to(
                        runtime.port(), "/voice/demo/" + org.webhookToken() + "/connect-action", org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "in-progress")
                .with("SessionId", session)
                .with("SessionStatus", "ended")
                .with("HandoffData", handoffData)
                .send()
                .body();
        assertThat(twiml).contains("<Enqueue");
        return twiml;
    }

    private void execute(String twiml) {
        Call.updater(org.accountSid(), callSid)
                .setTwiml(twiml)
                .update(runtime.twilio().forOrg("demo"));
    }

    /** @param heard whether TaskRouter has told that the first rep is done */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoSessionsOfACallAreTwoHandoffs(boolean heard) {
        String session = sid("VX");
        String twiml = relay(session, "{\"reason\":\"Billing\"}");
        relay(session, "{\"reason\":\"Billing\"}");
        execute(twiml);
        String first = waiting(1);
        told(accepted(first, sid("WK")));
        await().until(() -> state().equals("accepted"));
        if (heard) {
            told(event("task.completed", first));
            await().until(() -> state().equals("completed"));
        }

        String next = sid("VX");
        String again = relay(next, "{\"reason\":\"Address\"}");
        relay(next, "{\"reason\":\"Address\"}");
        execute(again);
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(handoff().get("escalationId").textValue()).isEqualTo(next);
        assertThat(handoff().get("reason").textValue()).isEqualTo("Address");
        assertThat(handoff().has("workerSid")).isFalse();
        assertThat(thread().get(0)).contains("Reason: Billing");
        assertThat(thread().subList(2, 4).toString()).contains("Reason: Address", "just above");
        told(event("task.completed", first));
        await().until(() -> found("state=completed").equals(List.of("1")));
        assertThat(state()).isEqualTo("transferred");
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
    }
}
