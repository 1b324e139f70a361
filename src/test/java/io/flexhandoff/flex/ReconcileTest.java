package io.flexhandoff.flex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** No event of TaskRouter ever reaches this org, which has no webhook: handoffs are followed all the same. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.sandbox.enabled=true",
            "handoff.reconcile.period=200",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=acme-token-8f3a",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-worker.sid=WK00000000000000000000000000000011",
            "handoff.orgs.acme.api-keys=acme-key"
        })
class ReconcileTest {

    @RegisterExtension
    final TestCall call = TestCall.of("acme");

    @Autowired
    private CamelContext context;

    @BeforeEach
    void handOver() {
        call.post(
                "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Asks for a person"));
        await().until(() -> !call.tasks().isEmpty());
    }

    @Test
    void aHandoffIsFollowedToItsEndAndThenNothingIsAsked() {
        String task = call.tasks().get(0);
        await().until(() -> field("taskSid").equals(task));

        call.accept(task);
        await().until(() -> field("state").equals("accepted"));
        assertThat(field("reservationSid")).startsWith("WR");
        assertThat(field("workerSid")).startsWith("WK").isNotEqualTo("WK00000000000000000000000000000011");

        call.sandbox().wrapUp(task);
        await().until(() -> field("state").equals("completed"));
        call.sandbox().complete(task);

        int asked = asked();
        assertThat(new NotifyBuilder(context)
                        .fromRoute("reconcile-now-and-then")
                        .whenDone(4)
                        .create()
                        .matches(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(asked()).isEqualTo(asked);
    }

    @Test
    void aCallerWhoStopsWaitingIsNoticed() {
        String task = call.tasks().get(0);
        await().until(() -> field("taskSid").equals(task));
        call.hangUp();

        await().until(() -> field("state").equals("abandoned"));
    }

    /** Of TaskRouter: Twilio is asked about the call's end, too. */
    private int asked() {
        return (int) call.sandbox().requests().stream()
                .filter(request -> request.product().equals("taskrouter"))
                .count();
    }

    private String field(String name) {
        return call.handoff().path(name).asText();
    }
}
