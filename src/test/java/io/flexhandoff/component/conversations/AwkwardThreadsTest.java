package io.flexhandoff.component.conversations;

import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.component.TwilioCamel;
import io.flexhandoff.twilio.StubTwilio;
import io.flexhandoff.twilio.StubTwilio.Asked;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to threads rarely, or only after long. */
class AwkwardThreadsTest {

    private static final String THREAD = "CH" + "5".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    @Test
    void theSlowerOfTwoOpenersTakesItsNoteBack() {
        twilio.answering(exchange -> {
            String request =
                    exchange.getRequestMethod() + exchange.getRequestURI().getPath();
            if (request.startsWith("DELETE")) {
                status(204, "").give(exchange);
            } else if (request.startsWith("GET")) {
                status(
                                200,
                                page(
                                        "[{\"sid\":\"IM1\",\"index\":0,\"attributes\":\"{\\\"kind\\\":\\\"note\\\"}\"}]",
                                        null))
                        .give(exchange);
            } else if (request.endsWith("/Messages")) {
                status(201, "{\"sid\":\"IM2\",\"index\":1}").give(exchange);
            } else {
                status(201, "{\"sid\":\"" + THREAD + "\"}").give(exchange);
            }
        });

        Message opened = camel.call(
                "twilio-conversations:openThread?org=acme",
                "Note follows",
                Map.of(ConversationsConstants.UNIQUE_NAME, "acme-CA1"));

        assertThat(opened.getBody()).isEqualTo(new OpenedThread(THREAD, "IM1", false));
        assertThat(twilio.asked())
                .filteredOn(asked -> asked.method().equals("DELETE"))
                .extracting(Asked::path)
                .singleElement()
                .asString()
                .endsWith(THREAD + "/Messages/IM2");
    }

    @Test
    void readingBackLooksAtEveryPage() {
        twilio.answering(exchange -> {
            boolean first = !exchange.getRequestURI().toString().contains("PageToken");
            status(
                            200,
                            first
                                    ? page(
                                            "[{\"sid\":\"IM9\",\"index\":9,\"attributes\":null}]",
                                            "https://conversations.twilio.com/v1/more?PageToken=2")
                                    : page(
                                            "[{\"sid\":\"IM8\",\"index\":8,\"attributes\":\"{\\\"key\\\":\\\"k\\\"}\"}]",
                                            null))
                    .give(exchange);
        });

        Message appended = camel.call(
                "twilio-conversations:appendMessage?org=acme",
                "hello",
                Map.of(
                        ConversationsConstants.CONVERSATION_SID, THREAD,
                        ConversationsConstants.AUTHOR, "Caller",
                        ConversationsConstants.MESSAGE_KEY, "k",
                        ConversationsConstants.READ_BACK, "true"));

        assertThat(appended.getBody()).isEqualTo(new AppendedMessage("IM8", 8, true));
        assertThat(twilio.asked()).extracting(Asked::method).containsOnly("GET");
        assertThat(twilio.asked().get(0).path()).contains("Order=desc", "PageSize=100");
    }

    private static String page(String messages, String next) {
        String link = next == null ? "null" : '"' + next + '"';
        return "{\"messages\":" + messages + ",\"meta\":{\"page_size\":100,\"url\":\"x\",\"first_page_url\":\"x\","
                + "\"previous_page_url\":null,\"next_page_url\":" + link + ",\"key\":\"messages\"}}";
    }
}
