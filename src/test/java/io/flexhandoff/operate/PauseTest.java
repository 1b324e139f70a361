package io.flexhandoff.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.PlainHandoff;
import io.flexhandoff.support.TemporaryDataDir;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;

/** A pause of an org's transfers, on nodes that start and stop; without Spring, too. */
class PauseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final String ledger =
            "jdbc:h2:file:" + TemporaryDataDir.create().resolve("shared").toAbsolutePath()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE";

    PauseTest() throws Exception {
        port = ArtemisProcess.freePort();
    }

    @Test
    void aPauseHoldsOnEveryNodeAndOverRestartsUntilItIsResumed() throws Exception {
        EmbeddedActiveMQ broker = ArtemisProcess.serve(port, TemporaryDataDir.create());
        try (SandboxServer twilio = new SandboxServer(0)) {
            String accepted = twilio.sandbox().placeCall("+15550100", "+15550199");
            String held = twilio.sandbox().placeCall("+15550101", "+15550199");
            try (PlainHandoff first = node(twilio)) {
                assertThat(escalate(first, accepted).statusCode()).isEqualTo(202);
                await().atMost(PATIENCE)
                        .until(() -> twilio.sandbox().tasksOf(accepted).size() == 1);

                first.operate("Orgs", "pause", "demo", "The reps are out");
                String paused = stateOfDemo(first).get("transfers");
                assertThat(paused).startsWith("paused since ").endsWith(": The reps are out");
                assertThat(escalate(first, held).statusCode()).isEqualTo(503);
                assertThat(escalate(first, held).statusCode()).isEqualTo(503);
                assertThat(stateOfDemo(first)).containsEntry("callsTurnedAway", "1");
                assertThat(escalate(first, accepted).statusCode())
                        .as("sent again, since the answer was lost: it counts already")
                        .isEqualTo(202);

                try (PlainHandoff started = node(twilio)) {
                    assertThat(escalate(started, held).statusCode())
                            .as("the first request after a start")
                            .isEqualTo(503);
                    assertThat(stateOfDemo(started)).containsEntry("transfers", paused);

                    started.operate("Orgs", "resume", "demo");
                    assertThat(stateOfDemo(started))
                            .containsEntry("transfers", "open")
                            .containsEntry("callsTurnedAway", "0");
                }
                await().atMost(PATIENCE).until(() -> escalate(first, held).statusCode() == 202);
                assertThat(stateOfDemo(first)).containsEntry("transfers", "open");
                await().atMost(PATIENCE)
                        .until(() -> twilio.sandbox().tasksOf(held).size() == 1);
                assertThat(twilio.sandbox().tasksOf(accepted)).hasSize(1);
            }
        } finally {
            broker.stop();
        }
    }

    /** On the broker and ledger of the test. */
    private PlainHandoff node(SandboxServer twilio) throws Exception {
        return new PlainHandoff(
                twilio, Map.of("handoff.broker.url", "tcp://localhost:" + port, "handoff.ledger.url", ledger));
    }

    private static HttpResponse<String> escalate(PlainHandoff node, String callSid) {
        return node.api()
                .post(
                        "/calls/" + callSid + "/escalation",
                        Map.of(
                                "id",
                                "e-" + callSid,
                                "occurredAt",
                                "2026-11-20T09:00:05Z",
                                "reason",
                                "Billing dispute"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> stateOfDemo(PlainHandoff node) throws JMException {
        return ((List<Map<String, String>>) node.operate("Orgs", "list")).get(0);
    }
}
