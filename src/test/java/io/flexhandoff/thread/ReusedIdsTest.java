package io.flexhandoff.thread;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import io.flexhandoff.support.TwilioView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Segments whose ids come again: with the same words a repeat, with others one more. */
@HandoffTest
class ReusedIdsTest {

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private ProducerTemplate routes;

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        twilio = new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
    }

    private JsonNode post(Object... segments) {
        return ApiClient.tree(api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segments)))
                .body());
    }

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private void appended(int count) {
        await().until(() -> handoff().at("/transcript/appended").asInt() == count);
    }

    /** What was said, as the thread has it, without the marks of what came late. */
    private List<String> thread() {
        return twilio.messagesOf(callSid).stream()
                .map(Message::getBody)
                .filter(text -> !text.startsWith("The AI agent is on this call"))
                .map(text -> text.replaceFirst("^\\[late, [^]]*] ", ""))
                .toList();
    }

    private List<String> causes() {
        return handoff().findValuesAsText("cause");
    }

    @Test
    void anAgentThatCountsFromOneAgainLosesNothingAndIsTold() {
        try (LogWatch log = new LogWatch()) {
            assertThat(post(segment(1, "ai", "Hello"), segment(2, "caller", "My bill"))
                            .has("conflicts"))
                    .isFalse();
            appended(2);

            JsonNode answer = post(segment(1, "ai", "Hello again"), segment(2, "caller", "Still my bill"));

            assertThat(answer.get("accepted").intValue()).isEqualTo(2);
            assertThat(answer.get("conflicts").findValuesAsText("id")).containsExactly("s1", "s2");
            assertThat(answer.at("/conflicts/0/keptAs").textValue()).startsWith("s1~");
            appended(4);
            assertThat(thread()).containsExactly("Hello", "My bill", "Hello again", "Still my bill");
            assertThat(handoff().at("/transcript/received").intValue()).isEqualTo(4);
            assertThat(handoff().at("/transcript/reusedIds").intValue()).isEqualTo(2);
            await().until(() -> causes().size() == 1);
            assertThat(causes())
                    .containsExactly("segment s1 came again with another text, which is kept as "
                            + answer.at("/conflicts/0/keptAs").textValue());
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("count from 1 again"))
                    .hasSize(1);
        }
    }

    @Test
    void repeatsOfBothAreRepeats() {
        Map<String, Object> first = segment(1, "ai", "Hello");
        Map<String, Object> second = segment(1, "ai", "Hello again");
        post(first);
        JsonNode told = post(second);
        appended(2);

        assertThat(post(first)).isEqualTo(ApiClient.tree("{\"accepted\":1}"));
        assertThat(post(second)).isEqualTo(told);
        post(segment(7, "ai", "The last"));
        appended(3);
        assertThat(thread()).containsExactly("Hello", "Hello again", "The last");
    }

    @ParameterizedTest
    @CsvSource({"ai, Yes., caller, Yes.", "caller, Aa, caller, BB", "caller, My bill, caller, my bill"})
    void otherWordsOfOneRequestOrAnotherSpeakerAreOtherSegments(
            String speaker, String text, String otherSpeaker, String otherText) {
        JsonNode answer = post(segment(1, speaker, text), segment(1, otherSpeaker, otherText));

        assertThat(answer.get("conflicts")).hasSize(1);
        appended(2);
        assertThat(thread()).containsExactly(text, otherText);
    }

    @Test
    void anInterimResultSharesTheIdOfTheFinalOne() {
        Map<String, Object> interim = new HashMap<>(segment(1, "caller", "My"));
        interim.put("final", false);

        assertThat(post(interim).has("conflicts")).isFalse();
        assertThat(post(segment(1, "caller", "My bill")).has("conflicts")).isFalse();
        appended(1);
        assertThat(thread()).containsExactly("My bill");
    }

    /** As from a door of another node, or after a restart. */
    private void fromAnotherNode(int sequence, String text) {
        routes.send("direct:enqueue-segments", exchange -> {
            exchange.setVariable("org", "demo");
            exchange.setVariable("callSid", callSid);
            exchange.getMessage()
                    .setBody(new TranscriptBatch(List.of(new Segment(
                            "s" + sequence,
                            sequence,
                            "caller",
                            text,
                            Instant.parse("2026-11-20T09:00:00Z"),
                            null,
                            null))));
        });
    }

    @Test
    void whatNoDoorKnowsTheLedgerFinds() {
        post(segment(1, "caller", "My bill"));
        appended(1);

        fromAnotherNode(1, "It is wrong");
        fromAnotherNode(1, "It is wrong");
        fromAnotherNode(1, "Very wrong");

        appended(3);
        assertThat(thread()).containsExactly("My bill", "It is wrong", "Very wrong");
        assertThat(handoff().at("/transcript/reusedIds").intValue()).isEqualTo(2);
        assertThat(api.read("/dead-letters")).isEmpty();
        // the same again by a door that knows now
        assertThat(post(segment(1, "caller", "It is wrong")).get("conflicts")).hasSize(1);
        post(segment(9, "caller", "The last"));
        appended(4);
    }

    @Test
    void oneThatWaitsForTheOneBeforeItIsNotLostEither() {
        post(segment(1, "caller", "One"));
        appended(1);

        fromAnotherNode(3, "Three");
        fromAnotherNode(3, "Three, other words");
        post(segment(2, "caller", "Two"));

        appended(4);
        assertThat(thread()).containsExactlyInAnyOrder("One", "Two", "Three", "Three, other words");
    }

    @Test
    void aTurnOfTheEscalationWithAUsedIdReachesTheThreadBeforeTheTransfer() {
        post(segment(1, "caller", "My bill"));
        appended(1);

        Map<String, Object> reused = new HashMap<>(segment(3, "ai", "I hand you over"));
        reused.put("id", "s1");

        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", "2026-11-20T09:00:05Z",
                        "recentTurns",
                                List.of(segment(1, "caller", "My bill"), segment(2, "ai", "One moment"), reused)));

        await().until(() -> handoff().at("/transcript/appended").asInt() == 3);
        assertThat(thread()).contains("My bill", "One moment", "I hand you over");
        assertThat(handoff().at("/transcript/late").asInt()).isZero();
    }
}
