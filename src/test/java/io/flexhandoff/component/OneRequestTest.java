package io.flexhandoff.component;

import static io.flexhandoff.twilio.StubTwilio.ACCOUNT;
import static io.flexhandoff.twilio.StubTwilio.error;
import static io.flexhandoff.twilio.StubTwilio.hangUp;
import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flexhandoff.component.conversations.ConversationsConstants;
import io.flexhandoff.component.taskrouter.TaskRouterConstants;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.StubTwilio;
import io.flexhandoff.twilio.StubTwilio.Answer;
import io.flexhandoff.twilio.StubTwilio.Asked;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A write that fails was sent once, whichever way it went: Twilio has no idempotency keys. */
class OneRequestTest {

    private static final String THREAD = "CH" + "5".repeat(32);
    private static final String TASK = "WT" + "7".repeat(32);
    private static final String CALL = "CA" + "6".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    static Stream<Failure> failures() {
        return Stream.of(
                new Failure("500", error(500, 20500), FailureKind.PERHAPS_DONE),
                new Failure("502", status(502, "<html/>"), FailureKind.PERHAPS_DONE),
                new Failure("503", error(503, 20503), FailureKind.PERHAPS_DONE),
                new Failure("429", status(429, "{}", "Retry-After", "1"), FailureKind.NOT_DONE),
                new Failure("dropped", hangUp(), FailureKind.PERHAPS_DONE),
                new Failure("garbled", status(200, "{\"messages\": 1,"), FailureKind.PERHAPS_DONE),
                new Failure("silent", null, FailureKind.PERHAPS_DONE));
    }

    static Stream<Arguments> failedWrites() {
        Stream<Write> writes = Stream.of(
                new Write("twilio-conversations:openThread?org=acme", "note", conversation()),
                new Write("twilio-conversations:appendMessage?org=acme", "hello", conversation()),
                new Write("twilio-conversations:close?org=acme", null, conversation()),
                new Write("twilio-taskrouter:writeWorkflow?org=acme", "{}", Map.of()),
                new Write("twilio:call/update", null, call()));
        return writes.flatMap(write -> failures().map(failure -> Arguments.of(write, failure)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("failedWrites")
    void aFailedWriteWasSentOnce(Write write, Failure how) {
        twilio.answering(how.answer(twilio));

        Throwable failure = catchThrowable(() -> camel.call(write.uri, write.body, write.headers));

        assertThat(FailureKind.of(failure)).isEqualTo(how.kind);
        assertThat(twilio.asked()).extracting(Asked::method).containsExactly("POST");
        if (!write.uri.startsWith("twilio:")) {
            assertThat(failure).isInstanceOf(TwilioFailure.class);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aTaskIsReadAndWrittenOnce(Failure how) {
        twilio.answering(exchange -> {
            boolean read = exchange.getRequestMethod().equals("GET");
            Answer answer = read ? status(200, "{\"attributes\": \"{}\"}", "ETag", "\"3\"") : how.answer(twilio);
            answer.give(exchange);
        });

        Throwable failure = catchThrowable(() -> camel.call(
                "twilio-taskrouter:mergeAttributes?org=acme",
                Map.of("handedOff", true),
                Map.of(TaskRouterConstants.TASK_SID, TASK)));

        assertThat(FailureKind.of(failure)).isEqualTo(how.kind);
        assertThat(twilio.asked()).extracting(Asked::method).containsExactly("GET", "POST");
    }

    private record Failure(String name, Answer answer, FailureKind kind) {
        Answer answer(StubTwilio twilio) {
            return answer == null ? twilio.silence() : answer;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Write(String uri, Object body, Map<String, Object> headers) {
        @Override
        public String toString() {
            return uri;
        }
    }

    private static Map<String, Object> conversation() {
        return Map.of(
                ConversationsConstants.UNIQUE_NAME,
                "acme-" + CALL,
                ConversationsConstants.CONVERSATION_SID,
                THREAD,
                ConversationsConstants.AUTHOR,
                "AI Support Agent");
    }

    private static Map<String, Object> call() {
        return Map.of(
                "CamelTwilio.pathAccountSid", ACCOUNT,
                "CamelTwilio.pathSid", CALL,
                "CamelTwilio.twiml", "<Response/>");
    }
}
