package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static io.vertx.core.http.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.SandboxAccount;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The application stops and starts again on the same folder while Twilio goes on; without Spring, too. */
class DeadLetterRestartTest {

    private final Path dataDir = TemporaryDataDir.create();

    @Test
    void deadLettersOutliveTheApplication() throws Exception {
        try (SandboxServer twilio = new SandboxServer(0)) {
            String callSid = twilio.sandbox().placeCall("+15550100", "+15550199");
            BrokenTwilio broken = new BrokenTwilio(twilio.sandbox()).refuse(POST, "/Messages");
            JsonNode before;
            try (Application first = new Application(twilio)) {
                first.api.post(
                        "/calls/" + callSid + "/transcript",
                        Map.of("segments", List.of(segment(1, "caller", "One."), segment(2, "caller", "Two."))));
                await().until(() -> first.api.read("/dead-letters").size() == 2);
                before = first.api.read("/dead-letters");
            }
            broken.heal();

            try (Application second = new Application(twilio)) {
                assertThat(second.api.read("/dead-letters")).isEqualTo(before);
                String one = before.get(0).get("id").textValue();
                String two = before.get(1).get("id").textValue();
                assertThat(second.api
                                .post("/dead-letters/" + one + "/replay", "")
                                .statusCode())
                        .isEqualTo(202);
                second.invoke("discard", two);
                await().until(() -> second.api
                                .read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .intValue()
                        == 1);
                assertThat(second.thread(callSid)).last().isEqualTo("[late, spoken 09:00:01 UTC] One.");
            }

            try (Application third = new Application(twilio)) {
                assertThat(third.api.read("/dead-letters")).isEmpty();
                JsonNode transcript = third.api.read("/handoffs/" + callSid).get("transcript");
                assertThat(transcript.get("received").intValue()).isEqualTo(2);
                assertThat(transcript.get("appended").intValue()).isEqualTo(1);
                assertThat(transcript.get("dead").intValue()).isEqualTo(1);
            }
        }
    }

    /** Flex Handoff on this folder, in a Camel context of its own. */
    private final class Application implements AutoCloseable {

        private final HandoffRuntime runtime;
        private final DefaultCamelContext context;
        private final ApiClient api;

        Application(SandboxServer twilio) throws Exception {
            Properties properties = Defaults.load();
            properties.setProperty("handoff.http.port", "0");
            properties.setProperty("handoff.http.host", "127.0.0.1");
            properties.setProperty("handoff.data-dir", dataDir.toString());
            properties.setProperty("handoff.twilio.base-url", twilio.twilioUrl());
            runtime = new HandoffRuntime(new Settings(properties::getProperty), Map.of("demo", demo()));
            DefaultCamelContext.setDisableJmx(false);
            context = new DefaultCamelContext();
            context.getPropertiesComponent().setInitialProperties(properties);
            runtime.configure(context);
            context.start();
            api = new ApiClient(runtime.port(), "demo", "demo-key");
        }

        void invoke(String operation, String id) throws Exception {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName bean = new ObjectName(
                    "org.apache.camel:context=" + context.getManagementName() + ",type=services,name=DeadLetters");
            server.invoke(bean, operation, new Object[] {id}, new String[] {String.class.getName()});
        }

        List<String> thread(String callSid) {
            return new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"))
                    .messagesOf(callSid).stream().map(Message::getBody).toList();
        }

        @Override
        public void close() throws IOException {
            context.stop();
            runtime.close();
        }
    }

    private static Org demo() {
        return SandboxOrg.of(SandboxAccount.demo(), "demo-key");
    }
}
