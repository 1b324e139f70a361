package io.flexhandoff.door;

import static io.flexhandoff.support.TestCall.newSid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.call.LiveCalls;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.flexhandoff.support.TwilioPost;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** ConversationRelay's action, Real-Time Transcription and call status, as Twilio sends them. */
@HandoffTest
class VoiceDoorsTest {

    private static final String NOTHING = "<Response/>";

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext camel;

    private String sessionId = newSid("VX");
    private final String transcriptionSid = newSid("GT");

    private TwilioPost connectAction(String sessionStatus, String callStatus) {
        return call.voice("connect-action")
                .with("CallStatus", callStatus)
                .with("From", "+15550100")
                .with("To", "+15550199")
                .with("Direction", "inbound")
                .with("ApplicationSid", "")
                .with("SessionId", sessionId)
                .with("SessionStatus", sessionStatus)
                .with("SessionDuration", "42");
    }

    private static String twiml(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml; charset=utf-8");
        return answer.body().replaceFirst("<\\?xml[^>]*>", "").strip();
    }

    /** Redirects of the call by anybody, the test included. */
    private long redirects() {
        return call.sandbox().requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().contains("/Calls/" + call.sid()))
                .count();
    }

    @Test
    void aSessionThatEndsWithHandoffDataGoesIntoTheWorkflow() {
        call.say(ApiClient.segment(1, "caller", "I was charged twice."));
        call.appended(1);

        String twiml = twiml(
                connectAction("ended", "in-progress").with("HandoffData", """
                        {"id":"e7","occurredAt":"2026-11-20T09:00:05Z","reason":"Billing dispute",
                         "summary":"Charged twice & wants a <refund>.","sentiment":"negative","language":"en-US",
                         "customData":{"accountTier":"gold"},"priority":5}""").send());
        assertThat(twiml)
                .contains("<Enqueue workflowSid=\"" + call.org().workflowSid() + "\">", "<Task priority=\"5\">");
        call.execute(twiml);

        JsonNode task = call.task();
        assertThat(task.get("handedOff").booleanValue()).isTrue();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Billing dispute");
        assertThat(task.get("handoffSummary").textValue()).isEqualTo("Charged twice & wants a <refund>.");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en-US");
        assertThat(task.get("handoffTimestamp").textValue()).isEqualTo("2026-11-20T09:00:05Z");
        assertThat(task.get("name").textValue()).isEqualTo("+15550100");
        assertThat(task.get("accountTier").textValue()).isEqualTo("gold");
        assertThat(task.get("conversationSid").textValue())
                .isEqualTo(call.thread().getSid());
        call.awaitState("transferred");
        await().until(() -> call.handoff().has("taskSid"));
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo("e7");
        await().untilAsserted(() -> assertThat(call.messages())
                .extracting(Message::getBody)
                .anyMatch(text -> text.contains("Charged twice & wants a <refund>."))
                .anyMatch(text -> text.contains("note is at the top")));
        assertThat(redirects()).isEqualTo(1);
    }

    private static final List<String> GERMAN = List.of(
            "Guten Tag, hier ist Nova. Wie kann ich Ihnen helfen?",
            "Guten Tag, meine Bestellung ist seit drei Wochen nicht angekommen.",
            "Das tut mir leid. Wie lautet Ihre Bestellnummer?",
            "Die Nummer ist vier sieben eins eins.",
            "Danke, das Paket ist unterwegs.",
            "Das sagen Sie jedes Mal, das ist eine Frechheit und ich bin wirklich sehr enttäuscht.",
            "Ich verstehe.",
            "Ich möchte mein Geld zurück und zwar sofort.",
            "Ich kann eine Rückerstattung leider nicht selbst veranlassen.",
            "Dann verbinden Sie mich bitte mit einem Menschen.");

    /** Ten turns, the AI first, as they stand in the thread. */
    private void speakGerman() {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (int at = 0; at < GERMAN.size(); at++) {
            turns.add(ApiClient.segment(at + 1, at % 2 == 0 ? "ai" : "caller", GERMAN.get(at)));
        }
        call.post("/transcript", Map.of("segments", turns));
        call.appended(GERMAN.size());
    }

    private void handOverWithoutContext() {
        call.execute(twiml(
                connectAction("ended", "in-progress").with("HandoffData", "{}").send()));
    }

    /** As it is on a node that does not follow the call. */
    private void turnsAreNotKnownHere() {
        camel.getRegistry().lookupByNameAndType("liveCalls", LiveCalls.class).moved("demo/" + call.sid());
    }

    private void assertGerman(JsonNode task) {
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("de");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffReason").textValue()).startsWith("“").endsWith("”");
        assertThat(task.get("handoffSummary").textValue()).contains("Bestellung", "Geld zurück");
        assertSix(task);
    }

    private static void assertSix(JsonNode task) {
        assertThat(task.fieldNames())
                .toIterable()
                .filteredOn(name -> name.startsWith("hand"))
                .containsExactlyInAnyOrder(
                        "handedOff",
                        "handoffReason",
                        "handoffSummary",
                        "handoffSentiment",
                        "handoffLanguage",
                        "handoffTimestamp");
    }

    private void assertNotKnownYet(JsonNode task) {
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("und");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("neutral");
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Reason not known yet");
        assertThat(task.get("handoffSummary").textValue()).isEqualTo("Not known yet: see the note in the thread.");
        assertSix(task);
    }

    private String germanNote() {
        await().until(() ->
                call.messages().stream().anyMatch(message -> message.getBody().startsWith("ÜBERGABENOTIZ")));
        return call.messages().get(0).getBody();
    }

    /** All reps take a break, or are back. */
    private void repsAre(String activity) {
        String sid = Activity.reader(call.org().workspaceSid())
                .setFriendlyName(activity)
                .read(call.client())
                .iterator()
                .next()
                .getSid();
        Worker.reader(call.org().workspaceSid()).read(call.client()).forEach(worker -> Worker.updater(
                        call.org().workspaceSid(), worker.getSid())
                .setActivitySid(sid)
                .update(call.client()));
    }

    @Test
    void aCallThatSaysNothingOfItselfHasWhatItsTurnsTell() {
        speakGerman();

        handOverWithoutContext();

        assertGerman(call.task());
        assertThat(germanNote()).contains("Stimmung (abgeleitet): negativ");
    }

    @Test
    void whatIsNotKnownYetIsSaidSoAndFollowsBeforeAnybodyIsOfferedTheCall() {
        repsAre("Break");
        try {
            speakGerman();
            turnsAreNotKnownHere();

            String twiml = twiml(connectAction("ended", "in-progress")
                    .with("HandoffData", "{}")
                    .send());
            assertThat(twiml).contains("\"handoffLanguage\":\"und\"");
            call.execute(twiml);

            await().untilAsserted(() -> assertGerman(call.task()));
            assertThat(call.task().get("call_sid").textValue()).isEqualTo(call.sid());
        } finally {
            repsAre("Available");
        }
    }

    @Test
    void whatARepIsOfferedIsNotChangedAnyMore() {
        speakGerman();
        turnsAreNotKnownHere();

        handOverWithoutContext();

        await().until(() -> call.handoff().has("taskSid"));
        assertThat(germanNote()).contains("Stimmung (abgeleitet): negativ");
        assertNotKnownYet(call.task());
    }

    /** As an action with {@code method="GET"} asks, or a proxy that turns POST into GET. */
    @ParameterizedTest
    @ValueSource(ints = {0, 700, 9_000})
    void aSessionThatEndsByGetGoesIntoTheWorkflowToo(int length) {
        String twiml = twiml(connectAction("ended", "in-progress")
                .with(
                        "HandoffData",
                        "{\"id\":\"e8\",\"reason\":\"Müller & Söhne + 1\",\"summary\":\"" + "ä".repeat(length) + "\"}")
                .byGet()
                .send());
        call.execute(twiml);

        JsonNode task = call.task();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Müller & Söhne + 1");
        call.awaitState("transferred");
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo("e8");
    }

    @Test
    void theSameRequestAgainHasTheSameAnswerAndOneEffect() {
        TwilioPost post = connectAction("ended", "in-progress")
                .with("HandoffData", "{\"occurredAt\":\"2026-11-20T09:00:05Z\",\"reason\":\"r\"}");
        String twiml = twiml(post.send());
        call.awaitState("transferred");

        assertThat(twiml(post.send()).replace(",\"conversationSid\"", "")).contains("<Enqueue", "2026-11-20T09:00:05Z");
        call.execute(twiml);
        await().until(() -> call.handoff().has("taskSid"));
        assertThat(call.steps()).containsOnlyOnce("transferred", "escalated");
    }

    @Test
    void anEscalationAfterwardsMovesNothing() {
        String twiml = twiml(
                connectAction("ended", "in-progress").with("HandoffData", "{}").send());
        call.escalate();
        call.execute(twiml);

        call.task();
        await().until(() -> call.handoff().has("taskSid"));
        call.appended(3);
        assertThat(redirects()).isEqualTo(1);
        assertThat(call.state()).isEqualTo("transferred");
    }

    @Test
    void anEscalationBeforeIsNotDoubled() {
        call.escalate();
        call.awaitState("transferred");

        String twiml = twiml(
                connectAction("ended", "in-progress").with("HandoffData", "{}").send());
        assertThat(twiml)
                .isEqualTo("<Response><Pause length=\"2\"/><Redirect method=\"POST\">http://localhost:" + runtime.port()
                        + "/voice/demo/demo/hold/1</Redirect></Response>");
        assertThat(call.tasks()).hasSize(1);
        assertThat(redirects()).isEqualTo(1);

        assertThat(twiml(connectAction("ended", "in-progress").send())).contains("hold/1");
    }

    @Test
    void aCallerWhoIsStillThereAfterHoldingGoesIntoTheWorkflow() {
        call.escalate();
        call.awaitState("transferred");

        assertThat(twiml(call.voice("hold/1").with("CallStatus", "in-progress").send()))
                .contains("hold/2");
        assertThat(twiml(call.voice("hold/2").with("CallStatus", "in-progress").send()))
                .contains("hold/3");
        assertThat(twiml(call.voice("hold/3").with("CallStatus", "in-progress").send()))
                .contains("<Enqueue");
        assertThat(twiml(call.voice("hold/x").with("CallStatus", "in-progress").send()))
                .contains("<Enqueue");
    }

    @Test
    void agentConnectsPayloadIsUnderstood() {
        call.execute(twiml(
                connectAction("ended", "in-progress").with("HandoffData", """
                        {"conversationId":"conv_1","storeId":"mem_store_1","profileId":"",
                         "attributes":{"reason":"Wants to cancel","accountTier":"gold","visits":3}}""").send()));

        JsonNode task = call.task();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Wants to cancel");
        assertThat(task.get("conversationId").textValue()).isEqualTo("conv_1");
        assertThat(task.get("storeId").textValue()).isEqualTo("mem_store_1");
        assertThat(task.has("profileId")).isFalse();
        assertThat(task.get("accountTier").textValue()).isEqualTo("gold");
        assertThat(task.get("visits").intValue()).isEqualTo(3);
    }

    @Test
    void theOlderPayloadOfTwiliosHelperIsUnderstood() {
        call.execute(twiml(connectAction("ended", "in-progress")
                .with(
                        "HandoffData",
                        "{\"reason\":\"Billing\",\"call_summary\":\"All of it.\",\"sentiment\":\"positive\"}")
                .send()));

        assertThat(call.task().get("handoffSummary").textValue()).isEqualTo("All of it.");
        assertThat(call.task().get("handoffSentiment").textValue()).isEqualTo("positive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON at all",
                "{\"reason\":\"cut of",
                "[1,2]",
                "null",
                "{\"reason\":{\"a\":1},\"sentiment\":\"so-so\",\"customData\":[],\"priority\":-1,\"recentTurns\":[{}]}",
                "{\"id\":\"\",\"occurredAt\":\"yesterday\",\"from\":17,\"workflowSid\":\"WW1\"}",
                "{\"reason\":\"a\\u0000b\",\"summary\":\"\\ud800\",\"attributes\":7}",
                "{\"occurredAt\":\"+999999999-01-01T00:00:00Z\",\"task\":{\"taskSid\":\"WT1\"}}"
            })
    void malformedHandoffDataDropsNobody(String data) {
        call.execute(twiml(
                connectAction("ended", "in-progress").with("HandoffData", data).send()));

        JsonNode task = call.task();
        assertThat(task.get("handedOff").booleanValue()).isTrue();
        assertThat(List.of("handoffReason", "handoffSummary", "handoffSentiment", "handoffLanguage"))
                .allSatisfy(name -> assertThat(task.path(name).asText()).isNotBlank());
        assertThat(Instant.parse(task.get("handoffTimestamp").textValue())).isNotNull();
        call.awaitState("transferred");
        assertThat(call.deadLetters()).isEmpty();
    }

    private JsonNode taskOf(String handoffData) {
        call.execute(twiml(connectAction("ended", "in-progress")
                .with("HandoffData", handoffData)
                .send()));
        return call.task();
    }

    private String note() {
        await().until(() ->
                call.messages().stream().anyMatch(message -> message.getBody().startsWith("HANDOFF NOTE")));
        return call.messages().get(0).getBody();
    }

    private String leftOut() {
        await().until(() -> !call.handoff().path("steps").isEmpty());
        return call.step("escalated").path("cause").asText(null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reasonCode\":\"live-agent\",\"reason\":\"Billing\"} | Billing | reasonCode: live-agent",
                "{\"intent\":\"refund\",\"amount\":19.90} | | intent: refund",
                "{\"conversationId\":\"conv_1\",\"reason\":\"Cancel\",\"attributes\":{\"plan\":\"L\"}} | Cancel | plan: L",
                "{\"conversationId\":\"conv_1\",\"attributes\":{\"reason\":\"Cancel\",\"id\":4711}} | Cancel | id: 4711",
                "{\"reason\":\"A\",\"customData\":{\"tier\":\"gold\"},\"queue\":{\"id\":7}} | A | tier: gold",
                "{\"reason\":\"A\",\"customData\":[\"vip\",\"late\"]} | A | customData: vip, late",
                "{\"reason\":\"A\",\"language\":null,\"customData\":{\"big\":1e400,\"tier\":\"gold\"}} | A | tier: gold",
                "[\"refund\",\"order 7\"] | | handoffData: refund, order 7",
                "{\"reason\":\"cut of | | handoffData: {\"reason\":\"cut of"
            })
    void whatHasNoFieldOfItsOwnIsCustomData(String data, String reason, String inNote) {
        JsonNode task = taskOf(data);

        if (reason != null) {
            assertThat(task.get("handoffReason").textValue()).isEqualTo(reason);
        }
        assertThat(task.has(inNote.substring(0, inNote.indexOf(':')))).isTrue();
        assertThat(note()).contains("\n" + inNote + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "+266696687, number withheld (anonymous)",
        "+7378742833, number withheld (restricted)",
        "+8656696, number unknown (unknown)",
        "Anonymous, number withheld (anonymous)"
    })
    void aCallerWhoWithholdsTheNumberIsShownAsOne(String from, String meaning) {
        call.execute(twiml(connectAction("ended", "in-progress")
                .with("From", from)
                .with(
                        "HandoffData",
                        "{\"reason\":\"I want to speak to a person about my bill, please\",\"language\":\"en\"}")
                .send()));

        assertThat(call.task().get("name").textValue()).isEqualTo(meaning);
        assertThat(note()).contains("\nCaller: " + meaning + "\n");
        assertThat(leftOut()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'',", "0171 123,", "' 14155550142', +14155550142"})
    void aNumberInHandoffDataIsMendedOrLeftOutForTwiliosOwn(String from, String mended) {
        JsonNode task = taskOf("{\"reason\":\"A\",\"from\":\"" + from + "\"}");

        assertThat(task.get("name").textValue()).isEqualTo(mended == null ? "+15550100" : mended);
        if (mended == null) {
            assertThat(leftOut()).startsWith("from: must be a number");
        } else {
            assertThat(leftOut()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void aFormThatIsCompressedIsNotTakenForAForgery(String encoding) {
        HttpResponse<String> answer = connectAction("ended", "in-progress")
                .header("Content-Encoding", encoding)
                .send();

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Encoding");
    }

    @Test
    void nullInATurnOfHandoffDataIsNotGivenAndUnknownFieldsAreSaid() {
        taskOf(
                "{\"reason\":\"A\",\"priority\":null,\"recentTurns\":[{\"id\":\"t1\",\"sequence\":1,\"speaker\":\"user\","
                        + "\"text\":\"My bill\",\"spokenAt\":\"2026-11-20T09:00:00Z\",\"language\":null,\"final\":null,\"role\":\"x\"}]}");

        assertThat(leftOut()).isEqualTo("recentTurns[0].role: is no field of the contract, and says nothing here");
        await().until(() ->
                call.messages().stream().anyMatch(message -> message.getBody().equals("My bill")));
    }

    @Test
    void measuresOfFlexInsightsInHandoffDataAreMergedAndWhatCannotGoOnTheTaskIsSaid() {
        JsonNode task =
                taskOf("{\"reason\":\"A\",\"call_sid\":\"CA1\",\"conversations\":{\"conversation_label_1\":\"vip\"}}");

        assertThat(task.at("/conversations/conversation_label_1").textValue()).isEqualTo("vip");
        assertThat(leftOut()).isEqualTo("customData.call_sid: is in the note only, on a task it is Twilio's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer wants a refund for order 42",
                "42 orders never came",
                "true love subscription, to be cancelled",
                "\"Quoted\" and then some",
                "Möchte mit einem Menschen sprechen"
            })
    void plainTextIsTheReason(String text) {
        assertThat(taskOf(text).get("handoffReason").textValue()).isEqualTo(text);
    }

    @Test
    void textInJsonIsTheReasonToo() {
        assertThat(taskOf("\"Billing dispute\"").get("handoffReason").textValue())
                .isEqualTo("Billing dispute");
    }

    @Test
    void whatIsTooLongIsCutAndSaidSo() {
        taskOf("{\"reason\":\"" + "Refund please. ".repeat(74) + "\",\"summary\":\"" + "All of it. ".repeat(1900)
                + "\",\"id\":\"" + "x".repeat(129) + "\"}");

        assertThat(note()).contains("Reason: Refund please. Refund please.", "Summary: All of it.");
        assertThat(leftOut()).contains("reason: cut to 1000 characters", "summary: cut to 20000 characters", "id: ");
    }

    @Test
    void anArrayLosesItsBadItemsAlone() {
        taskOf("""
                {"reason":"Billing","recentTurns":[
                 {"id":"t1","sequence":1,"speaker":"assistant","text":"How can I help?","spokenAt":"2026-11-20T09:00:01Z"},
                 {"id":"t2","sequence":2,"speaker":"User","text":"Charged twice.","spokenAt":"2026-11-20T09:00:02Z"},
                 {"id":"t3","sequence":3,"speaker":"weather","text":"Rain.","spokenAt":"2026-11-20T09:00:03Z"},
                 {"id":"t4","sequence":"no","speaker":"caller","text":"Never mind.","spokenAt":"2026-11-20T09:00:04Z"},
                 "not a turn",
                 {"id":"t5","sequence":99999999999,"speaker":"ai","text":"Too far.","spokenAt":"2026-11-20T09:00:05Z"},
                 {"id":"t6","sequence":3,"speaker":"virtual_agent","text":"One moment.","spokenAt":"2026-11-20T09:00:06Z"}]}""");

        await().untilAsserted(() -> assertThat(call.messages())
                .filteredOn(message -> !message.getAuthor().equals("system"))
                .extracting(message -> message.getAuthor() + ": " + message.getBody())
                .containsExactly(
                        "AI Support Agent: How can I help?",
                        "Caller: Charged twice.",
                        "AI Support Agent: One moment."));
        assertThat(leftOut())
                .contains(
                        "recentTurns[2].speaker",
                        "recentTurns[3].sequence",
                        "recentTurns[4]",
                        "recentTurns[5].sequence")
                .doesNotContain("Rain", "Never mind");
    }

    @ParameterizedTest
    @CsvSource({
        "NEGATIVE, negative",
        "frustrated, negative",
        "very_angry, negative",
        "Very happy, positive",
        "calm, neutral",
        "satisfied, positive"
    })
    void otherWordsForAMoodAreUnderstood(String mood, String understood) {
        assertThat(taskOf("{\"reason\":\"A\",\"sentiment\":\"" + mood + "\"}")
                        .get("handoffSentiment")
                        .textValue())
                .isEqualTo(understood);
        assertThat(leftOut()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not happy", "so-so", "happy or angry"})
    void aMoodThatIsNotClearIsLeftOutAndSaidSo(String mood) {
        taskOf("{\"reason\":\"A\",\"sentiment\":\"" + mood + "\"}");
        assertThat(leftOut()).startsWith("sentiment: ").doesNotContain(mood);
    }

    @Test
    void aSessionThatBreaksDownUnderALiveCallDropsNobody() {
        call.execute(twiml(connectAction("failed", "in-progress")
                .with("ErrorCode", "39001")
                .with("ErrorMessage", "Network connection to WebSocket server failed.")
                .send()));

        assertThat(call.task().get("handoffReason").textValue()).isEqualTo("The AI's session failed, error 39001");
    }

    @Test
    void aCallerWhoHangsUpEndsTheCall() {
        assertThat(twiml(connectAction("completed", "completed").send())).isEqualTo(NOTHING);

        call.awaitState("resolved");
        assertThat(call.tasks()).isEmpty();
    }

    @Test
    void anApplicationThatJustEndsItsSessionIsDoneWithTheCaller() {
        assertThat(twiml(connectAction("ended", "in-progress").send())).isEqualTo(NOTHING);
        call.awaitState("resolved");
    }

    /** What Twilio asks when a {@code <Stream>} is over. */
    private TwilioPost streamOver(String callStatus) {
        return call.voice("connect-action")
                .with("CallStatus", callStatus)
                .with("From", "+15550100")
                .with("To", "+15550199")
                .with("Direction", "inbound")
                .with("ApiVersion", "2010-04-01");
    }

    @Test
    void aStreamThatIsOverIsNoBreakdown() {
        assertThat(twiml(streamOver("in-progress").send())).isEqualTo(NOTHING);
        call.awaitState("resolved");
        assertThat(call.tasks()).isEmpty();
    }

    @Test
    void anAgentOnAStreamEscalatesOverTheApiAndClosesIt() {
        call.another(TestCall.onStream("demo"));
        call.escalate();
        call.sandbox()
                .ai()
                .closeStream(call.sid())
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(call.task().get("handoffReason").textValue()).isEqualTo("Billing dispute");
        call.awaitState("transferred");
        assertThat(redirects()).isEqualTo(1);
    }

    /** It waits for words that were heard, and the ledger does not know of it yet. */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "session"})
    void whatAnEscalationIsWaitingForDoesNotDropTheCaller(String ai) {
        takenIn(heard(1, "inbound_track", Instant.now(), "Can I talk to a person?"));
        call.post(
                "/escalation", Map.of("id", "e1", "occurredAt", Instant.now().toString(), "reason", "Wants a person"));

        TwilioPost over = ai.equals("stream") ? streamOver("in-progress") : connectAction("ended", "in-progress");
        assertThat(twiml(over.send())).contains("hold/1");
        assertThat(twiml(call.voice("hold/1").with("CallStatus", "in-progress").send()))
                .contains("hold/2");
        assertThat(call.task().get("handoffReason").textValue()).isEqualTo("Wants a person");
        assertThat(redirects()).isEqualTo(1);
    }

    /** With {@code applicationReconnect} Twilio tells the application again what it may have missed. */
    @Test
    void promptsThatAreRepeatedAfterAReconnectCountOnce() {
        Map<String, Object> first = Map.of(
                "id",
                sessionId + "/1",
                "sequence",
                1,
                "speaker",
                "caller",
                "text",
                "Hello?",
                "spokenAt",
                "2026-11-20T09:00:00Z");
        Map<String, Object> again = Map.of(
                "id",
                sessionId + "/1",
                "sequence",
                1,
                "speaker",
                "caller",
                "text",
                "Hello?",
                "spokenAt",
                "2026-11-20T09:00:07Z");
        Map<String, Object> next = Map.of(
                "id",
                sessionId + "/2",
                "sequence",
                2,
                "speaker",
                "caller",
                "text",
                "Hello?",
                "spokenAt",
                "2026-11-20T09:00:08Z");
        call.say(first);
        call.say(again, next);

        await().until(() -> turns().size() == 2);
        taskOf("{\"reason\":\"A\",\"recentTurns\":[" + ApiClient.json(again) + "," + ApiClient.json(next) + "]}");
        call.awaitState("transferred");
        assertThat(turns()).containsExactly("Caller: Hello?", "Caller: Hello?");
        assertThat(call.transcript("received")).isEqualTo(2);
        assertThat(call.transcript("reusedIds")).isZero();
    }

    @Test
    void aSecondSessionOfACallHandsOverThoughTheFirstDidNot() {
        connectAction("ended", "in-progress").send();
        call.awaitState("resolved");

        sessionId = newSid("VX");
        assertThat(taskOf("{\"reason\":\"Billing\"}").get("handoffReason").textValue())
                .isEqualTo("Billing");
        call.awaitState("transferred");
        assertThat(call.handoff().get("escalationId").textValue()).isEqualTo(sessionId);
        assertThat(note()).contains("Reason: Billing");
    }

    @Test
    void theAnswerWaitsForNeitherTheLedgerNorConversations() throws Exception {
        call.sandbox().filter(exchange -> {
            if (exchange.request().path().contains("/conversations/")) {
                exchange.response().setStatusCode(503).end();
            } else {
                exchange.next();
            }
        });
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                held.add(runtime.ledger().dataSource().getConnection());
            }
            String twiml = twiml(connectAction("ended", "in-progress")
                    .with("HandoffData", "{\"reason\":\"Billing dispute\"}")
                    .send());
            call.execute(twiml);
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
            call.sandbox().filter(exchange -> exchange.next());
        }

        JsonNode task = call.task();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Billing dispute");
        assertThat(task.get("transcriptStatus").textValue()).isEqualTo("delayed");
        assertThat(task.get("conversationUniqueName").textValue()).isEqualTo("call-" + call.sid());
        await().atMost(java.time.Duration.ofSeconds(30))
                .until(() -> call.state().equals("transferred"));
        assertThat(redirects()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-action", "hold/1", "transcription", "status"})
    void onlyTwilioComesIn(String callback) {
        assertThat(call.voice(callback).signature("").send().statusCode()).isEqualTo(403);
        assertThat(call.voice(callback).signedWith("other").send().statusCode()).isEqualTo(403);
        assertThat(call.voice(callback)
                        .with("AccountSid", "AC0000000000000000000000000000000b")
                        .send()
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> withoutCall =
                call.voice(callback).with("CallSid", "1").send();
        assertThat(withoutCall.statusCode()).isEqualTo(400);
        assertThat(withoutCall.body()).contains("CallSid: must be CA and 32 hexadecimal digits");
    }

    @ParameterizedTest
    @CsvSource({"completed, resolved", "busy, failed", "failed, failed", "no-answer, abandoned", "canceled, abandoned"})
    void theCallStatusEndsTheCall(String status, String state) {
        TwilioPost post = call.voice("status")
                .with("CallStatus", status)
                .with("From", "+15550100")
                .with("Direction", "inbound");
        assertThat(post.send().statusCode()).isEqualTo(204);
        assertThat(post.send().statusCode()).isEqualTo(204);

        call.awaitState(state);
        assertThat(call.steps()).containsOnlyOnce("ended");
    }

    @Test
    void aCallStatusOnTheWayMeansNothing() {
        for (String status : List.of("queued", "ringing", "in-progress", "initiated", "answered", "")) {
            assertThat(call.voice("status").with("CallStatus", status).send().statusCode())
                    .isEqualTo(204);
        }
        call.escalate();
        call.awaitState("transferred");

        call.voice("status").with("CallStatus", "completed").send();

        call.awaitState("abandoned");
        assertThat(call.handoff().findValuesAsText("cause")).containsExactly("the caller hung up");
        assertThat(call.steps()).containsOnlyOnce("ended");
    }

    private TwilioPost heard(int sequenceId, String track, Instant at, String text) {
        return call.voice("transcription")
                .with("TranscriptionSid", transcriptionSid)
                .with("Timestamp", at.toString())
                .with("SequenceId", Integer.toString(sequenceId))
                .with("TranscriptionEvent", "transcription-content")
                .with("LanguageCode", "en-US")
                .with("Track", track)
                .with("TranscriptionData", "{\"transcript\":\"" + text + "\",\"confidence\":0.99}")
                .with("Final", "true");
    }

    private void takenIn(TwilioPost post) {
        assertThat(post.send().statusCode()).isEqualTo(204);
    }

    private List<String> turns() {
        return call.messages().stream()
                .filter(message -> !message.getAuthor().equals("system"))
                .map(message -> message.getAuthor() + ": " + message.getBody())
                .toList();
    }

    @Test
    void whatIsHeardOnTheLineComesInOrderOfTimeAndOnce() {
        Instant start = Instant.now();
        takenIn(call.voice("transcription")
                .with("TranscriptionSid", transcriptionSid)
                .with("Timestamp", start.toString())
                .with("SequenceId", "1")
                .with("TranscriptionEvent", "transcription-started")
                .with("Track", "both_tracks"));
        takenIn(heard(3, "inbound_track", start.plusMillis(400), "I was charged twice."));
        takenIn(heard(4, "inbound_track", start.plusMillis(700), "Can I talk to a person?"));
        takenIn(heard(2, "outbound_track", start.plusMillis(100), "How can I help?"));
        takenIn(heard(2, "outbound_track", start.plusMillis(100), "How can I help?"));
        takenIn(heard(5, "inbound_track", start.plusMillis(100), "Half a sen").with("Final", "false"));
        takenIn(heard(6, "inbound_track", start.plusMillis(100), "No final").without("Final"));
        takenIn(heard(7, "sideways_track", start, "No track"));
        takenIn(heard(8, "inbound_track", start, "  "));
        takenIn(heard(9, "inbound_track", start, "x").with("TranscriptionData", "no JSON"));
        takenIn(heard(10, "inbound_track", start, "x").with("Timestamp", "now"));

        await().until(() -> turns().size() == 3);
        assertThat(turns())
                .containsExactly(
                        "AI Support Agent: How can I help?",
                        "Caller: I was charged twice.",
                        "Caller: Can I talk to a person?");
        assertThat(call.transcript("received")).isEqualTo(3);
        assertThat(call.transcript("late")).isZero();
    }

    @Test
    void whatWasHeardBeforeAnEscalationIsInTheThreadBeforeTheTransfer() {
        takenIn(heard(1, "outbound_track", Instant.now(), "How can I help?"));
        await().until(() -> turns().size() == 1);
        takenIn(heard(2, "inbound_track", Instant.now(), "Can I talk to a person?"));
        call.post("/escalation", Map.of("id", "e1", "occurredAt", Instant.now().toString()));
        call.post("/end", Map.of("occurredAt", Instant.now().toString()));

        call.awaitState("transferred");
        assertThat(turns()).containsExactly("AI Support Agent: How can I help?", "Caller: Can I talk to a person?");
        assertThat(call.transcript("late")).isZero();
        call.awaitStep("ended");
        assertThat(call.thread().getState()).isEqualTo(Conversation.State.ACTIVE);
    }

    @Test
    void theRepIsNotTakenForTheAi() {
        takenIn(heard(1, "outbound_track", Instant.now(), "How can I help?"));
        await().until(() -> turns().size() == 1);
        Instant before = Instant.now();
        call.post("/escalation", Map.of("id", "e1", "occurredAt", before.toString()));
        call.awaitState("transferred");

        takenIn(heard(2, "outbound_track", Instant.now().plusSeconds(1), "Hi, this is Riley."));
        takenIn(heard(3, "outbound_track", before, "One moment, please."));

        await().until(() -> turns().size() == 2);
        assertThat(turns().get(1))
                .startsWith("AI Support Agent: [late, spoken ")
                .endsWith("One moment, please.");
        call.appended(2);
        assertThat(turns()).noneMatch(turn -> turn.contains("Riley"));
    }
}
