package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What was parked while Conversations was down comes as soon as it is back, not when its time has come. */
@HandoffTest
@TestPropertySource(properties = "handoff.late.delays=2m")
class RecoveryTest {

    private static final int TURNS = 6;

    /** Longer than the transcript takes to follow, shorter than it is parked. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private HandoffRuntime runtime;

    @AfterEach
    void heal() {
        runtime.sandbox().orElseThrow().faults().clear();
    }

    @Test
    void theFirstSuccessCallsTheRestInOrder() {
        Sandbox sandbox = runtime.sandbox().orElseThrow();
        TwilioView twilio =
                new TwilioView(runtime.twilio().org("demo"), runtime.twilio().forOrg("demo"));
        ApiClient api = new ApiClient(runtime.port(), "demo", "demo-key");
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        sandbox.faults().add(Fault.answer(503).product("conversations"));
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of(
                        "segments",
                        IntStream.rangeClosed(1, TURNS)
                                .mapToObj(turn -> segment(turn, "caller", "Turn " + turn))
                                .toList()));
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Billing dispute"));
        await().atMost(SOON).until(() -> !sandbox.tasksOf(callSid).isEmpty());
        await().atMost(SOON).until(() -> nextTry(callSid).isAfter(Instant.now().plus(SOON)));

        sandbox.faults().clear();
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(7, "ai", "Goodbye"))));

        await().atMost(SOON)
                .until(() -> api.read("/handoffs/" + callSid)
                                .at("/transcript/appended")
                                .asInt()
                        == TURNS + 1);
        await().atMost(SOON).until(() -> twilio.messagesOf(callSid).size() == TURNS + 3);
        List<String> said = twilio.messagesOf(callSid).stream()
                .filter(message -> message.getAttributes().contains("segmentId"))
                .map(Message::getBody)
                .toList();
        assertThat(said.subList(0, TURNS))
                .isEqualTo(IntStream.rangeClosed(1, TURNS)
                        .mapToObj(turn -> "Turn " + turn)
                        .toList());
        assertThat(said.subList(TURNS, said.size())).containsExactly("[late, spoken 09:00:07 UTC] Goodbye");
        assertThat(twilio.messagesOf(callSid).get(0).getBody()).contains("Billing dispute");
        assertThat(api.read("/handoffs/" + callSid).at("/transcript/late").intValue())
                .isEqualTo(1);
    }

    /** When the first of the call's segments is due by itself. */
    private Instant nextTry(String callSid) throws SQLException {
        try (Connection connection = runtime.ledger().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select min(next_try), count(next_try) from segment where call_sid = ?")) {
            select.setString(1, callSid);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(2) < TURNS ? Instant.MIN : Ledger.instant(row.getObject(1));
            }
        }
    }
}
