package io.flexhandoff.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A thread that is closed while its call goes on, as by a timer of its service: the rest is in a second one. */
@HandoffTest
class ClosedThreadTest {

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private Org org;
    private TwilioRestClient client;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        org = runtime.twilio().org("demo");
        client = runtime.twilio().forOrg("demo");
        twilio = new TwilioView(org, client);
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void hangUp() {
        sandbox.faults().clear();
        sandbox.hangUp(callSid);
    }

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private void say(int... sequences) {
        List<Map<String, Object>> segments = IntStream.of(sequences)
                .mapToObj(sequence -> ApiClient.segment(sequence, "caller", "turn " + sequence))
                .toList();
        assertThat(api.post("/calls/" + callSid + "/transcript", Map.of("segments", segments))
                        .statusCode())
                .isEqualTo(202);
    }

    private void escalate() {
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", Instant.now().toString(), "reason", "Billing"));
    }

    private void appended(int segments) {
        await().until(() -> handoff().at("/transcript/appended").asInt() == segments);
    }

    private String thread() {
        return handoff().get("conversationSid").textValue();
    }

    private void close(String thread) {
        Conversation.updater(org.conversationsServiceSid(), thread)
                .setState(Conversation.State.CLOSED)
                .update(client);
    }

    private Conversation conversation(String thread) {
        return Conversation.fetcher(org.conversationsServiceSid(), thread).fetch(client);
    }

    private List<String> messages(String thread) {
        List<String> messages = new ArrayList<>();
        Message.reader(org.conversationsServiceSid(), thread)
                .setOrder(Message.OrderType.ASC)
                .read(client)
                .forEach(message -> messages.add(message.getBody()));
        return messages;
    }

    private List<String> threads() {
        List<String> names = new ArrayList<>();
        Conversation.reader(org.conversationsServiceSid()).read(client).forEach(thread -> {
            if (thread.getUniqueName().contains(callSid)) {
                names.add(thread.getUniqueName().replace("call-" + callSid, ""));
            }
        });
        return names;
    }

    private void nothingIsDead() {
        assertThat(api.read("/dead-letters").findValuesAsText("callSid")).doesNotContain(callSid);
        assertThat(handoff().at("/transcript/dead").asInt()).isZero();
    }

