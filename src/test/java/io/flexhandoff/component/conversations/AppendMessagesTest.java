package io.flexhandoff.component.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.twilio.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A list of messages stands in the thread in its order, each once. */
class AppendMessagesTest {

    private static final String NAME = "call-CA" + "1".repeat(32);

    private final SandboxTwilio twilio = new SandboxTwilio();
    private String thread;

    @BeforeEach
    void open() {
        thread = twilio.call(
                        "twilio-conversations:openThread?org=acme&uniqueName=" + NAME + "&text=Note follows",
                        null,
                        Map.of())
                .getBody(OpenedThread.class)
                .conversationSid();
    }

    @AfterEach
    void stop() throws Exception {
        twilio.close();
    }

    @Test
    void theyStandInTheirOrderWithAuthorKeyAndAttributes() {
        List<AppendedMessage> appended = append(
                false,
                new ThreadText("Caller", "segment/1/s1", Map.of("speaker", "caller"), "I was charged twice"),
                new ThreadText("AI Support Agent", null, Map.of(), "null"));

        List<Message> messages = messages();
        assertThat(appended)
                .containsExactly(
                        new AppendedMessage(messages.get(1).getSid(), 1, false),
                        new AppendedMessage(messages.get(2).getSid(), 2, false));
        assertThat(messages).extracting(Message::getAuthor).containsExactly("system", "Caller", "AI Support Agent");
        assertThat(messages)
                .extracting(Message::getBody)
                .containsExactly("Note follows", "I was charged twice", "null");
        assertThat(messages.get(1).getAttributes()).isEqualTo("{\"speaker\":\"caller\",\"key\":\"segment/1/s1\"}");
        assertThat(messages.get(2).getAttributes()).isEqualTo("{}");
    }

    @Test
    void whatStandsInTheThreadIsSkippedAfterOneLook() {
        append(false, text("a"), text("c"));
        long looks = listed();

        List<AppendedMessage> again = append(true, text("a"), text("b"), text("c"), text("d"));

        assertThat(again).extracting(AppendedMessage::existed).containsExactly(true, false, true, false);
        assertThat(listed() - looks).isEqualTo(1);
        assertThat(words()).containsExactly("Note follows", "a", "c", "b", "d");
    }

    @Test
    void aLongListFindsEverythingInALongThread() {
        ThreadText[] all = IntStream.range(0, 230).mapToObj(n -> text("n" + n)).toArray(ThreadText[]::new);
        append(false, Arrays.copyOf(all, 229));
        long looks = listed();

        List<AppendedMessage> again = append(true, all);

        assertThat(again).filteredOn(message -> !message.existed()).hasSize(1);
        assertThat(listed() - looks).as("pages of 100").isEqualTo(3);
        assertThat(words()).hasSize(231).doesNotHaveDuplicates();
    }

    @Test
    void aListThatBrokeOffIsCompletedTheNextTime() {
        AtomicInteger posts = new AtomicInteger();
        twilio.server().sandbox().filter(exchange -> {
            boolean third = exchange.request().method().name().equals("POST")
                    && exchange.request().path().endsWith("/Messages")
                    && posts.incrementAndGet() == 3;
            if (third) {
                exchange.response().setStatusCode(503).end();
            } else {
                exchange.next();
            }
        });
        ThreadText[] all = {text("a"), text("b"), text("c"), text("d")};

        assertThat(FailureKind.of(catchThrowable(() -> append(false, all)))).isEqualTo(FailureKind.PERHAPS_DONE);
        assertThat(words()).containsExactly("Note follows", "a", "b");

        append(true, all);
        assertThat(words()).containsExactly("Note follows", "a", "b", "c", "d");
    }

    @Test
    void aKeyThatComesTwiceIsPostedOnce() {
        List<AppendedMessage> appended = append(false, text("a"), text("b"), text("a"));

        assertThat(appended.get(2))
                .isEqualTo(new AppendedMessage(appended.get(0).sid(), 1, true));
        assertThat(words()).containsExactly("Note follows", "a", "b");
    }

    @Test
    void nothingIsPostedOfAListThatMakesNoSense() {
        long posts = twilio.requests("POST");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> append(false, text("a"), new ThreadText("Caller", "b", Map.of(), "x".repeat(1601))))
                .withMessageStartingWith("Message 2 of the list has 1601 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> append(false, text("a"), new ThreadText(" ", "b", Map.of(), "b")))
                .withMessage("Message 2 of the list has no author");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> append(true, text("a"), new ThreadText("Caller", null, Map.of(), "b")))
                .withMessageContaining("messageKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(false, List.of("a")))
                .withMessageContaining("Message 1 of the list is not a io.flexhandoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(false, "a"))
                .withMessageContaining("not a list of messages");
        assertThat(twilio.requests("POST")).isEqualTo(posts);
        assertThat(append(false)).isEmpty();
    }

    private static ThreadText text(String word) {
        return new ThreadText("Caller", "key/" + word, Map.of(), word);
    }

    private List<AppendedMessage> append(boolean readBack, ThreadText... messages) {
        List<AppendedMessage> appended = new ArrayList<>();
        for (Object each : (List<?>) call(readBack, List.of(messages))) {
            appended.add((AppendedMessage) each);
        }
        return appended;
    }

    private Object call(boolean readBack, Object messages) {
        Map<String, Object> headers = new HashMap<>(Map.of(ConversationsConstants.READ_BACK, readBack));
        return twilio.call("twilio-conversations:appendMessages?org=acme&conversationSid=" + thread, messages, headers)
                .getBody();
    }

    private long listed() {
        return twilio.server().sandbox().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/Messages"))
                .count();
    }

    private List<String> words() {
        return messages().stream().map(Message::getBody).toList();
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        Message.reader(twilio.acme().conversationsServiceSid(), thread)
                .read(twilio.sdk())
                .forEach(messages::add);
        return messages;
    }
}
