package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A few callers wait out the budget for a ledger that does not answer, those after them do not. */
@HandoffTest
@TestPropertySource(properties = "handoff.transfer.answer-budget=200")
class AskInTimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext camel;

    private final List<Connection> held = new ArrayList<>();
    private Sandbox sandbox;
    private ApiClient api;
    private String callSid;
    private CircuitBreaker circuit;

    @BeforeEach
    void find() {
        sandbox = runtime.sandbox().orElseThrow();
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        circuit = camel.getRegistry()
                .lookupByNameAndType("circuits", CircuitBreakerRegistry.class)
                .find("claim-in-time")
                .orElseThrow();
    }

    @AfterEach
    void answer() throws Exception {
        for (Connection connection : held) {
            connection.close();
        }
    }

    @Test
    void afterAFewCallersNobodyAsksTheLedgerUntilItAnswersAgain() throws Exception {
        for (int connection = 0; connection < 16; connection++) {
            held.add(runtime.ledger().dataSource().getConnection());
        }
        await().atMost(PATIENCE).until(() -> isHandedOver() && circuit.getState() == State.OPEN);
        assertThat(circuit.getMetrics().getNumberOfFailedCalls()).isBetween(2, 5);
        await().atMost(PATIENCE)
                .until(() -> isHandedOver() && circuit.getMetrics().getNumberOfNotPermittedCalls() > 0);
        String notAsked = callSid;
        assertThat(escalate().statusCode()).isEqualTo(202);

        answer();
        await().atMost(PATIENCE).until(() -> Set.of("transferred", "abandoned")
                .contains(api.read("/handoffs/" + notAsked).path("state").asText()));
        assertThat(sandbox.requests())
                .as("no redirect moves a call again that an answer has moved")
                .noneMatch(request ->
                        request.method().equals("POST") && request.path().endsWith(notAsked + ".json"));
        await().atMost(PATIENCE).until(() -> isHandedOver() && circuit.getState() == State.CLOSED);
    }

    /** Whether Twilio is told to bring a new call into the workflow. */
    private boolean isHandedOver() {
        callSid = sandbox.placeCall("+15550100", "+15550199");
        Org org = runtime.twilio().org("demo");
        HttpResponse<String> answer = TwilioPost.to(
                        runtime.port(), "/voice/demo/" + org.webhookToken() + "/connect-action", org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "in-progress")
                .with("SessionStatus", "ended")
                .with("SessionId", "VX" + callSid.substring(2))
                .with("HandoffData", "{\"reason\":\"Billing dispute\"}")
                .send();
        sandbox.hangUp(callSid);
        return answer.statusCode() == 200 && answer.body().contains("<Enqueue");
    }

    private HttpResponse<String> escalate() {
        return api.post(
                "/calls/" + sandbox.placeCall("+15550100", "+15550199") + "/escalation",
                Map.of("id", "e1", "occurredAt", Instant.now().toString()));
    }
}
