package io.flexhandoff.handoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A caller waits for the transcript as long as patience lasts, and no longer; a node that is behind says so. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.transfer.patience=1s",
            "handoff.enrichment.budget=300",
            "handoff.events.workers=4",
            "handoff.events.max-lag=500"
        })
class PatienceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private HandoffRuntime runtime;

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Test
    void aCallerIsMovedWhenPatienceEndsAndTheRestOfTheTranscriptFollowsMarkedLate() {
        call.sandbox()
                .faults()
                .add(Fault.slow(Duration.ofMillis(700)).product("conversations").method("POST"));
        say(12);
        escalate(call.sid());

        await().atMost(PATIENCE).until(() -> !call.tasks().isEmpty());
        assertThat(call.transcript("appended")).isLessThan(12);

        call.sandbox().faults().clear();
        await().atMost(PATIENCE).until(() -> call.transcript("appended") == 12);
        assertThat(call.tasks()).hasSize(1);
        assertThat(call.transcript("late")).isPositive();
        for (int turn = 1; turn <= 12; turn++) {
            String said = "Turn " + turn + ".";
            assertThat(call.messages())
                    .filteredOn(message -> message.getBody().endsWith(said))
                    .hasSize(1);
        }
        assertThat(call.deadLetters()).isEmpty();
    }

    @Test
    void aNodeThatIsBehindTakesEscalationsAndTellsSendersOfSegmentsToComeAgain() {
        call.sandbox()
                .faults()
                .add(Fault.slow(Duration.ofSeconds(2)).product("conversations").method("POST"));
        List<String> calls = IntStream.range(0, 16)
                .mapToObj(each -> call.sandbox().placeCall("+15550100", "+15550199"))
                .toList();
        // on a slow machine the last ones may be told to come again already
        List<String> accepted = calls.stream()
                .filter(callSid -> call.api()
                                .post("/calls/" + callSid + "/transcript", turns(1))
                                .statusCode()
                        == 202)
                .toList();

        String late = call.sandbox().placeCall("+15550100", "+15550199");
        HttpResponse<String> refused = await().atMost(PATIENCE)
                .until(
                        () -> call.api().post("/calls/" + late + "/transcript", turns(1)),
                        answer -> answer.statusCode() == 503);
        assertThat(refused.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.valueOf(seconds)).isBetween(1, 5));
        assertThat(ApiClient.tree(refused.body()).get("title").textValue()).isEqualTo("Overloaded");
        escalate(late);

        call.sandbox().faults().clear();
        await().atMost(PATIENCE).until(() -> !call.sandbox().tasksOf(late).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> call.api()
                                .post("/calls/" + late + "/transcript", turns(1))
                                .statusCode()
                        == 202);
        accepted.forEach(callSid -> await().atMost(PATIENCE)
                .until(() -> call.api()
                                .read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 1));
    }

    @Test
    void aCallerDoesNotWaitForALedgerThatDoesNotAnswerAndItLearnsOfTheTransferAfterwards() {
        say(2);
        await().atMost(PATIENCE).until(() -> call.transcript("appended") == 2);
        CountDownLatch back = new CountDownLatch(1);
        runtime.ledger().writer().submit(connection -> {
            try {
                return back.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        call.say(segment(3, "ai", "Turn 3."));
        escalate(call.sid());
        escalate(call.sid()); // its platform has not seen the answer

        await().atMost(PATIENCE).until(() -> !call.tasks().isEmpty());
        assertThat(back.getCount()).as("the ledger is still away").isEqualTo(1);
        back.countDown();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(call.steps()).contains("transferred", "noted"));
        await().atMost(PATIENCE).until(() -> call.transcript("appended") == 3);
        assertThat(call.tasks()).hasSize(1);
        assertThat(call.deadLetters()).isEmpty();
    }

    private void say(int count) {
        assertThat(call.post("/transcript", turns(count)).statusCode()).isEqualTo(202);
    }

    private static Map<String, Object> turns(int count) {
        return Map.of(
                "segments",
                IntStream.rangeClosed(1, count)
                        .mapToObj(turn -> segment(turn, turn % 2 == 0 ? "caller" : "ai", "Turn " + turn + "."))
                        .toList());
    }

    private void escalate(String callSid) {
        assertThat(call.api()
                        .post(
                                "/calls/" + callSid + "/escalation",
                                Map.of(
                                        "id", "e1",
                                        "occurredAt", "2026-11-20T09:00:05Z",
                                        "reason", "Billing dispute",
                                        "summary", "The caller was charged twice.",
                                        "sentiment", "negative",
                                        "language", "en-US"))
                        .statusCode())
                .isEqualTo(202);
    }
}
