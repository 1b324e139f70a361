package io.flexhandoff.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that is closed while its call goes on, as by a timer of its service: the rest is in a second one. */
@HandoffTest
class ClosedThreadTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    private void say(int... sequences) {
        List<Map<String, Object>> segments = IntStream.of(sequences)
                .mapToObj(sequence -> ApiClient.segment(sequence, "caller", "turn " + sequence))
                .toList();
        call.say(segments.toArray());
    }

    private void escalate() {
        call.post("/escalation", Map.of("id", "e1", "occurredAt", Instant.now().toString(), "reason", "Billing"));
    }

    private String thread() {
        return call.handoff().get("conversationSid").textValue();
    }

    private void close(String thread) {
        Conversation.updater(call.org().conversationsServiceSid(), thread)
                .setState(Conversation.State.CLOSED)
                .update(call.client());
    }

    private Conversation conversation(String thread) {
        return Conversation.fetcher(call.org().conversationsServiceSid(), thread)
                .fetch(call.client());
    }

    private List<String> messages(String thread) {
        List<String> messages = new ArrayList<>();
        Message.reader(call.org().conversationsServiceSid(), thread)
                .setOrder(Message.OrderType.ASC)
                .read(call.client())
                .forEach(message -> messages.add(message.getBody()));
        return messages;
    }

    private List<String> threads() {
        List<String> names = new ArrayList<>();
        Conversation.reader(call.org().conversationsServiceSid())
                .read(call.client())
                .forEach(thread -> {
                    if (thread.getUniqueName().contains(call.sid())) {
                        names.add(thread.getUniqueName().replace("call-" + call.sid(), ""));
                    }
                });
        return names;
    }

    private void nothingIsDead() {
        assertThat(call.deadLetters()).isEmpty();
        assertThat(call.transcript("dead")).isZero();
    }

    /** How Twilio refuses to write into a closed conversation is not documented. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50377, 50999})
    void theRestGoesIntoASecondThreadThatSaysSo(int code) {
        say(1, 2);
        call.appended(2);
        String first = thread();
        close(first);
        if (code > 0) {
            call.sandbox()
                    .faults()
                    .add(Fault.answer(403).code(code).method("POST").path("**/Conversations/" + first + "/Messages"));
        }
        say(3, 4);
        call.appended(4);

        String second = thread();
        assertThat(second).isNotEqualTo(first);
        assertThat(call.handoff().get("earlierConversationSids")).hasSize(1);
        assertThat(call.handoff().at("/earlierConversationSids/0").textValue()).isEqualTo(first);
        assertThat(conversation(second).getAttributes()).contains(first, call.sid());
        assertThat(messages(second)).hasSize(3).contains("turn 3", "turn 4");
        assertThat(messages(second).get(0)).contains("continues " + first);
        assertThat(messages(first)).hasSize(3);

        escalate();
        call.awaitStep("noted");
        await().until(() -> call.handoff().has("taskSid"));
        assertThat(messages(second).get(0)).startsWith("HANDOFF NOTE");
        assertThat(messages(second).get(3)).contains("Handed over to you", "at the top", first);
        assertThat(call.twilio()
                        .attributesOf(call.handoff().get("taskSid").textValue())
                        .get("conversationSid")
                        .textValue())
                .isEqualTo(second);
        assertThat(call.api().read("/handoffs?conversationSid=" + first)).hasSize(1);
        assertThat(call.api().read("/handoffs?conversationSid=" + second)).hasSize(1);
        assertThat(call.steps()).containsOnlyOnce("thread-continued");
        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        nothingIsDead();
    }

    @Test
    void aNoteThatFindsItsThreadClosedIsInTheSecond() {
        say(1);
        call.appended(1);
        String first = thread();
        close(first);
        escalate();
        call.awaitStep("noted");

        assertThat(messages(thread()))
                .hasSize(2)
                .satisfiesExactly(note -> assertThat(note).startsWith("HANDOFF NOTE"), pointer -> assertThat(pointer)
                        .contains(first));
        await().until(() -> call.handoff().has("taskSid"));
        String task = call.handoff().get("taskSid").textValue();
        await().until(() -> thread().equals(
                        call.twilio().attributesOf(task).get("conversationSid").textValue()));
        // late ones, too, after the transfer
        say(2, 3);
        call.appended(3);
        assertThat(messages(thread())).hasSize(4);
        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        nothingIsDead();
    }

    @Test
    void twoThatNoticeAtOnceOpenOne() {
        say(1);
        call.appended(1);
        close(thread());
        call.sandbox()
                .faults()
                .add(Fault.slow(Duration.ofMillis(300)).method("POST").path("**/Conversations"));
        escalate();
        say(2, 3, 4, 5);
        call.appended(5);
        call.awaitStep("noted");

        assertThat(threads()).containsExactlyInAnyOrder("", "-2");
        assertThat(messages(thread())).hasSize(6).doesNotHaveDuplicates();
        assertThat(messages(thread()).get(0)).startsWith("HANDOFF NOTE");
        assertThat(call.steps()).containsOnlyOnce("thread-continued");
        nothingIsDead();
    }

    /** What the AI does not say is found out from both. */
    @Test
    void theSummaryKnowsWhatWasSaidBefore() {
        call.say(ApiClient.segment(1, "caller", "My order 4711 never arrived."));
        call.appended(1);
        close(thread());
        call.say(ApiClient.segment(2, "caller", "Hello?"));
        call.appended(2);
        call.post("/escalation", Map.of("id", "e1", "occurredAt", Instant.now().toString()));
        call.awaitStep("noted");

        assertThat(messages(thread()).get(0)).contains("4711");
    }

    /** Its answer was lost, and before it is tried again its thread is closed, and the next one open. */
    @Test
    void whatStandsInTheFirstDoesNotComeAgainInTheSecond() {
        say(1);
        call.appended(1);
        String first = thread();
        call.sandbox()
                .faults()
                .add(Fault.dropAfter()
                        .method("POST")
                        .path("**/Conversations/" + first + "/Messages")
                        .times(1));
        say(2);
        await().until(() -> messages(first).size() == 3);
        close(first);
        say(3);
        call.appended(3);

        assertThat(messages(first)).hasSize(3).contains("turn 2");
        assertThat(messages(thread())).hasSize(2).noneMatch(message -> message.contains("turn 2"));
        nothingIsDead();
    }

    @Test
    void aReplayGoesIntoTheThreadThatIsOpen() {
        say(1);
        call.appended(1);
        String first = thread();
        call.sandbox()
                .faults()
                .add(Fault.answer(400)
                        .code(50511)
                        .method("POST")
                        .path("**/Conversations/" + first + "/Messages")
                        .times(1));
        say(2);
        await().until(() -> call.transcript("dead") == 1);
        close(first);

        assertThat(call.post("/dead-letters/replay", Map.of()).statusCode()).isEqualTo(202);
        call.appended(2);

        assertThat(messages(thread())).hasSize(2);
        assertThat(messages(thread()).get(1)).contains("turn 2");
        nothingIsDead();
    }

    @Test
    void aSecondThreadThatIsClosedAsWellHasAThird() {
        say(1);
        call.appended(1);
        String first = thread();
        close(first);
        say(2);
        call.appended(2);
        String second = thread();
        close(second);
        say(3);
        call.appended(3);

        assertThat(call.handoff().get("earlierConversationSids").toString())
                .isEqualTo("[\"" + first + "\",\"" + second + "\"]");
        assertThat(messages(thread())).hasSize(2).contains("turn 3");
        assertThat(threads()).containsExactlyInAnyOrder("", "-2", "-3");
        nothingIsDead();
    }
}
