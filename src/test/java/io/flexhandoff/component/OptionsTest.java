package io.flexhandoff.component;

import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flexhandoff.component.conversations.AppendedMessage;
import io.flexhandoff.component.conversations.ConversationsConstants;
import io.flexhandoff.twilio.StubTwilio;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operation needs comes from the endpoint's options, each evaluated for each message. */
class OptionsTest {

    private static final String THREAD = "CH" + "5".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());
    private final Exchange exchange = new DefaultExchange(camel.context());

    @BeforeEach
    void twilioAnswers() {
        twilio.answering(status(201, "{\"sid\": \"IM1\", \"index\": 3}"));
        exchange.setVariable("org", "acme");
        exchange.setVariable("thread", new Thread(THREAD));
        exchange.setVariable("message", Map.of("speaker", "caller"));
        exchange.setVariable("again", false);
    }

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    /** Such a value as a route keeps in a variable. */
    public record Thread(String conversationSid) {}

    @Test
    void aMessageIsMadeOfConstantsVariablesAndExpressions() throws Exception {
        camel.route("""
                - to:
                    uri: twilio-conversations
                    variableReceive: appended
                    parameters:
                      operation: appendMessage
                      org: ${variable.org}
                      conversationSid: ${variable.thread.conversationSid}
                      author: AI Support Agent
                      messageKey: segment/${body}
                      messageAttributes: ${variable.message}
                      readBack: ${variable.again}
                      text: 'RAW(Number ${body}: 50 % & more + {"a":"b?"})'
                """, exchange, 7);

        assertThat(exchange.getMessage().getBody()).isEqualTo(7);
        assertThat(exchange.getVariable("appended")).isEqualTo(new AppendedMessage("IM1", 3, false));
        assertThat(twilio.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.path()).endsWith("/Conversations/" + THREAD + "/Messages");
            assertThat(form(asked.body()))
                    .isEqualTo(Map.of(
                            "Author", "AI Support Agent",
                            "Attributes", "{\"speaker\":\"caller\",\"key\":\"segment/7\"}",
                            "Body", "Number 7: 50 % & more + {\"a\":\"b?\"}"));
        });
    }

    @Test
    void aThreadIsOpenedByOptionsAlone() throws Exception {
        twilio.answering(status(201, "{\"sid\": \"" + THREAD + "\", \"index\": 0}"));
        camel.route("""
                - to:
                    uri: twilio-conversations
                    variableReceive: thread
                    parameters:
                      operation: openThread
                      org: acme
                      uniqueName: call-${body}
                      friendlyName: Call ${body}
                      attributes: '{"callSid":"${body}"}'
                      text: Note follows
                - setBody:
                    simple:
                      expression: ${variable.thread.conversationSid} ${variable.thread.existed}
                """, exchange, "CA1");

        assertThat(exchange.getMessage().getBody()).isEqualTo(THREAD + " false");
        assertThat(form(twilio.asked().get(0).body()))
                .isEqualTo(Map.of(
                        "UniqueName", "call-CA1", "FriendlyName", "Call CA1", "Attributes", "{\"callSid\":\"CA1\"}"));
        assertThat(form(twilio.asked().get(1).body())).containsEntry("Body", "Note follows");
    }

    @Test
    void aHeaderWinsOverItsOption() {
        camel.call(
                "twilio-conversations:appendMessage?org=nobody&author=option&text=option&conversationSid=" + THREAD,
                "body",
                Map.of(
                        ConversationsConstants.ORG, "acme",
                        ConversationsConstants.AUTHOR, "header",
                        ConversationsConstants.TEXT, "header"));

        assertThat(form(twilio.asked().get(0).body()))
                .containsEntry("Author", "header")
                .containsEntry("Body", "header");
    }

    @Test
    void whatAnExpressionGivesNothingForIsNotThere() {
        String uri = "twilio-conversations:appendMessage?org=acme&author=${variable.nobody}&conversationSid=" + THREAD;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(uri, "text", Map.of()))
                .withMessage("The option author (header CamelTwilioConversationsAuthor) is missing");
        assertThat(twilio.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "since, yesterday, since (header CamelTwilioTaskRouterSince) is not an instant",
        "limit, 0, limit (header CamelTwilioTaskRouterLimit) must be at least 1",
        "callSid, CA1, callSid (header CamelTwilioTaskRouterCallSid) is not a SID"
    })
    void theOptionIsNamed(String option, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> camel.call(
                        "twilio-taskrouter:findTask?org=acme&" + option + "=" + value,
                        null,
                        option.equals("callSid")
                                ? Map.of()
                                : Map.of("CamelTwilioTaskRouterCallSid", "CA" + "6".repeat(32))))
                .withMessageContaining(message);
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void aMistakeInAnExpressionStopsTheRoute() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> camel.route("""
                - to:
                    uri: twilio-conversations:appendMessage
                    parameters:
                      org: ${variable.org
                """, exchange, null))
                .hasStackTraceContaining("variable.org");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String parameter : body.split("&")) {
            String[] parts = parameter.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
