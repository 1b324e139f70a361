package io.flexhandoff.ledger;

import static io.flexhandoff.support.ApiClient.segment;
import static io.flexhandoff.support.TestCall.newSid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.TwilioPost;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A call that the AI hands over more than once: a handoff for each decision after a final state, on any database. */
abstract class DecisionChecks extends LedgerChecks {

    @Autowired
    private HandoffRuntime runtime;

    /** @return the answer */
    private JsonNode escalate(String id, String reason) {
        return call.escalate(Map.of("id", id, "occurredAt", Instant.now().toString(), "reason", reason));
    }

    private void say(int sequence, String text) {
        Map<String, Object> segment = new HashMap<>(segment(sequence, "caller", text));
        segment.put("spokenAt", Instant.now().toString());
        call.say(segment);
    }

    private List<String> found(String filter) {
        return call.api().read("/handoffs?callSid=" + call.sid() + "&" + filter).findValuesAsText("decision");
    }

    /** @return the handoff's task */
    private String waiting(int decision) {
        await().until(() -> call.handoff().path("decision").asInt() == decision
                && call.state().equals("transferred"));
        call.awaitStep("noted");
        return call.transferred();
    }

    private TwilioPost event(String type, String taskSid) {
        return call.event(type, taskSid, call.twilio().attributesOf(taskSid).toString());
    }

    private void told(TwilioPost event) {
        assertThat(event.send().statusCode()).isEqualTo(204);
    }

    private TwilioPost accepted(String taskSid, String worker) {
        return event("reservation.accepted", taskSid)
                .with("ReservationSid", newSid("WR"))
                .with("WorkerSid", worker);
    }

    /** What was said and noted, from the top. */
    private List<String> thread() {
        return call.messages().stream().map(Message::getBody).toList();
    }

