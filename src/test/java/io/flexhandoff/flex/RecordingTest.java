package io.flexhandoff.flex;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.api.v2010.account.call.Recording;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.StandingFault;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import io.flexhandoff.support.TestCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestPropertySource;

/** A new task links the call's recording beside the thread (R7), and no caller is kept for it. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.enrichment.budget=4000",
            "handoff.transfer.answer-budget=4000",
            "handoff.transfer.patience=10s"
        })
class RecordingTest {

    private static final Map<String, Object> TICKET =
            Map.of("type", "Referenced", "url", "https://crm.example.com/7", "title", "Ticket 7");

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Test
    void theRecordingInProgressIsLinkedBesideTheThread() {
        Recording recording = record("dual");

        escalate(null);

        JsonNode media = newTask(1).at("/conversations/media");
        assertThat(media).hasSize(2);
        assertThat(media.get(0).get("type").textValue()).isEqualTo("ChatTranscript");
        assertThat(media.get(0).get("sid").textValue()).isEqualTo(call.thread().getSid());
        assertThat(media.get(1).get("type").textValue()).isEqualTo("VoiceRecording");
        assertThat(media.get(1).get("url").textValue()).isEqualTo(url(recording));
        assertThat(media.get(1).get("start_time").longValue())
                .isEqualTo(recording.getStartTime().toInstant().toEpochMilli());
        assertThat(media.get(1).get("channels")).extracting(JsonNode::textValue).containsExactly("customer", "others");
    }

    @Test
    void ofARecordingWithOneChannelNoneIsNamed() {
        Recording recording = record("mono");

        escalate(null);

        JsonNode link = newTask(1).at("/conversations/media/1");
        assertThat(link.get("url").textValue()).isEqualTo(url(recording));
        assertThat(link.has("channels")).isFalse();
    }

    @Test
    void withoutARecordingTheThreadStandsAlone() {
        try (LogWatch logs = new LogWatch()) {
            escalate(null);

            onlyTheThread(newTask(1));
            assertThat(logs.unexplained()).isEmpty();
        }
    }

    enum Trouble {
        UNAVAILABLE(Fault.answer(503), "was answered 503"),
        TOO_MANY(Fault.answer(429), "was answered 429"),
        DROPPED(Fault.dropBefore(), "failed to respond"),
        /** Longer than the budget; the request itself ends with handoff.twilio.read-timeout, which is 5 s. */
        SILENCE(Fault.silence(), "Twilio has not answered within the budget"),
        NONSENSE(Fault.answer(200).body("<html>"), "unreadable answer");

        private final Fault fault;
        private final String words;

        Trouble(Fault fault, String words) {
            this.fault = fault;
            this.words = words;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLookUpThatFailsKeepsNoCallerFromARep(Trouble trouble) {
        record("dual");
        StandingFault standing = call.sandbox().faults().add(trouble.fault.path("**/Recordings.json"));
        try (LogWatch logs = new LogWatch()) {
            escalate(null);

            onlyTheThread(newTask(1));
            assertThat(standing.hits()).isEqualTo(1);
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains(call.sid()))
                    .singleElement(as(STRING))
                    .contains("handed over without a link to its recording: ", trouble.words);
        } finally {
            call.sandbox().faults().remove(standing.id());
        }
    }

    @Test
    void anAnswerToConnectsActionLinksItToo() {
        Recording recording = record("dual");
        call.say(segment(1, "caller", "Hello?"));
        await().until(() -> call.handoff().has("conversationSid"));

        String twiml = call.relayEnds("VX" + "1".repeat(32), "{\"reason\":\"Billing dispute\"}")
                .send()
                .body();
        call.execute(twiml);

        assertThat(newTask(1).at("/conversations/media"))
                .extracting(link -> link.path("url").asText())
                .containsExactly("", url(recording));
    }

    @Test
    void whatIsEnqueuedAnewKeepsTheLinksThatItHad() {
        call.another(TestCall.intoFlex(
                "demo", Map.of("conversations", Map.of("media", List.of(TICKET), "outcome", "open"))));
        String former = call.tasks().get(0);
        call.sandbox().accept(former);
        Recording recording = record("dual");

        escalate(former);

        JsonNode task = newTask(2);
        assertThat(task.at("/conversations/outcome").textValue()).isEqualTo("open");
        assertThat(task.at("/conversations/media"))
                .extracting(link -> link.path("type").asText())
                .containsExactly("Referenced", "ChatTranscript", "VoiceRecording");
        assertThat(task.at("/conversations/media/2/url").textValue()).isEqualTo(url(recording));
    }

    @Test
    void theLinksOfATaskThatStaysAreNotTouched() {
        call.another(TestCall.intoFlex("demo", Map.of("conversations", Map.of("media", List.of(TICKET)))));
        record("dual");

        escalate(call.tasks().get(0));

        assertThat(newTask(1).at("/conversations/media"))
                .extracting(link -> link.get("type").textValue())
                .containsExactly("Referenced");
    }

    private Recording record(String channels) {
        return Recording.creator(call.org().accountSid(), call.sid())
                .setRecordingChannels(channels)
                .create(call.client());
    }

    private String url(Recording recording) {
        return "https://api.twilio.com/2010-04-01/Accounts/" + call.org().accountSid() + "/Recordings/"
                + recording.getSid();
    }

    private void escalate(String taskSid) {
        Map<String, Object> escalation =
                new HashMap<>(Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Billing dispute"));
        if (taskSid != null) {
            escalation.put("task", Map.of("taskSid", taskSid));
        }
        call.escalate(escalation);
        call.awaitState("transferred");
    }

    /** The attributes of the last of so many tasks, which is handed off. */
    private JsonNode newTask(int tasks) {
        assertThat(call.tasks()).hasSize(tasks);
        JsonNode attributes = call.twilio().attributesOf(call.tasks().get(tasks - 1));
        assertThat(attributes.get("handedOff").booleanValue()).isTrue();
        return attributes;
    }

    private static void onlyTheThread(JsonNode task) {
        assertThat(task.at("/conversations/media"))
                .extracting(link -> link.get("type").textValue())
                .containsExactly("ChatTranscript");
    }
}
