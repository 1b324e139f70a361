package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.TwilioView;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Events that ran out of tries, as an org sees and handles them over the API. */
@TwoOrgs
class DeadLetterApiTest {

    private static final String STOLEN_LATE = "[late, spoken 09:00:02 UTC] My card was stolen.";

    private static final String MESSAGES = "/Messages";

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private BrokenTwilio broken;
    private TwilioView twilio;
    private ApiClient acme;
    private ApiClient globex;
    private String callSid;
    private Instant start;

    @BeforeEach
    void callWithAThread() {
        start = Instant.now();
        sandbox = runtime.sandbox().orElseThrow();
        broken = new BrokenTwilio(sandbox);
        twilio = new TwilioView(runtime.twilio().org("acme"), runtime.twilio().forOrg("acme"));
        acme = new ApiClient(runtime.port(), "acme", "acme-key");
        globex = new ApiClient(runtime.port(), "globex", "globex-key");
        callSid = sandbox.placeCall("+15550100", "+15550199");
        say(1, "Hello.");
        transcript(1, 1, 0, 0);
    }

    @AfterEach
    void leaveNothing() {
        broken.heal();
        acme.read("/dead-letters")
                .forEach(letter ->
                        acme.delete("/dead-letters/" + letter.get("id").textValue()));
        sandbox.hangUp(callSid);
    }

    @Test
    void aDeadLetterSaysWhatFailedHowOftenSinceWhenAndWhy() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        say(3, "Are you there?");

