package io.flexhandoff.ledger;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.TestCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the ledger owes an operator, on any database. */
abstract class LedgerChecks {

    private static final String MARKER = "the parrot is called Admiral Fitzroy";

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private ProducerTemplate routes;

    private JdbcTemplate database;

    @BeforeEach
    void openDatabase() {
        database = new JdbcTemplate(runtime.ledger().dataSource());
    }

    @Test
    void showsAHandoffStepByStep() {
        Instant before = Instant.now();
        call.escalate();
        call.arrived();

        JsonNode handoff = call.handoff();
        assertThat(handoff.get("org").textValue()).isEqualTo("demo");
        assertThat(handoff.get("state").textValue()).isEqualTo("transferred");
        assertThat(handoff.get("escalationId").textValue()).isEqualTo("e1");
        assertThat(handoff.get("conversationSid").textValue())
                .isEqualTo(call.thread().getSid());
        assertThat(handoff.get("reason").textValue()).isEqualTo("Billing dispute");
        assertThat(handoff.get("sentiment").textValue()).isEqualTo("negative");
        assertThat(handoff.get("language").textValue()).isEqualTo("en-US");
        assertThat(handoff.get("steps"))
                .extracting(step -> step.get("step").textValue())
                .containsExactlyInAnyOrder("thread-opened", "escalated", "transferred", "noted");
        assertThat(handoff.get("steps")).allSatisfy(step -> {
            assertThat(step.get("attempts").intValue()).isEqualTo(1);
            assertThat(Instant.parse(step.get("at").textValue()))
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        });
        assertTranscript(handoff, "{'received':4,'appended':4,'late':0,'parked':0,'dead':0,'complete':false}");
    }

    @Test
    void findsAHandoffByAnySidAndAnyCombination() {
        String escalation = "e-" + call.sid();
        call.post("/escalation", Map.of("id", escalation, "occurredAt", "2026-11-20T09:00:05Z"));
        call.awaitState("transferred");
        await().until(() -> call.handoff().has("taskSid"));
        String task = call.tasks().get(0);
        String reservation = "WR" + call.sid().substring(2);
        database.update("update handoff set reservation_sid = ? where call_sid = ?", reservation, call.sid());
        String thread = call.handoff().get("conversationSid").textValue();
        List<String> filters = List.of(
                "taskSid=" + task,
                "conversationSid=" + thread,
                "reservationSid=" + reservation,
                "escalationId=" + escalation,
                "state=transferred");

        for (int chosen = 1; chosen < 1 << filters.size(); chosen++) {
            List<String> combined = new ArrayList<>();
            for (int i = 0; i < filters.size(); i++) {
                if ((chosen & 1 << i) != 0) {
                    combined.add(filters.get(i));
                }
            }
            String query = String.join("&", combined);
            assertThat(found(query)).as(query).contains(call.sid());
            assertThat(found(query + "&limit=1")).as(query).containsExactly(call.sid());
            assertThat(found(query + "&escalationId=another&limit=5")).as(query).isEmpty();
        }
        for (String other : List.of(
                "taskSid=WT0", "conversationSid=CH0", "reservationSid=WR0", "escalationId=e0", "state=failed")) {
            assertThat(found("escalationId=" + escalation + "&" + other))
                    .as(other)
                    .isEmpty();
        }
    }

    /** The second text as from a door of another node, which knows nothing of the first. */
    @Test
    void keepsBothTextsOfAnIdThatComesAgain() {
        call.say(segment(1, "caller", "My bill"));
        call.appended(1);

        TranscriptBatch batch =
                new TranscriptBatch(List.of(new Segment("s1", 1, "caller", "Is wrong", Instant.now(), null, null)));
        routes.sendBody("direct:enqueue-event", new CallEvents(Clock.systemUTC()).segments("demo", call.sid(), batch));

        call.appended(2);
        assertThat(call.transcript("reusedIds")).isEqualTo(1);
    }

    @Test
    void datesAnAcceptByOurClock() {
        call.escalate();
        call.accept();

        call.awaitState("accepted");
        assertThat(database.queryForObject(
                        "select count(*) from handoff where call_sid = ? and accepted_at >= escalated_at",
                        Integer.class,
                        call.sid()))
                .isEqualTo(1);
    }

    @Test
    void listsTheNewestFirst() {
        String newer = call.sandbox().placeCall("+15550100", "+15550199");
        for (String each : List.of(call.sid(), newer)) {
            call.api().post("/calls/" + each + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));
            await().until(() -> call.api().get("/handoffs/" + each).body().contains("\"appended\":1"));
        }

