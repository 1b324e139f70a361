package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static io.vertx.core.http.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.support.PlainHandoff;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            try (PlainHandoff first = onThisFolder(twilio)) {
                first.api()
                        .post(
                                "/calls/" + callSid + "/transcript",
                                Map.of(
                                        "segments",
                                        List.of(segment(1, "caller", "One."), segment(2, "caller", "Two."))));
                await().until(() -> first.api().read("/dead-letters").size() == 2);
                before = first.api().read("/dead-letters");
            }
            broken.heal();

            try (PlainHandoff second = onThisFolder(twilio)) {
                assertThat(second.api().read("/dead-letters")).isEqualTo(before);
                String one = before.get(0).get("id").textValue();
                String two = before.get(1).get("id").textValue();
                assertThat(second.api()
                                .post("/dead-letters/" + one + "/replay", "")
                                .statusCode())
                        .isEqualTo(202);
                second.operate("DeadLetters", "discard", two);
                await().until(() -> second.api()
                                .read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .intValue()
                        == 1);
                assertThat(thread(second, callSid)).last().isEqualTo("[late, spoken 09:00:01 UTC] One.");
            }

            try (PlainHandoff third = onThisFolder(twilio)) {
                assertThat(third.api().read("/dead-letters")).isEmpty();
                JsonNode transcript = third.api().read("/handoffs/" + callSid).get("transcript");
                assertThat(transcript.get("received").intValue()).isEqualTo(2);
                assertThat(transcript.get("appended").intValue()).isEqualTo(1);
                assertThat(transcript.get("dead").intValue()).isEqualTo(1);
            }
        }
    }

    private PlainHandoff onThisFolder(SandboxServer twilio) throws Exception {
        return new PlainHandoff(twilio, Map.of("handoff.data-dir", dataDir.toString()));
    }

    private static List<String> thread(PlainHandoff application, String callSid) {
        TwilioClients clients = application.runtime().twilio();
        return new TwilioView(clients.org("demo"), clients.forOrg("demo"))
                .messagesOf(callSid).stream().map(Message::getBody).toList();
    }
}
