package io.flexhandoff.operate;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.Jolokia;
import io.flexhandoff.support.TestCall;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** What an operator sees and does in Hawtio, which calls JMX by way of Jolokia. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=operate",
            "handoff.management.user=ana",
            "handoff.management.password=of the operator",
            "handoff.late.delays=1h"
        })
class OperatorConsolesTest {

    private static final String SERVICES = "org.apache.camel:context=operate,type=services,name=";
    private static final String ORGS = SERVICES + "Orgs";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @LocalServerPort
    private int managementPort;

    private Jolokia operator;

    @BeforeEach
    void signIn() {
        operator = new Jolokia(managementPort, "ana:of the operator");
    }

    @AfterEach
    void leaveNothing() {
        operator.value(ORGS, "resume", "demo");
    }

    @Test
    void aPausedOrgHandsOverNothingMoreUntilItIsResumed() {
        Instant before = Instant.now().minusSeconds(1);
        assertThat(operator.value(ORGS, "pause", "demo", "The reps are out").textValue())
                .startsWith("demo is paused since ")
                .endsWith(" by ana: The reps are out");

        HttpResponse<String> refused = escalate();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = ApiClient.tree(refused.body());
        assertThat(problem.get("title").textValue()).isEqualTo("Paused");
        assertThat(problem.get("detail").textValue()).startsWith("org: ").doesNotContain("reps are out");
        assertThat(call.post("/escalation", "{}").statusCode())
                .as("bad input is bad all the same")
                .isEqualTo(400);
        String transfers = stateOfDemo().get("transfers").textValue();
        assertThat(transfers).matches("paused since \\S+ by ana: The reps are out");
        assertThat(Instant.parse(transfers.split(" ")[2])).isBetween(before, Instant.now());

        call.say(segment(1, "caller", "Hello?"));
        await().atMost(PATIENCE).until(() -> call.messages().size() > 1);

        assertThat(operator.value(ORGS, "resume", "demo").textValue()).isEqualTo("demo is open");
        assertThat(escalate().statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> !call.twilio().tasksOf(call.sid()).isEmpty());
    }

    @Test
    void anEscalationThatWasAcceptedBeforeGoesOn() {
        call.sandbox().faults().add(Fault.answer(429).call(call.sid()).times(2));
        assertThat(escalate().statusCode()).isEqualTo(202);
        operator.value(ORGS, "pause", "demo", "");

        await().atMost(PATIENCE).until(() -> !call.twilio().tasksOf(call.sid()).isEmpty());
    }

    @Test
    void aPauseOnAnotherNodeHoldsHereToo() {
        JdbcTemplate ledger = new JdbcTemplate(runtime.ledger().dataSource());
        ledger.update("insert into paused_org (org, paused_at, paused_by, reason) "
                + "values ('demo', current_timestamp, 'ben', 'elsewhere')");

        await().atMost(PATIENCE)
                .until(() -> stateOfDemo().get("transfers").textValue().endsWith("by ben: elsewhere"));
        assertThat(escalate().statusCode()).isEqualTo(503);
        operator.value(ORGS, "pause", "demo", "again");
        assertThat(stateOfDemo().get("transfers").textValue())
                .as("the first pause counts")
                .endsWith("by ben: elsewhere");
    }

    @Test
    void aCallerWhoseAiHasLeftIsHandedOverAllTheSame() {
        operator.value(ORGS, "pause", "demo", "");

        HttpResponse<String> answer = call.relayEnds(
                        "VX00000000000000000000000000000001", "{\"reason\":\"Billing dispute\"}")
                .send();

        assertThat(answer.body()).contains("<Enqueue");
    }

    @Test
    void anUnknownOrgIsNamed() {
        assertThat(operator.call(ORGS, "pause", "nobody", "").get("error").textValue())
                .contains("org: there is no org 'nobody'");
        assertThat(operator.call(ORGS, "resume", "nobody").get("error").textValue())
                .contains("org: there is no org 'nobody'");
        assertThat(operator.call(ORGS, "pause", "demo", "x".repeat(300))
                        .get("error")
                        .textValue())
                .contains("reason: ");
    }