        assertThat(found("limit=2")).containsExactly(newer, call.sid());
        assertThat(found("state=active")).startsWith(newer, call.sid());
    }

    @Test
    void tellsHowLateTheTailOfATranscriptIs() {
        call.escalate();
        call.arrived();

        for (int sequence = 5; sequence <= 7; sequence++) {
            call.say(segment(sequence, "ai", "Connecting you."));
        }
        call.appended(7);
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:10Z", "outcome", "escalated"));
        call.awaitStep("ended");

        JsonNode handoff = call.handoff();
        JsonNode delay = handoff.at("/transcript/tailDelayMillis");
        assertThat(delay.get("p50").longValue()).isBetween(0L, delay.get("p95").longValue());
        assertThat(delay.get("p95").longValue()).isBetween(0L, delay.get("max").longValue());
        assertThat(delay.get("max").longValue())
                .isLessThan(Duration.ofMinutes(5).toMillis());
        assertThat(handoff.get("state").textValue()).isEqualTo("transferred");
        assertTranscript(handoff, "{'received':7,'appended':7,'late':3,'parked':0,'dead':0,'complete':true}");
    }

    @Test
    void countsWhatCannotBeAppended() {
        call.say(segment(1, "ai", "Hello."));
        call.appended(1);
        deleteThread();

        call.say(segment(2, "caller", "Hello?"));

        await().until(() -> call.transcript("dead") == 1);
        assertTranscript(call.handoff(), "{'received':2,'appended':1,'late':0,'parked':0,'dead':1,'complete':false}");
    }

    @Test
    void takesWhateverTheContractTakes() {
        String longest = "\uD83E\uDD9C".repeat(128);
        Map<String, Object> turn = new HashMap<>(segment(1, "caller", "Hello."));
        turn.put("id", longest);
        call.say(turn);
        call.post(
                "/escalation",
                Map.of(
                        "id",
                        longest,
                        "occurredAt",
                        "2026-11-20T09:00:05Z",
                        "reason",
                        "\uD83E\uDD9C".repeat(1000),
                        "language",
                        "x-" + "long".repeat(50)));

        call.awaitStep("transferred");
        call.awaitStep("noted");
        JsonNode handoff = call.handoff();
        assertThat(handoff.get("escalationId").textValue()).isEqualTo(longest);
        assertThat(handoff.at("/transcript/appended").intValue()).isEqualTo(1);
    }

    @Test
    void keepsNoWordOfTheTranscript() {
        call.say(segment(1, "ai", "So " + MARKER), segment(2, "caller", "Yes, " + MARKER));
        call.post(
                "/escalation",
                Map.of(
                        "id",
                        "e1",
                        "occurredAt",
                        "2026-11-20T09:00:05Z",
                        "summary",
                        "It seems that " + MARKER,
                        "recentTurns",
                        List.of(segment(3, "caller", "Again: " + MARKER)),
                        "customData",
                        Map.of("parrot", MARKER)));
        call.awaitStep("noted");
        call.awaitStep("transferred");
        deleteThread();
        call.say(segment(4, "caller", MARKER));
        await().until(() -> call.transcript("dead") == 1);
        call.post("/end", Map.of("occurredAt", "2026-11-20T09:00:10Z"));
        call.awaitStep("ended");

        assertThat(call.tasks()).hasSize(1);
        assertThat(call.task().get("handoffReason").textValue())
                .as("the rep sees it")
                .contains(MARKER);
        assertThat(call.handoff().get("reason").textValue()).isEqualTo("derived");
        assertThat(columnsThatContain(call.sid()))
                .contains("handoff.call_sid", "handoff_step.call_sid", "segment.call_sid");
        assertThat(columnsThatContain(MARKER)).isEmpty();
    }

    /** Every column of every table of ours, by name. */
    private List<String> columnsThatContain(String text) {
        return database
                .queryForList(
                        "select table_name, column_name from information_schema.columns where table_schema = 'public'")
                .stream()
                .filter(column -> database.queryForObject(
                                "select count(*) from \"" + column.get("table_name") + "\" where cast(\""
                                        + column.get("column_name") + "\" as varchar) like ?",
                                Long.class,
                                "%" + text + "%")
                        > 0)
                .map(column -> column.get("table_name") + "." + column.get("column_name"))
                .toList();
    }

    private void deleteThread() {
        Conversation.deleter(call.org().conversationsServiceSid(), call.thread().getSid())
                .delete(call.client());
    }

    private List<String> found(String query) {
        List<String> calls = new ArrayList<>();
        call.api()
                .read("/handoffs?" + query)
                .forEach(handoff -> calls.add(handoff.get("callSid").textValue()));
        return calls;
    }

    private static void assertTranscript(JsonNode handoff, String expected) {
        JsonNode transcript = handoff.get("transcript").deepCopy();
        ((ObjectNode) transcript).remove("tailDelayMillis");
        assertThat(transcript).isEqualTo(ApiClient.tree(expected.replace('\'', '"')));
    }
}