    @Test
    void aRepSendsTheCallerBackAndTheAiHandsOverAnew() {
        say(1, "I was charged twice.");
        escalate("e1", "Billing");
        String first = waiting(1);
        String worker = newSid("WK");
        told(accepted(first, worker));
        call.awaitState("accepted");
        told(event("task.completed", first));
        call.awaitState("completed");

        say(2, "And my address is wrong.");
        await().until(() -> thread().contains("And my address is wrong."));
        assertThat(escalate("e2", "Address").has("joined")).isFalse();
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo("e2");
        assertThat(call.handoff().get("reason").textValue()).isEqualTo("Address");
        assertThat(call.handoff().has("workerSid")).isFalse();
        assertThat(call.steps()).startsWith("escalated").containsOnlyOnce("transferred", "noted");
        assertThat(call.twilio().attributesOf(second).get("handoffReason").textValue())
                .isEqualTo("Address");
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
        told(accepted(first, newSid("WK")));
        told(accepted(second, worker));
        call.awaitState("accepted");
        assertThat(call.handoff().get("taskSid").textValue()).isEqualTo(second);
        assertThat(found("state=completed")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e1", "e2"})
    void afterAHandoffThatFailedTheSameOrAnotherIdTriesAgain(String id) {
        escalate("e1", "Billing");
        String first = waiting(1);
        told(event("workflow.timeout", first));
        call.awaitState("failed");

        assertThat(escalate(id, "Still billing").has("joined")).isFalse();
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(escalate(id, "Still billing").get("joined").textValue()).isEqualTo(id);
        told(event("task.canceled", first).with("TaskCanceledReason", "hangup"));
        told(event("workflow.timeout", first));
        told(event("task.created", first));
        told(accepted(second, newSid("WK")));
        call.awaitState("accepted");
        assertThat(call.handoff().get("decision").intValue()).isEqualTo(2);
        assertThat(found("state=failed")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e1", "e2"})
    void afterARefusedRedirectTheSameOrAnotherIdMovesTheCaller(String id) {
        call.sandbox()
                .faults()
                .add(Fault.answer(400).method("POST").path("**/Calls/*").call(call.sid()));
        escalate("e1", "Billing");
        call.awaitState("failed");
        assertThat(call.deadLetters()).isNotEmpty();
        call.sandbox().faults().clear();

        escalate(id, "Billing");
        String task = waiting(2);

        assertThat(call.tasks()).containsExactly(task);
        // an operator's replay of the first is not another decision
        call.post("/dead-letters/replay", Map.of());
        await().until(() -> call.deadLetters().isEmpty());
        say(1, "Hello?");
        call.appended(1);
        assertThat(call.tasks()).containsExactly(task);
        assertThat(found("limit=9")).containsExactly("2", "1");
    }

    @Test
    void whileOneIsUnderWayAnotherJoinsItAndIsTold() {
        escalate("e1", "Billing");
        assertThat(escalate("e2", "Address").get("joined").textValue()).isEqualTo("e1");
        assertThat(escalate("e1", "Billing").get("joined").textValue()).isEqualTo("e1");
        String task = waiting(1);
        told(accepted(task, newSid("WK")));
        call.awaitState("accepted");

        assertThat(escalate("e3", "Anger").get("joined").textValue()).isEqualTo("e1");
        await().until(() -> call.handoff().findValuesAsText("cause").containsAll(List.of("e2", "e3")));
        assertThat(call.tasks()).containsExactly(task);
        assertThat(call.steps()).containsOnlyOnce("escalated", "transferred", "accepted");

        told(event("task.completed", task));
        call.awaitState("completed");
        JsonNode repeated = escalate("e1", "Billing");
        assertThat(repeated.get("joined").textValue()).isEqualTo("e1");
        assertThat(repeated.get("warnings").toString()).contains("id: ", "completed");
        // whoever joined may still have a decision of its own
        assertThat(escalate("e3", "Anger").has("joined")).isFalse();
        assertThat(waiting(2)).isNotEqualTo(task);
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo("e3");
    }

    /** Killed after the call had moved, and before the note was ordered: the claim is the handoff's, not the call's. */
    @Test
    void whatAKilledTryLeftOfALaterHandoffFollows() {
        JdbcTemplate ledger = new JdbcTemplate(runtime.ledger().dataSource());
        String insert =
                "insert into handoff (org, call_sid, decision, latest, state, escalation_id, begun_after, started_at,"
                        + " escalated_at, enqueued_at) values ('demo', ?, ?, ?, ?, ?, ?, current_timestamp, current_timestamp,"
                        + " current_timestamp)";
        ledger.update(insert, call.sid(), 1, false, "completed", "e1", 0);
        ledger.update(insert, call.sid(), 2, true, "transferred", "e2", 1);

        assertThat(escalate("e2", "Address").get("joined").textValue()).isEqualTo("e2");
        call.awaitStep("noted");

        assertThat(call.handoff().get("decision").intValue()).isEqualTo(2);
        assertThat(thread().subList(1, 3).toString()).contains("Reason: Address", "just above");
        assertThat(call.tasks()).as("moved again").isEmpty();
        assertThat(found("state=completed")).containsExactly("1");
    }

    @Test
    void theThreadIsClosedMeanwhileAndEachHandoffFindsItsOwn() {
        say(1, "I was charged twice.");
        escalate("e1", "Billing");
        String task = waiting(1);
        String first = call.handoff().get("conversationSid").textValue();
        told(accepted(task, newSid("WK")));
        told(event("task.completed", task));
        call.awaitState("completed");
        Conversation.updater(call.org().conversationsServiceSid(), first)
                .setState(Conversation.State.CLOSED)
                .update(call.client());

        escalate("e2", "Address");
        waiting(2);

        String second = call.handoff().get("conversationSid").textValue();
        assertThat(second).isNotEqualTo(first);
        assertThat(call.handoff().get("earlierConversationSids").toString()).isEqualTo("[\"" + first + "\"]");
        assertThat(found("conversationSid=" + first)).containsExactly("2", "1");
        assertThat(found("conversationSid=" + second)).containsExactly("2");
        assertThat(thread().get(0)).contains("Reason: Billing");
    }

    private String relay(String session, String handoffData) {
        String twiml = call.relayEnds(session, handoffData).send().body();
        assertThat(twiml).contains("<Enqueue");
        return twiml;
    }

    /** @param heard whether TaskRouter has told that the first rep is done */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoSessionsOfACallAreTwoHandoffs(boolean heard) {
        String session = newSid("VX");
        String twiml = relay(session, "{\"reason\":\"Billing\"}");
        relay(session, "{\"reason\":\"Billing\"}");
        call.execute(twiml);
        String first = waiting(1);
        told(accepted(first, newSid("WK")));
        call.awaitState("accepted");
        if (heard) {
            told(event("task.completed", first));
            call.awaitState("completed");
        }

        String next = newSid("VX");
        String again = relay(next, "{\"reason\":\"Address\"}");
        relay(next, "{\"reason\":\"Address\"}");
        call.execute(again);
        String second = waiting(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo(next);
        assertThat(call.handoff().get("reason").textValue()).isEqualTo("Address");
        assertThat(call.handoff().has("workerSid")).isFalse();
        assertThat(thread().get(0)).contains("Reason: Billing");
        assertThat(thread().subList(2, 4).toString()).contains("Reason: Address", "just above");
        told(event("task.completed", first));
        await().until(() -> found("state=completed").equals(List.of("1")));
        assertThat(call.state()).isEqualTo("transferred");
        assertThat(call.tasks()).hasSize(2);
    }
}
