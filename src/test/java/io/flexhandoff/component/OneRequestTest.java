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
import java.util.LinkedHashMap;
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

    static Stream<Arguments> failures() {
        Map<String, Map.Entry<Answer, FailureKind>> failures = new LinkedHashMap<>();
        failures.put("500", Map.entry(error(500, 20500), FailureKind.PERHAPS_DONE));
        failures.put("502", Map.entry(status(502, "<html/>"), FailureKind.PERHAPS_DONE));
        failures.put("503", Map.entry(error(503, 20503), FailureKind.PERHAPS_DONE));
        failures.put("429", Map.entry(status(429, "{}", "Retry-After", "1"), FailureKind.NOT_DONE));
        failures.put("dropped", Map.entry(hangUp(), FailureKind.PERHAPS_DONE));
        failures.put("garbled", Map.entry(status(200, "{\"messages\": 1,"), FailureKind.PERHAPS_DONE));
        Stream<Write> writes = Stream.of(
                new Write("twilio-conversations:openThread?org=acme", "note", conversation()),
                new Write("twilio-conversations:appendMessage?org=acme", "hello", conversation()),
                new Write("twilio-conversations:close?org=acme", null, conversation()),
                new Write("twilio-taskrouter:writeWorkflow?org=acme", "{}", Map.of()),
                new Write("twilio:call/update", null, call()));
        return writes.flatMap(write -> Stream.concat(
                failures.entrySet().stream()
                        .map(failure -> Arguments.of(
                                write,
                                failure.getKey(),
                                failure.getValue().getKey(),
                                failure.getValue().getValue())),
                Stream.of(Arguments.of(write, "silent", null, FailureKind.PERHAPS_DONE))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("failures")
    void aFailedWriteWasSentOnce(Write write, String how, Answer answer, FailureKind kind) {
        twilio.answering(answer == null ? twilio.silence() : answer);

        Throwable failure = catchThrowable(() -> camel.call(write.uri, write.body, write.headers));

        assertThat(FailureKind.of(failure)).isEqualTo(kind);
        assertThat(twilio.asked()).extracting(Asked::method).containsExactly("POST");
        if (!write.uri.startsWith("twilio:")) {
            assertThat(failure).isInstanceOf(TwilioFailure.class);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void aTaskIsWrittenOnceToo(Write any, String how, Answer answer, FailureKind kind) {
        Answer post = answer == null ? twilio.silence() : answer;
        twilio.answering(exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                status(200, "{\"attributes\": \"{}\"}", "ETag", "\"3\"").give(exchange);
            } else {
                post.give(exchange);
            }
        });

        Throwable failure = catchThrowable(() -> camel.call(
                "twilio-taskrouter:mergeAttributes?org=acme",
                Map.of("handedOff", true),
                Map.of(TaskRouterConstants.TASK_SID, TASK)));

        assertThat(FailureKind.of(failure)).isEqualTo(kind);
        assertThat(twilio.asked()).extracting(Asked::method).containsExactly("GET", "POST");
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
