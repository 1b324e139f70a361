package io.flexhandoff.handoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A node that dies right after the ledger knows of a transfer, before the broker has what follows it. */
@HandoffTest
class CatchUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private CamelContext context;

    @ParameterizedTest
    @ValueSource(strings = {"transferred", "accepted", "completed"})
    void noteAndLastTurnsComeWithTheNextDelivery(String state) {
        leftIn(state, "e1");

        escalate();

        await().atMost(PATIENCE).until(() -> call.steps().contains("noted"));
        await().atMost(PATIENCE).until(() -> call.transcript("appended") == 2);
        assertThat(call.messages().get(0).getBody()).contains("Asks for a person");
        assertThat(call.messages()).hasSize(4);
        assertThat(call.tasks()).as("moved again").isEmpty();
        assertThat(call.handoff().get("state").textValue()).isEqualTo(state);
    }

    @Test
    void anEscalationOfAnotherDecisionChangesNothing() {
        leftIn("transferred", "e0");

        escalate();
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:09Z", "outcome", "escalated"));

        await().atMost(PATIENCE).until(() -> call.steps().contains("ended"));
        assertThat(call.steps()).doesNotContain("noted");
        assertThat(call.transcript("received")).isZero();
    }

    /** A call that the ledger knows to be moved, and nothing else. */
    private void leftIn(String state, String escalation) {
        context.createProducerTemplate()
                .requestBody(
                        "ledger:write?query=RAW(insert into handoff (org, call_sid, state, started_at, escalation_id, escalated_at,"
                                + " transferred_at, enqueued_at) values ('demo', '"
                                + call.sid() + "', '" + state + "', current_timestamp, '" + escalation
                                + "', current_timestamp, current_timestamp, current_timestamp))",
                        (Object) null);
    }

    private void escalate() {
        call.post(
                "/escalation",
                Map.of(
                        "id",
                        "e1",
                        "occurredAt",
                        "2026-11-20T09:00:05Z",
                        "reason",
                        "Asks for a person",
                        "recentTurns",
                        List.of(segment(1, "ai", "Hello."), segment(2, "caller", "A person, please."))));
    }
}
