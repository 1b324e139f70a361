package io.flexhandoff.handoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A node that dies right after the ledger knows of a transfer, before the broker has what follows it. */
@HandoffTest
class CatchUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    @ParameterizedTest
    @ValueSource(strings = {"transferred", "accepted", "completed"})
    void noteAndLastTurnsComeWithTheNextDelivery(String state) {
        String callSid = leftIn(state, "e1");

        escalate(callSid);

        TwilioView twilio =
                new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        await().atMost(PATIENCE).until(() -> steps(callSid).contains("noted"));
        await().atMost(PATIENCE)
                .until(() -> handoff(callSid).at("/transcript/appended").asInt() == 2);
        assertThat(twilio.messagesOf(callSid).get(0).getBody()).contains("Asks for a person");
        assertThat(twilio.messagesOf(callSid)).hasSize(4);
        assertThat(sandbox().tasksOf(callSid)).as("moved again").isEmpty();
        assertThat(handoff(callSid).get("state").textValue()).isEqualTo(state);
    }

    @Test
    void anEscalationOfAnotherDecisionChangesNothing() {
        String callSid = leftIn("transferred", "e0");

        escalate(callSid);
        api().post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:09Z", "outcome", "escalated"));

        await().atMost(PATIENCE).until(() -> steps(callSid).contains("ended"));
        assertThat(steps(callSid)).doesNotContain("noted");
        assertThat(handoff(callSid).at("/transcript/received").asInt()).isZero();
    }

    /** A call that the ledger knows to be moved, and nothing else. */
    private String leftIn(String state, String escalation) {
        String callSid = sandbox().placeCall("+15550100", "+15550199");
        context.createProducerTemplate()
                .requestBody(
                        "ledger:write?query=RAW(insert into handoff (org, call_sid, state, started_at, escalation_id, escalated_at,"
                                + " transferred_at, enqueued_at) values ('demo', '"
                                + callSid + "', '" + state + "', current_timestamp, '" + escalation
                                + "', current_timestamp, current_timestamp, current_timestamp))",
                        (Object) null);
        return callSid;
    }

    private void escalate(String callSid) {
        api().post(
                        "/calls/" + callSid + "/escalation",
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

    private JsonNode handoff(String callSid) {
        return api().read("/handoffs/" + callSid);
    }

    private List<String> steps(String callSid) {
        return handoff(callSid).findValuesAsText("step");
    }

    private Sandbox sandbox() {
        return runtime.sandbox().orElseThrow();
    }

    private ApiClient api() {
        return new ApiClient(runtime.port(), "demo", "demo-key");
    }
}
