package io.flexhandoff.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.twilio.StubTwilio;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that makes no sense is named, and nothing is sent. */
class BadInputTest {

    private static final String THREAD = "CH" + "5".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());

    @AfterEach
    void stop() {
        assertThat(twilio.asked()).isEmpty();
        camel.close();
        twilio.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twilio-conversations:openThread   | UniqueName         |              | uniqueName (header CamelTwilioConversationsUniqueName) is missing",
                "twilio-conversations:openThread   | UniqueName         | a/../b       | UniqueName) may hold only",
                "twilio-conversations:appendMessage| ConversationSid    | ../../Users  | ConversationSid) is not a SID",
                "twilio-conversations:appendMessage| Author             |              | Author) is missing",
                "twilio-conversations:appendMessage| MessageAttributes  | [1]          | MessageAttributes) is not a JSON object",
                "twilio-conversations:appendMessage| ReadBack           | true         | MessageKey) is missing",
                "twilio-conversations:readThread   | Limit              | 0            | Limit) must be at least 1",
                "twilio-taskrouter:findTask        | CallSid            | 12           | CallSid) is not a SID",
                "twilio-taskrouter:mergeAttributes | TaskSid            |              | TaskSid) is missing",
                "twilio-taskrouter:provisionWorker | FriendlyName       |              | FriendlyName) is missing",
                "twilio-taskrouter:writeWebhook    | WebhookUrl         | 'https://h/a|b'| WebhookUrl) has at its character 12",
                "twilio-conversations:writeWebhooks| WebhookUrl         | https://h/{id}| WebhookUrl) has at its character 11",
                "twilio-taskrouter:writeWorkflow   | Limit              |              | body is not a JSON object"
            })
    void theHeaderIsNamed(String uri, String header, String value, String message) {
        String prefix = uri.contains("conversations") ? "CamelTwilioConversations" : "CamelTwilioTaskRouter";
        Map<String, Object> headers = new HashMap<>(
                Map.of("CamelTwilioConversationsConversationSid", THREAD, "CamelTwilioConversationsAuthor", "system"));
        headers.put(prefix + header, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri + "?org=acme", "text", headers))
                .withMessageContaining(message);
    }

    @Test
    void anOrgIsNeededAndTheHeaderWins() {
        String uri = "twilio-conversations:readThread";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri, null, Map.of()))
                .withMessageContaining("option org")
                .withMessageContaining("CamelTwilioOrg");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri + "?org=acme", null, Map.of("CamelTwilioOrg", "nobody")))
                .withMessageContaining("'nobody'");
    }

    @Test
    void textMustFitIntoAMessage() {
        Map<String, Object> headers =
                Map.of("CamelTwilioConversationsConversationSid", THREAD, "CamelTwilioConversationsAuthor", "system");
        String uri = "twilio-conversations:appendMessage?org=acme";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri, "x".repeat(1601), headers))
                .withMessageContaining("1601")
                .withMessageContaining("1600");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri, "", headers))
                .withMessage("The body is empty");
    }

    @Test
    void withoutClientsTheContextSaysWhatIsMissing() {
        CamelContext bare = new DefaultCamelContext();
        bare.start();
        assertThatThrownBy(() -> bare.createProducerTemplate().sendBody("twilio-taskrouter:readWebhook?org=acme", null))
                .hasStackTraceContaining("bind one bean of type io.flexhandoff.twilio.TwilioClients");
        bare.stop();
    }
}
