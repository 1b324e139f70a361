package io.flexhandoff.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.SandboxAccount;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TemporaryDataDir;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.impl.DefaultCamelContext;
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
            try (Node first = new Node(twilio)) {
                assertThat(first.escalate(accepted).statusCode()).isEqualTo(202);
                await().atMost(PATIENCE)
                        .until(() -> twilio.sandbox().tasksOf(accepted).size() == 1);

                first.orgs("pause", "demo", "The reps are out");
                String paused = first.stateOfDemo().get("transfers");
                assertThat(paused).startsWith("paused since ").endsWith(": The reps are out");
                assertThat(first.escalate(held).statusCode()).isEqualTo(503);
                assertThat(first.escalate(held).statusCode()).isEqualTo(503);
                assertThat(first.stateOfDemo()).containsEntry("callsTurnedAway", "1");
                assertThat(first.escalate(accepted).statusCode())
                        .as("sent again, since the answer was lost: it counts already")
                        .isEqualTo(202);

                try (Node started = new Node(twilio)) {
                    assertThat(started.escalate(held).statusCode())
                            .as("the first request after a start")
                            .isEqualTo(503);
                    assertThat(started.stateOfDemo()).containsEntry("transfers", paused);

                    started.orgs("resume", "demo");
                    assertThat(started.stateOfDemo())
                            .containsEntry("transfers", "open")
                            .containsEntry("callsTurnedAway", "0");
                }
                await().atMost(PATIENCE).until(() -> first.escalate(held).statusCode() == 202);
                assertThat(first.stateOfDemo()).containsEntry("transfers", "open");
                await().atMost(PATIENCE)
                        .until(() -> twilio.sandbox().tasksOf(held).size() == 1);
                assertThat(twilio.sandbox().tasksOf(accepted)).hasSize(1);
            }
        } finally {
            broker.stop();
        }
    }

    /** Flex Handoff on the broker and ledger of the test, in a Camel context of its own. */
    private final class Node implements AutoCloseable {

        private final HandoffRuntime runtime;
        private final DefaultCamelContext context;
        private final ApiClient api;

        Node(SandboxServer twilio) throws Exception {
            Properties properties = Defaults.load();
            properties.setProperty("handoff.http.port", "0");
            properties.setProperty("handoff.http.host", "127.0.0.1");
            properties.setProperty("handoff.broker.url", "tcp://localhost:" + port);
            properties.setProperty("handoff.ledger.url", ledger);
            properties.setProperty("handoff.twilio.base-url", twilio.twilioUrl());
            runtime = new HandoffRuntime(
                    new Settings(properties::getProperty),
                    Map.of("demo", SandboxOrg.of(SandboxAccount.demo(), "demo-key")));
            DefaultCamelContext.setDisableJmx(false);
            context = new DefaultCamelContext();
            context.getPropertiesComponent().setInitialProperties(properties);
            runtime.configure(context);
            context.start();
            api = new ApiClient(runtime.port(), "demo", "demo-key");
        }

        HttpResponse<String> escalate(String callSid) {
            return api.post(
                    "/calls/" + callSid + "/escalation",
                    Map.of("id", "e-" + callSid, "occurredAt", "2026-11-20T09:00:05Z", "reason", "Billing dispute"));
        }

        @SuppressWarnings("unchecked")
        Map<String, String> stateOfDemo() throws JMException {
            return ((List<Map<String, String>>) orgs("list")).get(0);
        }

        /** An operation of the MBean. */
        Object orgs(String operation, String... parameters) throws JMException {
            String[] signature = new String[parameters.length];
            Arrays.fill(signature, String.class.getName());
            return ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                    + ",type=services,name=Orgs"),
                            operation,
                            parameters,
                            signature);
        }

        @Override
        public void close() {
            context.stop();
            runtime.close();
        }
    }
}
