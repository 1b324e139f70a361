package io.flexhandoff.thread;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import io.flexhandoff.support.TestCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** What Flex does with a thread (it joins the rep, writes its status into the attributes, leaves) is in nobody's way. */
@HandoffTest
class FlexAndTheThreadTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @BeforeEach
    void sayWhy() {
        say(1, "I was charged twice.");
    }

    @Test
    void aSegmentThatComesAfterFlexHasLeftIsInTheThreadMarkedAsLate() throws Exception {
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:09Z", "reason", "Billing dispute"));
        call.awaitState("transferred");
        String task = call.tasks().get(0);
        JsonNode before = attributes();
        try (LogWatch logs = new LogWatch()) {
            call.sandbox().accept(task);
            assertThat(flex("POST", "/participants", "{\"identity\":\"riley\"}").statusCode())
                    .isEqualTo(201);
            assertThat(flex("POST", "/participants", "{\"identity\":\"riley\"}").statusCode())
                    .isEqualTo(409);
            call.sandbox().wrapUp(task);
            flex("POST", "/attributes", "{\"callSid\":\"" + call.sid() + "\",\"status\":\"INACTIVE\"}");
            call.sandbox().complete(task);
            assertThat(flex("DELETE", "/participants/riley", "").statusCode()).isEqualTo(204);

            say(2, "One more thing: it was the 4th of May.");

            await().untilAsserted(() -> assertThat(call.messages())
                    .extracting(Message::getBody)
                    .anyMatch(body -> body.startsWith("[late, spoken") && body.endsWith("it was the 4th of May.")));
            assertThat(logs.unexplained()).isEmpty();
        }
        assertThat(attributes().path("status").asText()).as("before: " + before).isEqualTo("INACTIVE");
        call.awaitState("completed");
        assertThat(call.thread().getState()).isEqualTo(Conversation.State.ACTIVE);
    }

    @Test
    void theThreadOfACallThatTheAiResolvedIsClosedWhateverItsAttributesSay() throws Exception {
        flex("POST", "/attributes", "{\"status\":\"INACTIVE\"}");
        flex("POST", "/participants", "{\"identity\":\"riley\"}");

        call.hangUp();
        call.post("/end", Map.of("id", "end", "occurredAt", "2026-11-20T09:00:20Z"));

        await().untilAsserted(() -> assertThat(call.thread().getState()).isEqualTo(Conversation.State.CLOSED));
        assertThat(attributes().path("status").asText()).isEqualTo("INACTIVE");
    }

    private void say(int sequence, String text) {
        call.say(segment(sequence, "caller", text));
        await().until(() ->
                call.messages().stream().anyMatch(message -> message.getBody().endsWith(text)));
    }

    private JsonNode attributes() {
        return ApiClient.tree(call.thread().getAttributes());
    }

    /** What Flex's page in the rep's browser asks for. */
    private HttpResponse<String> flex(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://localhost:" + runtime.port() + "/sandbox/api/conversations/"
                + call.thread().getSid() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