    @Test
    void eachOrgShowsItsCallsAndCircuits() {
        call.escalate();
        call.arrived();

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode demo = stateOfDemo();
            assertThat(demo.get("transfers").textValue()).isEqualTo("open");
            assertThat(demo.get("callsWaitingForRep").textValue()).isNotEqualTo("0");
            assertThat(Instant.parse(demo.get("lastTransfer").textValue()))
                    .isAfter(Instant.now().minusSeconds(60));
            assertThat(demo.get("circuits").textValue()).contains("conversations closed");
        });
    }

    @Test
    void aParkedSegmentShowsSinceWhenWhyAndWhenItIsTriedAgain() {
        call.sandbox().faults().add(Fault.answer(503).product("conversations"));
        call.say(segment(1, "caller", "My card was stolen."));

        await().atMost(PATIENCE).until(() -> lateSegments().size() == 1);
        JsonNode late = lateSegments().get(0);
        assertThat(late.get("org").textValue()).isEqualTo("demo");
        assertThat(late.get("segmentId").textValue()).isEqualTo("s1");
        assertThat(late.get("state").textValue()).isEqualTo("parked");
        assertThat(late.get("attempts").textValue()).isEqualTo("1");
        assertThat(late.get("cause").textValue()).contains("503");
        Instant since = Instant.parse(late.get("failingSince").textValue());
        assertThat(Instant.parse(late.get("nextTry").textValue())).isAfter(since.plus(Duration.ofMinutes(59)));
        assertThat(lateSegments().toString()).doesNotContain("card");

        JsonNode calls = operator.value(SERVICES + "LateSegments", "calls");
        assertThat(calls).anySatisfy(shown -> {
            assertThat(shown.get("callSid").textValue()).isEqualTo(call.sid());
            assertThat(shown.get("segments").textValue()).isEqualTo("1");
        });
        assertThat(stateOfDemo().get("segmentsParked").textValue()).isNotEqualTo("0");
    }

    @Test
    void aHandoffIsFoundByAnyOfItsSids() {
        call.escalate();
        call.arrived();
        await().atMost(PATIENCE).until(() -> call.handoff().hasNonNull("taskSid"));
        JsonNode handoff = call.handoff();

        for (String sid : List.of(
                call.sid(),
                handoff.get("taskSid").textValue(),
                handoff.get("conversationSid").textValue())) {
            JsonNode timeline = operator.value(SERVICES + "Handoffs", "timeline", " " + sid + " ");
            assertThat(timeline.findValuesAsText("step")).contains("escalated", "transferred");
            assertThat(timeline.findValuesAsText("callSid")).containsOnly(call.sid());
            assertThat(Instant.parse(timeline.get(0).get("at").textValue())).isNotNull();
            assertThat(timeline.get(0).get("attempts").textValue()).isEqualTo("1");

            JsonNode found = operator.value(SERVICES + "Handoffs", "find", sid).get(0);
            assertThat(found.get("state").textValue())
                    .isEqualTo(handoff.get("state").textValue());
            assertThat(found.get("segmentsReceived").textValue()).isEqualTo("4");
        }
        assertThat(operator.value(SERVICES + "Handoffs", "find", "e1").findValuesAsText("callSid"))
                .contains(call.sid());
        assertThat(operator.value(SERVICES + "Handoffs", "timeline", "CA00000000000000000000000000000000"))
                .isEmpty();
    }

    private JsonNode lateSegments() {
        return operator.value(SERVICES + "LateSegments", "list", call.sid());
    }

    private JsonNode stateOfDemo() {
        JsonNode orgs = operator.value(ORGS, "list");
        assertThat(orgs).hasSize(1);
        return orgs.get(0);
    }

    private HttpResponse<String> escalate() {
        return call.post(
                "/escalation",
                Map.of("id", "e-" + call.sid(), "occurredAt", "2026-11-20T09:00:05Z", "reason", "Billing dispute"));
    }
}