        JsonNode letters = deadLetters(2);
        JsonNode first = letters.get(0);
        assertThat(first.get("callSid").textValue()).isEqualTo(callSid);
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
        assertThat(acme.read("/dead-letters")).isEqualTo(letters);
        transcript(3, 1, 0, 2);
    }

    @Test
    void aReplayedSegmentIsInTheThreadOnce() {
        broken.refuse(POST, MESSAGES);
        say(2, "My card was stolen.");
        String letter = onlyLetter();
        broken.heal();

        HttpResponse<String> answer = acme.post("/dead-letters/" + letter + "/replay", "");

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

        acme.post("/dead-letters/" + letter + "/replay", "");

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
                .mapToObj(click ->
                        acme.post("/dead-letters/" + letter + "/replay", "").statusCode())
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
        JsonNode firstFailure = acme.read("/dead-letters").get(0).get("firstFailure");
        for (int replay = 1; replay <= 3; replay++) {
            assertThat(acme.post("/dead-letters/" + letter + "/replay", "").statusCode())
                    .isEqualTo(202);
            String before = letter;
            await().until(() -> !onlyLetter().equals(before));
            letter = onlyLetter();
            assertThat(acme.read("/dead-letters").get(0).get("attempts").intValue())
                    .isEqualTo(1);
            transcript(2, 1, 0, 1);
        }
        assertThat(acme.read("/dead-letters").get(0).get("firstFailure")).isEqualTo(firstFailure);

        broken.heal();
        acme.post("/dead-letters/" + letter + "/replay", "");

        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", STOLEN_LATE);
    }

    @Test
    void aReplayGetsItsOwnTriesAsIfItWereNew() {
        broken.loseAnswer(POST, MESSAGES);
        broken.loseAnswer(GET, MESSAGES);
        say(2, "My card was stolen.");
        await().until(() -> acme.read("/dead-letters").path(0).path("attempts").intValue() == 2);
        String letter = onlyLetter();

        acme.post("/dead-letters/" + letter + "/replay", "");

        await().until(() ->
                acme.read("/dead-letters").size() == 1 && !onlyLetter().equals(letter));
        assertThat(acme.read("/dead-letters").get(0).get("attempts").intValue()).isEqualTo(2);
        broken.heal();
        acme.post("/dead-letters/" + onlyLetter() + "/replay", "");
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

        acme.post("/dead-letters/" + letter + "/replay", "");

        transcript(2, 2, 0, 0);
        assertThat(spoken()).containsExactly("Hello.", "My card was stolen.");
    }

    @Test
    void aCallThatWasTransferredAfterAllIsNotTransferredAgainByAReplay() {
        broken.loseAnswer(POST, "/Calls/" + callSid + ".json");
        broken.refuse(GET, "/Tasks");
        acme.post("/calls/" + callSid + "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));
        String letter = onlyLetter();
        assertThat(acme.read("/dead-letters").get(0).get("kind").textValue()).isEqualTo("escalation");
        broken.heal();

        acme.post("/dead-letters/" + letter + "/replay", "");

        await().until(() ->
                acme.read("/handoffs/" + callSid).get("state").textValue().equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void aNoteThatWasWrittenAfterAllIsNotDoubledByAReplay() {
        broken.loseAnswerThenRefuseToBeRead(MESSAGES);
        acme.post("/calls/" + callSid + "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));
        String letter = onlyLetter();
        JsonNode note = acme.read("/dead-letters").get(0);
        assertThat(note.get("kind").textValue()).isEqualTo("event");
        assertThat(note.at("/event/kind").textValue()).isEqualTo("note");
        broken.heal();
        assertThat(spoken()).hasSize(2).last().asString().contains("note is at the top");
        long looks = looksAtMessages();

        acme.post("/dead-letters/" + letter + "/replay", "");

        await().until(() -> looksAtMessages() > looks);
        deadLetters(0);
        assertThat(spoken()).hasSize(2).last().asString().contains("note is at the top");
    }

    @Test
    void allDeadLettersOfACallAreReplayedInOrder() {
        broken.refuse(POST, MESSAGES);
        String other = sandbox.placeCall("+15550101", "+15550199");
        acme.post("/calls/" + other + "/transcript", Map.of("segments", List.of(segment(1, "caller", "Another."))));
        for (int sequence = 2; sequence <= 20; sequence++) {
            say(sequence, "Turn " + sequence);
        }
        deadLetters(20);
        broken.heal();

        HttpResponse<String> answer = acme.post("/calls/" + callSid + "/dead-letters/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"accepted\":19}");
        transcript(20, 20, 0, 0);
        assertThat(spoken().subList(1, 20))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 20)
                        .mapToObj(sequence -> "[late, spoken 09:00:%02d UTC] Turn %d".formatted(sequence, sequence))
                        .toList());
        assertThat(deadLetters(1).get(0).get("callSid").textValue()).isEqualTo(other);
        assertThat(acme.post("/calls/" + callSid + "/dead-letters/replay", "").body())
                .isEqualTo("{\"accepted\":0}");
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

        assertThat(ids.parallelStream().map(id -> acme.post("/dead-letters/" + id + "/replay", "")
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

        HttpResponse<String> answer = acme.delete("/dead-letters/" + letter);

        assertThat(answer.statusCode()).isEqualTo(204);
        deadLetters(0);
        missing(acme.delete("/dead-letters/" + letter), letter);
        missing(acme.post("/dead-letters/" + letter + "/replay", ""), letter);
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
        assertThat(globex.post("/calls/" + callSid + "/dead-letters/replay", "").body())
                .isEqualTo("{\"accepted\":0}");
        missing(acme.delete("/dead-letters/nonsense"), "nonsense");
        missing(acme.delete("/dead-letters/x'OR'1'='1"), "x'OR'1'='1");
        assertThat(new ApiClient(runtime.port(), "acme", "globex-key")
                        .get("/dead-letters")
                        .statusCode())
                .isEqualTo(404);
        assertThat(onlyLetter()).isEqualTo(letter);
    }

    private void say(int sequence, String text) {
        assertThat(acme.post(
                                "/calls/" + callSid + "/transcript",
                                Map.of("segments", List.of(segment(sequence, "caller", text))))
                        .statusCode())
                .isEqualTo(202);
    }

    private JsonNode deadLetters(int size) {
        await().until(() -> acme.read("/dead-letters").size() == size);
        return acme.read("/dead-letters");
    }

    private String onlyLetter() {
        return deadLetters(1).get(0).get("id").textValue();
    }

    private void transcript(int received, int appended, int parked, int dead) {
        await().untilAsserted(() -> assertThat(counts()).containsExactly(received, appended, parked, dead));
    }

    /** Received, appended, parked, dead. */
    private List<Integer> counts() {
        JsonNode transcript = acme.read("/handoffs/" + callSid).path("transcript");
        return List.of(
                transcript.path("received").intValue(),
                transcript.path("appended").intValue(),
                transcript.path("parked").intValue(),
                transcript.path("dead").intValue());
    }

    private long looksAtMessages() {
        return sandbox.requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith(MESSAGES))
                .count();
    }

    private List<String> spoken() {
        return twilio.messagesOf(callSid).stream().skip(1).map(Message::getBody).toList();
    }

    private static void missing(HttpResponse<String> answer, String id) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(ApiClient.tree(answer.body()).get("detail").textValue())
                .isEqualTo("id: there is no dead letter " + id);
    }
}
