package io.flexhandoff.flex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.thread.HandoffNote;
import io.flexhandoff.thread.ThreadMessages;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TransfersTest {

    private static final String CALL = "CA" + "1".repeat(32);
    private static final String THREAD = "CH" + "2".repeat(32);
    private static final String WORKFLOW = "WW" + "3".repeat(32);

    private static final RecordingLink RECORDING = new RecordingLink(
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1",
            ZonedDateTime.parse("2025-11-20T09:00:00Z"),
            true);

    private final Transfers transfers = new Transfers(
            new Orgs(Map.of("acme", org(null), "quiet", org("handoffThreadSid"))),
            new ObjectMapper(),
            new ThreadMessages(new HandoffNote()),
            Duration.ofSeconds(3),
            Clock.systemUTC());

    private static Org org(String threadAttribute) {
        return new Org(
                null,
                "AC" + "4".repeat(32),
                "token",
                "WS" + "5".repeat(32),
                WORKFLOW,
                "IS" + "6".repeat(32),
                null,
                null,
                List.of(threadAttribute + "-key"),
                null,
                null,
                threadAttribute);
    }

    @Test
    void writesTheSixAttributesAndTheLinks() throws Exception {
        JsonNode task = task(escalation(Map.of("accountTier", "gold")), context("They were charged twice."), THREAD);

        assertThat(task.get("handedOff").isBoolean()).isTrue();
        assertThat(task.get("handedOff").asBoolean()).isTrue();
        assertThat(task.get("handoffReason").asText()).isEqualTo("Billing dispute");
        assertThat(task.get("handoffSummary").asText()).isEqualTo("They were charged twice.");
        assertThat(task.get("handoffSentiment").asText()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").asText()).isEqualTo("en-US");
        assertThat(task.get("handoffTimestamp").asText()).isEqualTo("2026-11-20T09:00:00Z");
        assertThat(task.get("conversationSid").asText()).isEqualTo(THREAD);
        assertThat(task.at("/conversations/media/0/type").asText()).isEqualTo("ChatTranscript");
        assertThat(task.at("/conversations/media/0/sid").asText()).isEqualTo(THREAD);
        assertThat(task.get("name").asText()).isEqualTo("+15550100");
        assertThat(task.get("accountTier").asText()).isEqualTo("gold");
        assertThat(task).hasSize(6 + 2 + 2);
    }

    @Test
    void saysSoWhenThereIsNoThreadYet() throws Exception {
        JsonNode task = task(escalation(Map.of()), context("Summary"), null);

        assertThat(task.get("transcriptStatus").asText()).isEqualTo("delayed");
        assertThat(task.get("conversationUniqueName").asText()).isEqualTo("call-" + CALL);
        assertThat(task.has("conversationSid")).isFalse();
        assertThat(task.has("conversations")).isFalse();
    }

    @Test
    void neverLetsCustomDataOverwriteWhatTwilioOrTheHandoffOwns() throws Exception {
        JsonNode task = task(
                escalation(Map.of("call_sid", "forged", "handedOff", "no", "conference", Map.of("sid", "x"), "ok", 1)),
                context("Summary"),
                THREAD);

        assertThat(task.has("call_sid")).isFalse();
        assertThat(task.has("conference")).isFalse();
        assertThat(task.get("handedOff").asBoolean()).isTrue();
        assertThat(task.get("ok").asInt()).isEqualTo(1);
    }

    @Test
    void cutsAVeryLongSummaryAndKeepsTheRest() throws Exception {
        JsonNode task = task(escalation(Map.of("k", "v")), context("<&> \"quoted\" ünï ".repeat(1000)), THREAD);

        assertThat(task.get("handoffSummary").asText()).endsWith("…").hasSizeGreaterThan(200);
        assertThat(task.get("k").asText()).isEqualTo("v");
    }

    @Test
    void leavesOutTheLargestCustomDataFirst() throws Exception {
        Map<String, Object> custom = new HashMap<>(Map.of("small", "kept", "large", "x".repeat(3500)));

        JsonNode task = task(escalation(custom), context("A summary of a few words. ".repeat(40)), THREAD);

        assertThat(task.has("large")).isFalse();
        assertThat(task.get("small").asText()).isEqualTo("kept");
        assertThat(task.get("handoffSummary").asText()).startsWith("A summary of a few words.");
    }

    @Test
    void carriesOverWhatTheFormerTaskHadButNotWhatTwilioStatesAnew() throws Exception {
        TaskView former = former(Map.of(
                "ivrSelection", "2",
                "call_sid", "CA1",
                "conference", Map.of("sid", "CF1"),
                "accountTier", "silver",
                "name", "Ada",
                "conversations",
                        Map.of(
                                "conversation_id",
                                "C1",
                                "media",
                                List.of(Map.of("type", "VoiceRecording", "sid", "RE1")))));

        JsonNode task = task(escalation(Map.of("accountTier", "gold")), context("Summary"), THREAD, null, former);

        assertThat(task.get("ivrSelection").asText()).isEqualTo("2");
        assertThat(task.get("name").asText()).isEqualTo("Ada");
        assertThat(task.get("accountTier").asText()).isEqualTo("gold");
        assertThat(task.has("call_sid")).isFalse();
        assertThat(task.has("conference")).isFalse();
        assertThat(task.at("/conversations/conversation_id").asText()).isEqualTo("C1");
        assertThat(task.at("/conversations/media"))
                .extracting(link -> link.get("sid").asText())
                .containsExactly("RE1", THREAD);
    }

    @Test
    void linksTheRecordingBesideTheThread() throws Exception {
        JsonNode media = task(escalation(Map.of()), context("Summary"), THREAD, RECORDING, null)
                .at("/conversations/media");

        assertThat(media).hasSize(2);
        assertThat(media.get(0).get("type").asText()).isEqualTo("ChatTranscript");
        assertThat(media.get(1)).isEqualTo(new ObjectMapper().readTree("""
                {"type":"VoiceRecording","url":"https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1",
                 "start_time":1763629200000,"channels":["customer","others"]}"""));
    }

    @Test
    void linksARecordingOnceAndKeepsTheLinksOfTheFormerTask() throws Exception {
        List<Map<String, String>> links =
                List.of(Map.of("type", "Referenced", "url", "https://crm"), Map.of("url", RECORDING.url()));

        JsonNode task = task(
                escalation(Map.of()),
                context("Summary"),
                THREAD,
                RECORDING,
                former(Map.of("conversations", Map.of("media", links))));

        assertThat(task.at("/conversations/media"))
                .extracting(link -> link.path("url").asText())
                .containsExactly("https://crm", RECORDING.url(), "");
    }

    @Test
    void leavesFlexItsOwnLinkToTheRecordingWhenThereIsNoThread() throws Exception {
        JsonNode task = task(escalation(Map.of()), context("Summary"), null, RECORDING, null);

        assertThat(task.has("conversations")).isFalse();
    }

    @Test
    void carriesOverNoMoreThanFits() throws Exception {
        Map<String, Object> attributes = new TreeMap<>(Map.of("small", "kept", "large", "x".repeat(3000)));

        JsonNode task = task(
                escalation(Map.of("custom", "c".repeat(200))),
                context("A summary. ".repeat(80)),
                THREAD,
                null,
                former(attributes));

        assertThat(task.get("small").asText()).isEqualTo("kept");
        assertThat(task.has("large")).isFalse();
        assertThat(task.get("handoffSummary").asText()).startsWith("A summary.");
    }

    @Test
    void changesOfAPresentTaskAreTheSixTheCustomDataAndALinkWhereThereIsNone() throws Exception {
        Escalation escalation = escalation(Map.of("accountTier", "gold", "call_sid", "forged"));
        HandoffContext context = context("Summary");

        assertThat(changes(escalation, context, Map.of("call_sid", CALL)))
                .containsOnlyKeys(
                        "handedOff",
                        "handoffReason",
                        "handoffSummary",
                        "handoffSentiment",
                        "handoffLanguage",
                        "handoffTimestamp",
                        "accountTier",
                        "conversationSid");
        assertThat(changes(escalation, context, Map.of("conversationSid", "CH1")))
                .doesNotContainKey("conversationSid");
    }

    @Test
    void anAttributeOfOnesOwnHoldsTheThreadSoThatFlexLeavesTheTaskInPeace() throws Exception {
        Escalation escalation = escalation(Map.of("handoffThreadSid", "forged", "tier", "gold"));
        HandoffContext context = context("Summary");

        String twiml = transfers.twiml("quiet", CALL, escalation, context, THREAD, RECORDING);
        assertThat(twiml)
                .contains("\"handoffThreadSid\":\"" + THREAD + "\"", "\"type\":\"ChatTranscript\"", "gold")
                .doesNotContain("conversationSid", "forged");
        assertThat(Attributes.read(transfers.changes(
                        "quiet", CALL, escalation, context, THREAD, former(Map.of("conversationSid", "CH1")))))
                .containsEntry("handoffThreadSid", THREAD)
                .doesNotContainKey("conversationSid");
    }

    @Test
    void theAIsMeasuresAreMergedIntoThoseOfItsTask() {
        Map<String, Object> present = Map.of(
                "conversations",
                Map.of("outcome", "open", "initiated_by", "Customer", "media", List.of(Map.of("type", "Raw"))));
        Map<String, Object> custom = Map.of(
                "conversations",
                Map.of("outcome", "refund", "media", List.of(Map.of("type", "Raw"), Map.of("type", "Embedded"))));

        Map<String, Object> changes = changes(escalation(custom), context("Summary"), present);

        assertThat(Attributes.merge(present, changes))
                .containsEntry(
                        "conversations",
                        Map.of(
                                "outcome",
                                "refund",
                                "initiated_by",
                                "Customer",
                                "media",
                                List.of(Map.of("type", "Raw"), Map.of("type", "Embedded"))));
    }

    @Test
    void measuresThatLeaveNoRoomGoBeforeOurOwnLinks() throws Exception {
        Map<String, Object> custom = Map.of(
                "conversations",
                Map.of(
                        "conversation_attribute_1", "x".repeat(2900),
                        "conversation_attribute_2", "kept",
                        "media", List.of(Map.of("type", "Raw", "url", "y".repeat(2800)), Map.of("type", "Embedded"))));

        JsonNode task = task(escalation(custom), context("Summary"), THREAD, RECORDING, null);

        assertThat(task.at("/conversations/conversation_attribute_2").asText()).isEqualTo("kept");
        assertThat(task.at("/conversations/media").findValuesAsText("type"))
                .containsExactly("Embedded", "ChatTranscript", "VoiceRecording");
        assertThat(task.get("conversations").has("conversation_attribute_1")).isFalse();
    }

    @Test
    void withoutAThreadTheMeasuresAreThereAllTheSame() throws Exception {
        JsonNode task = task(
                escalation(Map.of("conversations", Map.of("outcome", "refund"), "transcriptStatus", "forged")),
                context("Summary"),
                null);

        assertThat(task.at("/conversations/outcome").asText()).isEqualTo("refund");
        assertThat(task.get("conversations").has("media")).isFalse();
        assertThat(task.get("transcriptStatus").asText()).isEqualTo("delayed");
    }

    @Test
    void changesLeaveRoomForWhatComesLater() throws Exception {
        Map<String, Object> present = Map.of("theirs", "x".repeat(3300));

        Map<String, Object> changes =
                changes(escalation(Map.of("c", "c".repeat(500))), context("A summary. ".repeat(90)), present);

        assertThat(Attributes.write(Attributes.merge(present, changes)))
                .hasSizeLessThanOrEqualTo(Transfers.MERGED_LIMIT);
        assertThat(changes).doesNotContainKey("c").containsKey("handoffSummary");
    }

    private Map<String, Object> changes(Escalation escalation, HandoffContext context, Map<String, Object> present) {
        return Attributes.read(transfers.changes("acme", CALL, escalation, context, THREAD, former(present)));
    }

    private static TaskView former(Map<String, Object> attributes) {
        return new TaskView("WT1", "assigned", null, attributes, null, null, null);
    }

    @Test
    void fitsWhateverComes() throws Exception {
        Map<String, Object> custom = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            custom.put("field-" + i, "<" + "&\"'\n".repeat(i % 7) + ">");
        }

        JsonNode task = task(escalation(custom), context("🙂<".repeat(10_000)), THREAD, RECORDING, null);

        assertThat(task.get("handoffSummary").asText()).isNotEmpty();
    }

    @Test
    void usesTheEscalationsWorkflowAndPriority() {
        String other = "WW" + "9".repeat(32);
        Escalation escalation = new Escalation(
                "e1", Instant.EPOCH, null, null, null, null, null, null, null, null, other, 7, null, null);

        assertThat(transfers.twiml("acme", CALL, escalation, context("Summary"), THREAD, null))
                .contains("workflowSid=\"" + other + "\"", "priority=\"7\"");
    }

    private static Escalation escalation(Map<String, Object> custom) {
        return new Escalation(
                "e1",
                Instant.parse("2026-11-20T09:00:00Z"),
                null,
                null,
                null,
                null,
                "+15550100",
                null,
                null,
                custom,
                null,
                null,
                null,
                null);
    }

    private static HandoffContext context(String summary) {
        return new HandoffContext("Billing dispute", summary, "negative", "en-US", Set.of(), Set.of(), "en");
    }

    /** The task's attributes as Twilio reads them from TwiML that is within its limits. */
    private JsonNode task(Escalation escalation, HandoffContext context, String thread) throws Exception {
        return task(escalation, context, thread, null, null);
    }

    private JsonNode task(
            Escalation escalation, HandoffContext context, String thread, RecordingLink recording, TaskView former)
            throws Exception {
        String twiml = transfers.twiml("acme", CALL, escalation, context, thread, recording, former);
        assertThat(twiml).hasSizeLessThanOrEqualTo(4000).contains("workflowSid=\"" + WORKFLOW + "\"");
        String json = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(twiml)))
                .getElementsByTagName("Task")
                .item(0)
                .getTextContent();
        assertThat(json).hasSizeLessThanOrEqualTo(3000);
        return new ObjectMapper().readTree(json);
    }
}
