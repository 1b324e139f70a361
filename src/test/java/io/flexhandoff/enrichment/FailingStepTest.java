package io.flexhandoff.enrichment;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Steps of a team's own that fail, each in another way, between those that are shipped. */
@HandoffTest
class FailingStepTest {

    private static final String SLOW_CALLER = "+15550111";

    @TempDir
    static Path folder;

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void addSteps(DynamicPropertyRegistry properties) throws IOException {
        step("missing", """
                        - setVariable: {name: summary, constant: {expression: "Half of the work"}}
                        - toD: {uri: "direct:nowhere${random(1)}?block=false"}
                """);
        step("throwing", """
                        - setVariable: {name: reason, constant: {expression: ""}}
                        - throwException: {exceptionType: java.lang.IllegalStateException, message: "CRM answers 404"}
                """);
        step("converting", """
                        - setBody: {constant: {expression: "no number"}}
                        - convertBodyTo: {type: java.lang.Integer}
                """);
        step("stopping", """
                        - stop: {}
                """);
        step("slow", """
                        - filter:
                            simple: {expression: "${variable.escalation.from} == '%s'"}
                            steps:
                              - delay: {constant: {expression: "15000"}}
                """.formatted(SLOW_CALLER));
        step("tier", """
                        - setVariable: {name: tier, constant: {expression: "Gold customer"}}
                """);
        step("crm", """
                        - setVariable: {name: summary, simple: {expression: "${variable.summary} (${variable.tier})"}}
                """);
        // with an error handler of its own, that answers in place of the step
        Files.writeString(folder.resolve("enrich-handled.camel.yaml"), """
                - routeConfiguration:
                    id: answering
                    onException:
                      - onException:
                          exception: [java.lang.IllegalStateException]
                          handled: {constant: {expression: "true"}}
                          steps:
                            - log: {message: handled}
                - route:
                    id: enrich-handled
                    routeConfigurationId: answering
                    from:
                      uri: direct:enrich-handled
                      steps:
                        - throwException: {exceptionType: java.lang.IllegalStateException, message: "nobody sees this"}
                """);
        properties.add("handoff.routes-dir", folder::toString);
        properties.add("handoff.enrichment.budget", () -> "5000");
        properties.add("handoff.transfer.patience", () -> "20s");
        properties.add(
                "handoff.enrichment.steps",
                () -> "missing,language,throwing,sentiment,stopping,reason,converting,summary,tier,crm,slow,handled");
    }

    private static void step(String name, String steps) throws IOException {
        Files.writeString(folder.resolve("enrich-" + name + ".camel.yaml"), """
                - route:
                    id: enrich-%s
                    from:
                      uri: direct:enrich-%s
                      steps:
                """.formatted(name, name) + steps);
    }

    @Test
    void whatOtherStepsFoundStaysAndEachThatFailedIsNamedOnce() {
        escalate("+15550100");

        JsonNode task = call.task();
        assertThat(task.get("handoffReason").textValue()).contains("wurde zweimal abgebucht");
        assertThat(task.get("handoffSummary").textValue())
                .contains("wurde zweimal abgebucht")
                .endsWith("(Gold customer)");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("de");
        assertThat(failures())
                .satisfiesExactlyInAnyOrder(
                        cause -> assertThat(cause).startsWith("missing: ").contains("nowhere"),
                        cause -> assertThat(cause).isEqualTo("throwing: IllegalStateException: CRM answers 404"),
                        cause -> assertThat(cause).startsWith("converting: "));
        assertThat(meters.get("handoff.enrichment.failures")
                        .tags("org", "demo", "step", "throwing")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aSlowStepCostsItsOwnResultOnly() {
        escalate(SLOW_CALLER);

        assertThat(call.task().get("handoffSummary").textValue()).endsWith("(Gold customer)");
        assertThat(call.task().get("handoffLanguage").textValue()).isEqualTo("de");
    }

    private void escalate(String from) {
        call.escalate(Map.of(
                "id",
                "e1",
                "occurredAt",
                Instant.now().toString(),
                "from",
                from,
                "recentTurns",
                List.of(
                        segment(1, "ai", "Guten Tag, was kann ich für Sie tun?"),
                        segment(2, "caller", "Meine letzte Rechnung wurde zweimal abgebucht, das ist eine Frechheit."),
                        segment(3, "caller", "Ich möchte bitte mit einem Menschen sprechen."))));
    }

    private List<String> failures() {
        List<String> causes = new ArrayList<>();
        call.handoff().get("steps").forEach(step -> {
            if (step.get("step").textValue().equals("enrichment-failed")) {
                causes.add(step.get("cause").textValue());
            }
        });
        return causes;
    }
}
