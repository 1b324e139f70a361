package io.flexhandoff.ledger;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the ledger owes an operator, on any database. */
abstract class LedgerChecks {

    private static final String MARKER = "the parrot is called Admiral Fitzroy";

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private ProducerTemplate routes;

    private Sandbox sandbox;
    private TwilioClients clients;
    private TwilioView twilio;
    private ApiClient api;
    private JdbcTemplate database;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        clients = runtime.twilio();
        twilio = new TwilioView(clients.org("demo"), clients.forOrg("demo"));
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        database = new JdbcTemplate(runtime.ledger().dataSource());
        callSid = sandbox.placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
    }

    @Test
    void showsAHandoffStepByStep() {
        Instant before = Instant.now();
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);

        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("org").textValue()).isEqualTo("demo");
        assertThat(handoff.get("state").textValue()).isEqualTo("transferred");
        assertThat(handoff.get("escalationId").textValue()).isEqualTo("e1");
        assertThat(handoff.get("conversationSid").textValue())
                .isEqualTo(twilio.threadOf(callSid).orElseThrow().getSid());
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
        String escalation = "e-" + callSid;
        api.post("/calls/" + callSid + "/escalation", Map.of("id", escalation, "occurredAt", "2026-11-20T09:00:05Z"));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"transferred\""));
        await().until(() -> api.read("/handoffs/" + callSid).has("taskSid"));
        String task = sandbox.tasksOf(callSid).get(0);
        String reservation = "WR" + callSid.substring(2);
        database.update("update handoff set reservation_sid = ? where call_sid = ?", reservation, callSid);
        String thread = api.read("/handoffs/" + callSid).get("conversationSid").textValue();
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
            assertThat(found(query)).as(query).contains(callSid);
            assertThat(found(query + "&limit=1")).as(query).containsExactly(callSid);
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
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "caller", "My bill"))));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":1"));

        routes.send("direct:enqueue-segments", exchange -> {
            exchange.setVariable("org", "demo");
            exchange.setVariable("callSid", callSid);
            exchange.getMessage()
                    .setBody(new TranscriptBatch(
                            List.of(new Segment("s1", 1, "caller", "Is wrong", Instant.now(), null, null))));
        });

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":2"));
        assertThat(api.read("/handoffs/" + callSid).at("/transcript/reusedIds").intValue())
                .isEqualTo(1);
    }

    @Test
    void datesAnAcceptByOurClock() {
        HandoffChecks.escalate(api, callSid);
        await().ignoreExceptions()
                .untilAsserted(() -> sandbox.accept(sandbox.tasksOf(callSid).get(0)));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"state\":\"accepted\""));
        assertThat(database.queryForObject(
                        "select count(*) from handoff where call_sid = ? and accepted_at >= escalated_at",
                        Integer.class,
                        callSid))
                .isEqualTo(1);
    }

    @Test
    void listsTheNewestFirst() {
        String newer = sandbox.placeCall("+15550100", "+15550199");
        for (String call : List.of(callSid, newer)) {
            api.post("/calls/" + call + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));
            await().until(() -> api.get("/handoffs/" + call).body().contains("\"appended\":1"));
        }

        assertThat(found("limit=2")).containsExactly(newer, callSid);
        assertThat(found("state=active")).startsWith(newer, callSid);
    }

    @Test
    void tellsHowLateTheTailOfATranscriptIs() {
        HandoffChecks.escalate(api, callSid);
        HandoffChecks.arrived(twilio, callSid);

        for (int sequence = 5; sequence <= 7; sequence++) {
            api.post(
                    "/calls/" + callSid + "/transcript",
                    Map.of("segments", List.of(segment(sequence, "ai", "Connecting you."))));
        }
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":7"));
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:10Z", "outcome", "escalated"));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"ended\""));

        JsonNode handoff = api.read("/handoffs/" + callSid);
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
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"appended\":1"));
        deleteThread();

        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(2, "caller", "Hello?"))));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"dead\":1"));
        assertTranscript(
                api.read("/handoffs/" + callSid),
                "{'received':2,'appended':1,'late':0,'parked':0,'dead':1,'complete':false}");
    }

    @Test
    void takesWhateverTheContractTakes() {
        String longest = "\uD83E\uDD9C".repeat(128);
        Map<String, Object> turn = new HashMap<>(segment(1, "caller", "Hello."));
        turn.put("id", longest);
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(turn)));
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of(
                        "id",
                        longest,
                        "occurredAt",
                        "2026-11-20T09:00:05Z",
                        "reason",
                        "\uD83E\uDD9C".repeat(1000),
                        "language",
                        "x-" + "long".repeat(50)));

        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"transferred\""));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"noted\""));
        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("escalationId").textValue()).isEqualTo(longest);
        assertThat(handoff.at("/transcript/appended").intValue()).isEqualTo(1);
    }

    @Test
    void keepsNoWordOfTheTranscript() {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(segment(1, "ai", "So " + MARKER), segment(2, "caller", "Yes, " + MARKER))));
        api.post(
                "/calls/" + callSid + "/escalation",
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
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"noted\""));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"transferred\""));
        deleteThread();
        api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(4, "caller", MARKER))));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"dead\":1"));
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:10Z"));
        await().until(() -> api.get("/handoffs/" + callSid).body().contains("\"ended\""));

        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
        assertThat(TwilioView.attributes(twilio.tasksOf(callSid).get(0))
                        .get("handoffReason")
                        .textValue())
                .as("the rep sees it")
                .contains(MARKER);
        assertThat(api.read("/handoffs/" + callSid).get("reason").textValue()).isEqualTo("derived");
        assertThat(columnsThatContain(callSid))
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
        Conversation.deleter(
                        clients.org("demo").conversationsServiceSid(),
                        twilio.threadOf(callSid).orElseThrow().getSid())
                .delete(clients.forOrg("demo"));
    }

    private List<String> found(String query) {
        List<String> calls = new ArrayList<>();
        api.read("/handoffs?" + query)
                .forEach(handoff -> calls.add(handoff.get("callSid").textValue()));
        return calls;
    }

    private static void assertTranscript(JsonNode handoff, String expected) {
        JsonNode transcript = handoff.get("transcript").deepCopy();
        ((ObjectNode) transcript).remove("tailDelayMillis");
        assertThat(transcript).isEqualTo(ApiClient.tree(expected.replace('\'', '"')));
    }
}
