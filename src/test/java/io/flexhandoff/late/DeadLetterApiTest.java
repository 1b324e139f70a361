package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.TestCall;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** Events that ran out of tries, as an org sees and handles them over the API. */
@TwoOrgs
class DeadLetterApiTest {

    private static final String STOLEN_LATE = "[late, spoken 09:00:02 UTC] My card was stolen.";

    private static final String MESSAGES = "/Messages";

    @RegisterExtension
    final TestCall call = TestCall.of("acme");

    @Autowired
    private HandoffRuntime runtime;

    private BrokenTwilio broken;
    private ApiClient globex;
    private Instant start;

    @BeforeEach
    void callWithAThread() {
        start = Instant.now();
        broken = new BrokenTwilio(call.sandbox());
        globex = new ApiClient(runtime.port(), "globex", "globex-key");
        say(1, "Hello.");
        transcript(1, 1, 0, 0);
    }

    @AfterEach
    void leaveNothing() {
        broken.heal();
        call.api().read("/dead-letters").forEach(letter -> call.api()
                .delete("/dead-letters/" + letter.get("id").textValue()));
    }

    @Test
    void aDeadLetterSaysWhatFailedHowOftenSinceWhenAndWhy() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        say(3, "Are you there?");

        JsonNode letters = deadLetters(2);
        JsonNode first = letters.get(0);
        assertThat(first.get("callSid").textValue()).isEqualTo(call.sid());
        assertThat(first.get("kind").textValue()).isEqualTo("segment");
        assertThat(first.get("attempts").intValue()).isEqualTo(1);
        assertThat(Instant.parse(first.get("firstFailure").textValue())).isBetween(start, Instant.now());
        assertThat(first.get("lastFailure")).isEqualTo(first.get("firstFailure"));
        assertThat(first.get("cause").textValue()).contains("Broken on purpose");
        assertThat(first.at("/event/segment/text").textValue()).isEqualTo("My card was stolen.");
        assertThat(first.get("id").textValue()).matches("[A-Za-z0-9-]+");
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("id", "callSid", "kind", "attempts", "firstFailure", "lastFailure", "cause", "event");
        assertThat(letters.get(1).at("/event/segment/text").textValue()).isEqualTo("Are you there?");
        assertThat(call.deadLetters()).isEqualTo(letters);
        transcript(3, 1, 0, 2);
    }

    @Test
    void aReplayedSegmentIsInTheThreadOnce() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();

        HttpResponse<String> answer = call.api().post("/dead-letters/" + letter + "/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", STOLEN_LATE);
        deadLetters(0);
    }

    @Test
    void aReplayedSegmentIsCountedAsParkedUntilItIsInTheThread() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();
        broken.hold(GET, MESSAGES);
        transcript(2, 1, 0, 1);

        call.api().post("/dead-letters/" + letter + "/replay", "");

        assertThat(counts()).containsExactly(2, 1, 1, 0);
        broken.heal();
        transcript(2, 2, 0, 0);
    }

    @Test
    void aDoubleClickReplaysOnce() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();

        List<Integer> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(click -> call.api()
                        .post("/dead-letters/" + letter + "/replay", "")
                        .statusCode())
                .sorted()
                .toList();

        assertThat(answers).containsExactly(202, 404, 404, 404, 404, 404, 404, 404);
        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", STOLEN_LATE);
    }

    @Test
    void noReplayIsLostHoweverOftenItFails() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        JsonNode firstFailure = call.deadLetters().get(0).get("firstFailure");
        for (int replay = 1; replay <= 3; replay++) {
            assertThat(call.api()
                            .post("/dead-letters/" + letter + "/replay", "")
                            .statusCode())
                    .isEqualTo(202);
            String before = letter;
            await().until(() -> !onlyLetter().equals(before));
            letter = onlyLetter();
            assertThat(call.deadLetters().get(0).get("attempts").intValue()).isEqualTo(1);
            transcript(2, 1, 0, 1);
        }
        assertThat(call.deadLetters().get(0).get("firstFailure")).isEqualTo(firstFailure);

        broken.heal();
        call.api().post("/dead-letters/" + letter + "/replay", "");

        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", STOLEN_LATE);
    }

    @Test
    void aReplayGetsItsOwnTriesAsIfItWereNew() {
        broken.loseAnswer(POST, MESSAGES);
        broken.loseAnswer(GET, MESSAGES);
        say(2, "My card was stolen.");
        await().until(() -> call.deadLetters().path(0).path("attempts").intValue() == 2);
        String letter = onlyLetter();

        call.api().post("/dead-letters/" + letter + "/replay", "");

        await().until(() -> call.deadLetters().size() == 1 && !onlyLetter().equals(letter));
        assertThat(call.deadLetters().get(0).get("attempts").intValue()).isEqualTo(2);
        broken.heal();
        call.api().post("/dead-letters/" + onlyLetter() + "/replay", "");
        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", "My card was stolen.");
    }

    @Test
    void aSegmentThatWasAppendedAfterAllIsNotDoubledByAReplay() {
        broken.loseAnswer(POST, MESSAGES);
        broken.refuse(GET, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();
        assertThat(spoken()).containsExactly("Hello.", "My card was stolen.");

        call.api().post("/dead-letters/" + letter + "/replay", "");

        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", "My card was stolen.");
    }

    @Test
    void aCallThatWasTransferredAfterAllIsNotTransferredAgainByAReplay() {
        broken.loseAnswer(POST, "/Calls/" + call.sid() + ".json");
        broken.refuse(GET, "/Tasks");
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));
        String letter = onlyLetter();
        assertThat(call.deadLetters().get(0).get("kind").textValue()).isEqualTo("escalation");
        broken.heal();

        call.api().post("/dead-letters/" + letter + "/replay", "");

        await().until(() -> call.handoff().get("state").textValue().equals("transferred"));
        assertThat(call.tasks()).hasSize(1);
    }

    @Test
    void aNoteThatWasWrittenAfterAllIsNotDoubledByAReplay() {
        broken.loseAnswerThenRefuseToBeRead(MESSAGES);
        call.post("/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));
        String letter = onlyLetter();
        JsonNode note = call.deadLetters().get(0);
        assertThat(note.get("kind").textValue()).isEqualTo("event");
        assertThat(note.at("/event/kind").textValue()).isEqualTo("note");
        broken.heal();
        assertThat(spoken()).hasSize(2).last().asString().contains("note is at the top");
        long looks = looksAtMessages();

        call.api().post("/dead-letters/" + letter + "/replay", "");

        await().until(() -> looksAtMessages() > looks);
        deadLetters(0);
        assertThat(spoken()).hasSize(2).last().asString().contains("note is at the top");
    }

    @Test
    void allDeadLettersOfACallAreReplayedInOrder() {
        broken.refuse(POST, MESSAGES);
        String other = call.sandbox().placeCall("+15550101", "+15550199");
        call.api()
                .post("/calls/" + other + "/transcript", Map.of("segments", List.of(segment(1, "caller", "Another."))));
        for (int sequence = 2; sequence <= 20; sequence++) {
            say(sequence, "Turn " + sequence);
        }
        deadLetters(19);
        await().until(() -> call.api().deadLettersOf(other).size() == 1);
        broken.heal();

        HttpResponse<String> answer = call.post("/dead-letters/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"accepted\":19}");
        transcript(20, 20, 0, 0);
        assertThat(spoken().subList(1, 20))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 20)
                        .mapToObj(sequence -> "[late, spoken 09:00:%02d UTC] Turn %d".formatted(sequence, sequence))
                        .toList());
        deadLetters(0);
        assertThat(call.api().deadLettersOf(other)).hasSize(1);
        assertThat(call.post("/dead-letters/replay", "").body()).isEqualTo("{\"accepted\":0}");
    }

    @Test
    void theDeadLettersOfACallCanBeReplayedAtOnceByManyHands() {
        broken.refuse(POST, MESSAGES);
        for (int sequence = 2; sequence <= 9; sequence++) {
            say(sequence, "Turn " + sequence);
        }
        List<String> ids = deadLetters(8).findValuesAsText("id").stream()
                .filter(id -> id.length() > 20)
                .toList();
        broken.heal();

        assertThat(ids.parallelStream().map(id -> call.api()
                        .post("/dead-letters/" + id + "/replay", "")
                        .statusCode()))
                .containsOnly(202)
                .hasSize(8);
        transcript(9, 9, 0, 0);
        assertThat(spoken()).hasSize(9);
    }

    @Test
    void aDiscardedSegmentIsGoneAndStaysCountedAsDead() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();

        HttpResponse<String> answer = call.api().delete("/dead-letters/" + letter);

        assertThat(answer.statusCode()).isEqualTo(204);
        deadLetters(0);
        missing(call.api().delete("/dead-letters/" + letter), letter);
        missing(call.api().post("/dead-letters/" + letter + "/replay", ""), letter);
        transcript(2, 1, 0, 1);
    }

    @Test
    void anotherOrgsDeadLetterIsAsUnknownAsNone() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();

        assertThat(globex.read("/dead-letters")).isEmpty();
        missing(globex.post("/dead-letters/" + letter + "/replay", ""), letter);
        missing(globex.delete("/dead-letters/" + letter), letter);
        assertThat(globex.post("/calls/" + call.sid() + "/dead-letters/replay", "")
                        .body())
                .isEqualTo("{\"accepted\":0}");
        missing(call.api().delete("/dead-letters/nonsense"), "nonsense");
        missing(call.api().delete("/dead-letters/x'OR'1'='1"), "x'OR'1'='1");
        assertThat(new ApiClient(runtime.port(), "acme", "globex-key")
                        .get("/dead-letters")
                        .statusCode())
                .isEqualTo(404);
        assertThat(onlyLetter()).isEqualTo(letter);
    }

    private void say(int sequence, String text) {
        call.say(segment(sequence, "caller", text));
    }

    private JsonNode deadLetters(int size) {
        await().until(() -> call.deadLetters().size() == size);
        return call.deadLetters();
    }

    private String onlyLetter() {
        return deadLetters(1).get(0).get("id").textValue();
    }

    private void transcript(int received, int appended, int parked, int dead) {
        await().untilAsserted(() -> assertThat(counts()).containsExactly(received, appended, parked, dead));
    }

    /** Received, appended, parked, dead. */
    private List<Integer> counts() {
        JsonNode transcript = call.handoff().path("transcript");
        return List.of(
                transcript.path("received").intValue(),
                transcript.path("appended").intValue(),
                transcript.path("parked").intValue(),
                transcript.path("dead").intValue());
    }

    private long looksAtMessages() {
        return call.sandbox().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith(MESSAGES))
                .count();
    }

    private List<String> spoken() {
        return call.messages().stream().skip(1).map(Message::getBody).toList();
    }

    private static void missing(HttpResponse<String> answer, String id) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(ApiClient.tree(answer.body()).get("detail").textValue())
                .isEqualTo("id: there is no dead letter " + id);
    }
}
