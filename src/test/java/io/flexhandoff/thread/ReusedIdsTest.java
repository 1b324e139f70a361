package io.flexhandoff.thread;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import io.flexhandoff.support.TestCall;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Segments whose ids come again: with the same words a repeat, with others one more. */
@HandoffTest
class ReusedIdsTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private ProducerTemplate routes;

    /** What was said, as the thread has it, without the marks of what came late. */
    private List<String> thread() {
        return call.messages().stream()
                .map(Message::getBody)
                .filter(text -> !text.startsWith("The AI agent is on this call"))
                .map(text -> text.replaceFirst("^\\[late, [^]]*] ", ""))
                .toList();
    }

    private List<String> causes() {
        return call.handoff().findValuesAsText("cause");
    }

    @Test
    void anAgentThatCountsFromOneAgainLosesNothingAndIsTold() {
        try (LogWatch log = new LogWatch()) {
            assertThat(call.say(segment(1, "ai", "Hello"), segment(2, "caller", "My bill"))
                            .has("conflicts"))
                    .isFalse();
            call.appended(2);

            JsonNode answer = call.say(segment(1, "ai", "Hello again"), segment(2, "caller", "Still my bill"));

            assertThat(answer.get("accepted").intValue()).isEqualTo(2);
            assertThat(answer.get("conflicts").findValuesAsText("id")).containsExactly("s1", "s2");
            assertThat(answer.at("/conflicts/0/keptAs").textValue()).startsWith("s1~");
            call.appended(4);
            assertThat(thread()).containsExactly("Hello", "My bill", "Hello again", "Still my bill");
            assertThat(call.transcript("received")).isEqualTo(4);
            assertThat(call.transcript("reusedIds")).isEqualTo(2);
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
        call.say(first);
        JsonNode told = call.say(second);
        call.appended(2);

        assertThat(call.say(first)).isEqualTo(ApiClient.tree("{\"accepted\":1}"));
        assertThat(call.say(second)).isEqualTo(told);
        call.say(segment(7, "ai", "The last"));
        call.appended(3);
        assertThat(thread()).containsExactly("Hello", "Hello again", "The last");
    }

    @ParameterizedTest
    @CsvSource({"ai, Yes., caller, Yes.", "caller, Aa, caller, BB", "caller, My bill, caller, my bill"})
    void otherWordsOfOneRequestOrAnotherSpeakerAreOtherSegments(
            String speaker, String text, String otherSpeaker, String otherText) {
        JsonNode answer = call.say(segment(1, speaker, text), segment(1, otherSpeaker, otherText));

        assertThat(answer.get("conflicts")).hasSize(1);
        call.appended(2);
        assertThat(thread()).containsExactly(text, otherText);
    }

    @Test
    void anInterimResultSharesTheIdOfTheFinalOne() {
        Map<String, Object> interim = new HashMap<>(segment(1, "caller", "My"));
        interim.put("final", false);

        assertThat(call.say(interim).has("conflicts")).isFalse();
        assertThat(call.say(segment(1, "caller", "My bill")).has("conflicts")).isFalse();
        call.appended(1);
        assertThat(thread()).containsExactly("My bill");
    }

    /** As from a door of another node, or after a restart. */
    private void fromAnotherNode(int sequence, String text) {
        TranscriptBatch batch = new TranscriptBatch(List.of(new Segment(
                "s" + sequence, sequence, "caller", text, Instant.parse("2026-11-20T09:00:00Z"), null, null)));
        routes.sendBody("direct:enqueue-event", new CallEvents(Clock.systemUTC()).segments("demo", call.sid(), batch));
    }

    @Test
    void whatNoDoorKnowsTheLedgerFinds() {
        call.say(segment(1, "caller", "My bill"));
        call.appended(1);

        fromAnotherNode(1, "It is wrong");
        fromAnotherNode(1, "It is wrong");
        fromAnotherNode(1, "Very wrong");

        call.appended(3);
        assertThat(thread()).containsExactly("My bill", "It is wrong", "Very wrong");
        assertThat(call.transcript("reusedIds")).isEqualTo(2);
        assertThat(call.deadLetters()).isEmpty();
        // the same again by a door that knows now
        assertThat(call.say(segment(1, "caller", "It is wrong")).get("conflicts"))
                .hasSize(1);
        call.say(segment(9, "caller", "The last"));
        call.appended(4);
    }

    @Test
    void oneThatWaitsForTheOneBeforeItIsNotLostEither() {
        call.say(segment(1, "caller", "One"));
        call.appended(1);

        fromAnotherNode(3, "Three");
        fromAnotherNode(3, "Three, other words");
        call.say(segment(2, "caller", "Two"));

        call.appended(4);
        assertThat(thread()).containsExactlyInAnyOrder("One", "Two", "Three", "Three, other words");
    }

    @Test
    void aTurnOfTheEscalationWithAUsedIdReachesTheThreadBeforeTheTransfer() {
        call.say(segment(1, "caller", "My bill"));
        call.appended(1);

        Map<String, Object> reused = new HashMap<>(segment(3, "ai", "I hand you over"));
        reused.put("id", "s1");

        call.post(
                "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", "2026-11-20T09:00:05Z",
                        "recentTurns",
                                List.of(segment(1, "caller", "My bill"), segment(2, "ai", "One moment"), reused)));

        call.appended(3);
        assertThat(thread()).contains("My bill", "One moment", "I hand you over");
        assertThat(call.transcript("late")).isZero();
    }
}
