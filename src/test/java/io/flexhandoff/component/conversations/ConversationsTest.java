package io.flexhandoff.component.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.twilio.FailureKind;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every operation, with a look into the sandbox afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationsTest {

    private static final String SID = ConversationsConstants.CONVERSATION_SID;

    private final SandboxTwilio twilio = new SandboxTwilio();
    private final String service = twilio.acme().conversationsServiceSid();

    @AfterAll
    void stop() throws Exception {
        twilio.close();
    }

    @Test
    void aThreadOpensWithItsFirstMessageReserved() {
        var opened = call(
                "openThread",
                "Note follows",
                Map.of(
                        ConversationsConstants.UNIQUE_NAME, "acme-CA1",
                        ConversationsConstants.FRIENDLY_NAME, "Call of +15550100",
                        ConversationsConstants.ATTRIBUTES, Map.of("callSid", "CA1", "tags", List.of("a"))));

        OpenedThread thread = opened.getBody(OpenedThread.class);
        Conversation conversation = Conversation.fetcher(service, "acme-CA1").fetch(twilio.sdk());
        assertThat(conversation.getSid()).isEqualTo(thread.conversationSid());
        assertThat(thread.existed()).isFalse();
        assertThat(conversation.getFriendlyName()).isEqualTo("Call of +15550100");
        assertThat(Attributes.read(conversation.getAttributes()))
                .isEqualTo(Map.of("callSid", "CA1", "tags", List.of("a")));
        assertThat(messages(thread.conversationSid())).singleElement().satisfies(note -> {
            assertThat(note.getSid()).isEqualTo(thread.noteMessageSid());
            assertThat(note.getIndex()).isZero();
            assertThat(note.getAuthor()).isEqualTo("system");
            assertThat(note.getBody()).isEqualTo("Note follows");
            assertThat(note.getAttributes()).isEqualTo("{\"kind\":\"note\"}");
        });
    }

    @Test
    void openingAgainFindsTheThreadWhateverHadBeenReached() {
        String crashed = Conversation.creator(service)
                .setUniqueName("acme-CA2")
                .create(twilio.sdk())
                .getSid();

        var second = open("acme-CA2");
        var third = open("acme-CA2");

        assertThat(second).isEqualTo(third);
        assertThat(second.conversationSid()).isEqualTo(crashed);
        assertThat(second.existed()).isTrue();
        assertThat(messages(crashed)).hasSize(1);
    }

    @Test
    void aThreadThatAnotherSystemWritesToIsNotTaken() {
        String foreign = Conversation.creator(service)
                .setUniqueName("acme-CA3")
                .create(twilio.sdk())
                .getSid();
        Message.creator(service, foreign).setBody("hello").create(twilio.sdk());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("acme-CA3"))
                .withMessageContaining(foreign)
                .withMessageContaining("not reserved for the note");
    }

    @Test
    void aMessageIsAppendedWithItsKey() {
        String thread = open("acme-CA4").conversationSid();

        var appended = append(
                thread,
                "null",
                Map.of(
                        ConversationsConstants.MESSAGE_KEY, "seg-1",
                        ConversationsConstants.MESSAGE_ATTRIBUTES, "{\"speaker\":\"caller\",\"sequence\":7}"));

        Message message = messages(thread).get(1);
        assertThat(appended).isEqualTo(new AppendedMessage(message.getSid(), 1, false));
        assertThat(message.getAuthor()).isEqualTo("+15550100");
        assertThat(message.getBody()).isEqualTo("null");
        assertThat(Attributes.read(message.getAttributes()))
                .isEqualTo(Map.of("speaker", "caller", "sequence", 7, "key", "seg-1"));
    }

    @Test
    void readBackFindsWhatWasAppendedBefore() {
        String thread = open("acme-CA5").conversationSid();
        Map<String, Object> first = Map.of(ConversationsConstants.MESSAGE_KEY, "seg-1");
        String sid = append(thread, "one", first).sid();
        append(thread, "two", Map.of(ConversationsConstants.MESSAGE_KEY, "seg-2"));

        var again = append(thread, "one", readBack("seg-1"));
        assertThat(again).isEqualTo(new AppendedMessage(sid, 1, true));

        var unknown = append(thread, "three", readBack("seg-3"));
        assertThat(unknown.existed()).isFalse();
        assertThat(messages(thread))
                .extracting(Message::getBody)
                .containsExactly("Note follows", "one", "two", "three");
    }

    @Test
    void theNoteIsWrittenInPlace() {
        var opened = open("acme-CA6");
        String thread = opened.conversationSid();
        append(thread, "hello", Map.of());
        Map<String, Object> written =
                Map.of(ConversationsConstants.MESSAGE_ATTRIBUTES, Map.of("sentiment", "negative"));

        var byThread = call("writeNote", "The caller was charged twice", with(thread, written));
        var bySid = call(
                "writeNote", "null", with(thread, Map.of(ConversationsConstants.NOTE_MESSAGE_SID, byThread.getBody())));

        assertThat(bySid.getBody()).isEqualTo(opened.noteMessageSid());
        assertThat(messages(thread)).extracting(Message::getBody).containsExactly("null", "hello");
        assertThat(Attributes.read(messages(thread).get(0).getAttributes()))
                .isEqualTo(Map.of("kind", "note", "sentiment", "negative"));
    }

    @Test
    void aThreadIsReadNewestButInOrder() {
        String thread = open("acme-CA7").conversationSid();
        for (String text : List.of("one", "two", "three")) {
            append(thread, text, Map.of(ConversationsConstants.MESSAGE_KEY, text));
        }

        List<?> newest = call("readThread", null, with(thread, Map.of(ConversationsConstants.LIMIT, "2")))
                .getBody(List.class);
        List<?> all = call("readThread", null, Map.of(ConversationsConstants.UNIQUE_NAME, "acme-CA7"))
                .getBody(List.class);

        assertThat(newest).extracting("body").containsExactly("two", "three");
        assertThat(all).extracting("index").containsExactly(0, 1, 2, 3);
        assertThat((ThreadMessage) newest.get(1)).satisfies(message -> {
            assertThat(message.author()).isEqualTo("+15550100");
            assertThat(message.attributes()).isEqualTo(Map.of("key", "three"));
            assertThat(message.dateCreated()).isAfter(Instant.now().minus(1, ChronoUnit.HOURS));
        });
    }

    @Test
    void closingIsForGoodAndMayBeRepeated() {
        String thread = open("acme-CA8").conversationSid();

        assertThat(close(Map.of(SID, thread))).isEqualTo("closed");
        assertThat(Conversation.fetcher(service, thread).fetch(twilio.sdk()).getState())
                .isEqualTo(Conversation.State.CLOSED);
        assertThat(close(Map.of(ConversationsConstants.UNIQUE_NAME, "acme-CA8")))
                .isEqualTo("alreadyClosed");
        assertThat(close(Map.of(SID, "CH" + "0".repeat(32)))).isEqualTo("notFound");
        assertThat(FailureKind.of(catchThrowable(() -> append(thread, "late", Map.of()))))
                .isEqualTo(FailureKind.GONE);
    }

    @Test
    void webhooksAreWrittenAndRead() {
        ServiceWebhooks written = call(
                        "writeWebhooks",
                        null,
                        Map.of(
                                ConversationsConstants.WEBHOOK_URL, "https://handoff.example/hooks/acme",
                                ConversationsConstants.WEBHOOK_FILTERS, "onMessageAdded, onConversationAdded",
                                ConversationsConstants.WEBHOOK_METHOD, "POST"))
                .getBody(ServiceWebhooks.class);

        Webhook webhook = Webhook.fetcher(service).fetch(twilio.sdk());
        assertThat(webhook.getPostWebhookUrl()).isEqualTo(URI.create("https://handoff.example/hooks/acme"));
        assertThat(webhook.getFilters()).containsExactly("onMessageAdded", "onConversationAdded");
        assertThat(written)
                .isEqualTo(new ServiceWebhooks(
                        "https://handoff.example/hooks/acme", List.of("onMessageAdded", "onConversationAdded"), "POST"))
                .isEqualTo(call("readWebhooks", null, Map.of()).getBody());
    }

    @Test
    void manyWhoOpenAThreadAtOnceLeaveOneMessageInIt() {
        List<String> notes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(opener -> open("call-CA" + "8".repeat(32)).noteMessageSid())
                .toList();

        assertThat(notes.stream().distinct()).hasSize(1);
        assertThat(messages("call-CA" + "8".repeat(32)))
                .extracting(Message::getSid)
                .containsExactly(notes.get(0));
    }

    private OpenedThread open(String uniqueName) {
        return call("openThread", "Note follows", Map.of(ConversationsConstants.UNIQUE_NAME, uniqueName))
                .getBody(OpenedThread.class);
    }

    private AppendedMessage append(String thread, String text, Map<String, Object> headers) {
        Map<String, Object> all = with(thread, headers);
        all.put(ConversationsConstants.AUTHOR, "+15550100");
        return call("appendMessage", text, all).getBody(AppendedMessage.class);
    }

    private Object close(Map<String, Object> headers) {
        return call("close", null, headers).getBody();
    }

    private org.apache.camel.Message call(String operation, Object body, Map<String, Object> headers) {
        return twilio.call("twilio-conversations:" + operation + "?org=acme", body, headers);
    }

    private static Map<String, Object> readBack(String key) {
        return Map.of(ConversationsConstants.MESSAGE_KEY, key, ConversationsConstants.READ_BACK, true);
    }

    private static Map<String, Object> with(String thread, Map<String, Object> headers) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(SID, thread);
        return all;
    }

    private List<Message> messages(String thread) {
        List<Message> messages = new ArrayList<>();
        Message.reader(service, thread).read(twilio.sdk()).forEach(messages::add);
        return messages;
    }
}