    /** How Twilio refuses to write into a closed conversation is not documented. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50377, 50999})
    void theRestGoesIntoASecondThreadThatSaysSo(int code) {
        say(1, 2);
        appended(2);
        String first = thread();
        close(first);
        if (code > 0) {
            sandbox.faults()
                    .add(Fault.answer(403).code(code).method("POST").path("**/Conversations/" + first + "/Messages"));
        }
        say(3, 4);
        appended(4);

        String second = thread();
        assertThat(second).isNotEqualTo(first);
        assertThat(handoff().get("earlierConversationSids")).hasSize(1);
        assertThat(handoff().at("/earlierConversationSids/0").textValue()).isEqualTo(first);
        assertThat(conversation(second).getAttributes()).contains(first, callSid);
        assertThat(messages(second)).hasSize(3).contains("turn 3", "turn 4");
        assertThat(messages(second).get(0)).contains("continues " + first);
        assertThat(messages(first)).hasSize(3);

        escalate();
        await().until(() -> handoff().findValuesAsText("step").contains("noted"));
        await().until(() -> handoff().has("taskSid"));
        assertThat(messages(second).get(0)).startsWith("HANDOFF NOTE");
        assertThat(messages(second).get(3)).contains("Handed over to you", "at the top", first);
        assertThat(twilio.attributesOf(handoff().get("taskSid").textValue())
                        .get("conversationSid")
                        .textValue())
                .isEqualTo(second);
        assertThat(api.read("/handoffs?conversationSid=" + first)).hasSize(1);
        assertThat(api.read("/handoffs?conversationSid=" + second)).hasSize(1);
        assertThat(handoff().findValuesAsText("step")).containsOnlyOnce("thread-continued");
        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        nothingIsDead();
    }

    @Test
    void aNoteThatFindsItsThreadClosedIsInTheSecond() {
        say(1);
        appended(1);
        String first = thread();
        close(first);
        escalate();
        await().until(() -> handoff().findValuesAsText("step").contains("noted"));

        assertThat(messages(thread()))
                .hasSize(2)
                .satisfiesExactly(note -> assertThat(note).startsWith("HANDOFF NOTE"), pointer -> assertThat(pointer)
                        .contains(first));
        await().until(() -> handoff().has("taskSid"));
        String task = handoff().get("taskSid").textValue();
        await().until(() ->
                thread().equals(twilio.attributesOf(task).get("conversationSid").textValue()));
        // late ones, too, after the transfer
        say(2, 3);
        appended(3);
        assertThat(messages(thread())).hasSize(4);
        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        nothingIsDead();
    }

    @Test
    void twoThatNoticeAtOnceOpenOne() {
        say(1);
        appended(1);
        close(thread());
        sandbox.faults().add(Fault.slow(Duration.ofMillis(300)).method("POST").path("**/Conversations"));
        escalate();
        say(2, 3, 4, 5);
        appended(5);
        await().until(() -> handoff().findValuesAsText("step").contains("noted"));

        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        assertThat(messages(thread())).hasSize(6).doesNotHaveDuplicates();
        assertThat(messages(thread()).get(0)).startsWith("HANDOFF NOTE");
        assertThat(handoff().findValuesAsText("step")).containsOnlyOnce("thread-continued");
        nothingIsDead();
    }

    /** What the AI does not say is found out from both. */
    @Test
    void theSummaryKnowsWhatWasSaidBefore() {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(ApiClient.segment(1, "caller", "My order 4711 never arrived."))));
        appended(1);
        close(thread());
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(ApiClient.segment(2, "caller", "Hello?"))));
        appended(2);
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", Instant.now().toString()));
        await().until(() -> handoff().findValuesAsText("step").contains("noted"));

        assertThat(messages(thread()).get(0)).contains("4711");
    }

    /** Its answer was lost, and before it is tried again its thread is closed, and the next one open. */
    @Test
    void whatStandsInTheFirstDoesNotComeAgainInTheSecond() {
        say(1);
        appended(1);
        String first = thread();
        sandbox.faults()
                .add(Fault.dropAfter()
                        .method("POST")
                        .path("**/Conversations/" + first + "/Messages")
                        .times(1));
        say(2);
        await().until(() -> messages(first).size() == 3);
        close(first);
        say(3);
        appended(3);

        assertThat(messages(first)).hasSize(3).contains("turn 2");
        assertThat(messages(thread())).hasSize(2).noneMatch(message -> message.contains("turn 2"));
        nothingIsDead();
    }

    @Test
    void aReplayGoesIntoTheThreadThatIsOpen() {
        say(1);
        appended(1);
        String first = thread();
        sandbox.faults()
                .add(Fault.answer(400)
                        .code(50511)
                        .method("POST")
                        .path("**/Conversations/" + first + "/Messages")
                        .times(1));
        say(2);
        await().until(() -> handoff().at("/transcript/dead").asInt() == 1);
        close(first);

        assertThat(api.post("/calls/" + callSid + "/dead-letters/replay", Map.of())
                        .statusCode())
                .isEqualTo(202);
        appended(2);

        assertThat(messages(thread())).hasSize(2);
        assertThat(messages(thread()).get(1)).contains("turn 2");
        nothingIsDead();
    }

    @Test
    void aSecondThreadThatIsClosedAsWellHasAThird() {
        say(1);
        appended(1);
        String first = thread();
        close(first);
        say(2);
        appended(2);
        String second = thread();
        close(second);
        say(3);
        appended(3);

        assertThat(handoff().get("earlierConversationSids").toString())
                .isEqualTo("[\"" + first + "\",\"" + second + "\"]");
        assertThat(messages(thread())).hasSize(2).contains("turn 3");
        assertThat(threads()).containsExactlyInAnyOrder("", "-2", "-3");
        nothingIsDead();
    }
}
