package io.flexhandoff.handoff;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private Sandbox sandbox;
    private TwilioView twilio;
    private ApiClient api;

    @BeforeEach
    void connect() {
        sandbox = runtime.sandbox().orElseThrow();
        twilio = new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
    }

    @AfterEach
    void heal() {
        sandbox.faults().clear();
    }

    @Test
    void aCallerIsMovedWhenPatienceEndsAndTheRestOfTheTranscriptFollowsMarkedLate() {
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        sandbox.faults()
                .add(Fault.slow(Duration.ofMillis(700)).product("conversations").method("POST"));
        say(callSid, 12);
        escalate(callSid);

        await().atMost(PATIENCE).until(() -> !sandbox.tasksOf(callSid).isEmpty());
        assertThat(api.read("/handoffs/" + callSid).at("/transcript/appended").asInt())
                .isLessThan(12);

        sandbox.faults().clear();
        await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 12);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
        assertThat(api.read("/handoffs/" + callSid).at("/transcript/late").asInt())
                .isPositive();
        for (int turn = 1; turn <= 12; turn++) {
            String said = "Turn " + turn + ".";
            assertThat(twilio.messagesOf(callSid))
                    .filteredOn(message -> message.getBody().endsWith(said))
                    .hasSize(1);
        }
        assertThat(api.read("/dead-letters")).isEmpty();
    }

    @Test
    void aNodeThatIsBehindTakesEscalationsAndTellsSendersOfSegmentsToComeAgain() {
        sandbox.faults()
                .add(Fault.slow(Duration.ofSeconds(2)).product("conversations").method("POST"));
        List<String> calls = IntStream.range(0, 16)
                .mapToObj(call -> sandbox.placeCall("+15550100", "+15550199"))
                .toList();
        // on a slow machine the last ones may be told to come again already
        List<String> accepted = calls.stream()
                .filter(callSid ->
                        api.post("/calls/" + callSid + "/transcript", turns(1)).statusCode() == 202)
                .toList();

        String late = sandbox.placeCall("+15550100", "+15550199");
        HttpResponse<String> refused = await().atMost(PATIENCE)
                .until(
                        () -> api.post("/calls/" + late + "/transcript", turns(1)),
                        answer -> answer.statusCode() == 503);
        assertThat(refused.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.valueOf(seconds)).isBetween(1, 5));
        assertThat(ApiClient.tree(refused.body()).get("title").textValue()).isEqualTo("Overloaded");
        escalate(late);

        sandbox.faults().clear();
        await().atMost(PATIENCE).until(() -> !sandbox.tasksOf(late).isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        api.post("/calls/" + late + "/transcript", turns(1)).statusCode() == 202);
        accepted.forEach(callSid -> await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 1));
    }

    @Test
    void aCallerDoesNotWaitForALedgerThatDoesNotAnswerAndItLearnsOfTheTransferAfterwards() {
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        say(callSid, 2);
        await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 2);
        CountDownLatch back = new CountDownLatch(1);
        runtime.ledger().writer().submit(connection -> {
            try {
                return back.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(3, "ai", "Turn 3."))));
        escalate(callSid);
        escalate(callSid); // its platform has not seen the answer

        await().atMost(PATIENCE).until(() -> !sandbox.tasksOf(callSid).isEmpty());
        assertThat(back.getCount()).as("the ledger is still away").isEqualTo(1);
        back.countDown();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.read("/handoffs/" + callSid).findValuesAsText("step"))
                        .contains("transferred", "noted"));
        await().atMost(PATIENCE)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == 3);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
        assertThat(api.read("/dead-letters")).isEmpty();
    }

    private void say(String callSid, int count) {
        assertThat(api.post("/calls/" + callSid + "/transcript", turns(count)).statusCode())
                .isEqualTo(202);
    }

    private static Map<String, Object> turns(int count) {
        return Map.of(
                "segments",
                IntStream.rangeClosed(1, count)
                        .mapToObj(turn -> segment(turn, turn % 2 == 0 ? "caller" : "ai", "Turn " + turn + "."))
                        .toList());
    }

    private void escalate(String callSid) {
        assertThat(api.post(
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
