package io.flexhandoff.unanswered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.StandingFault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What becomes of a caller whom nobody answers, as the caller, the AI and the rep see it. */
@HandoffTest
@TestPropertySource(properties = {"handoff.sandbox.enabled=true", "handoff.reconcile.period=1h"})
class UnansweredTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AiPhone AI = new AiPhone();

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private String callSid;

    @DynamicPropertySource
    static void orgs(DynamicPropertyRegistry properties) {
        UnansweredOrgs.add(properties, "none", 1, Map.of());
        UnansweredOrgs.add(
                properties, "ai", 2, Map.of("after", "300,200", "steps", "wait,back-to-ai", "ai-url", AI.url()));
        UnansweredOrgs.add(
                properties, "queue", 3, Map.of("after", "300", "steps", "other-queue", "queue", "second level"));
        UnansweredOrgs.add(properties, "callback", 4, Map.of("after", "300", "steps", "callback"));
        UnansweredOrgs.add(properties, "voicemail", 5, Map.of("after", "300", "steps", "voicemail"));
        UnansweredOrgs.add(properties, "keys", 6, Map.of("ai-url", AI.url()));
        properties.add("handoff.orgs.keys.waiting.music", () -> "https://acme.example.com/hold.mp3");
        properties.add("handoff.orgs.keys.waiting.offers", () -> "callback,back-to-ai");
    }

    @BeforeEach
    void connect() {
        sandbox = runtime.sandbox().orElseThrow();
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
    }

    @AfterAll
    static void stop() {
        AI.close();
    }

    private ApiClient api(String org) {
        return new ApiClient(runtime.port(), org, org + "-key");
    }

    private TwilioView twilio(String org) {
        return new TwilioView(runtime.twilio().org(org), runtime.twilio().forOrg(org));
    }

    /** Hands a call over; gives its task. */
    private String handOver(String org) {
        callSid = sandbox.placeCall(runtime.twilio().org(org).accountSid(), "+15550100", "+15550199");
        escalate(org, "e1");
        await().atMost(PATIENCE).until(() -> !sandbox.tasksOf(callSid).isEmpty());
        return sandbox.tasksOf(callSid).get(0);
    }

    private void escalate(String org, String id) {
        assertThat(api(org).post(
                                "/calls/" + callSid + "/escalation",
                                Map.of(
                                        "id", id,
                                        "occurredAt", "2026-11-20T09:00:05Z",
                                        "reason", "Billing dispute",
                                        "language", "de-DE",
                                        "from", "+15550100"))
                        .statusCode())
                .isEqualTo(202);
    }

    private JsonNode handoff(String org) {
        return api(org).read("/handoffs/" + callSid);
    }

    private void awaitState(String org, String state) {
        await().atMost(PATIENCE).until(() -> handoff(org).path("state").asText().equals(state));
    }

    @Test
    void aCallerIsSentBackToTheAiWhichIsToldWhatHappenedAndMayTryAgain() {
        String task = handOver("ai");
        await().atMost(PATIENCE).until(() -> !AI.asked(callSid).isEmpty());

        assertThat(AI.asked(callSid)).containsExactly("tenant=7&handoffOutcome=unanswered&handoffDecision=1");
        assertThat(twilio("ai").statusOf(task)).isEqualTo("canceled");
        awaitState("ai", "failed");
        await().atMost(PATIENCE)
                .until(() -> handoff("ai").get("steps").findValuesAsText("step").contains("unanswered-back-to-ai"));
        JsonNode handoff = handoff("ai");
        assertThat(handoff.at("/outcome/result").asText()).isEqualTo("unanswered");
        assertThat(handoff.get("steps").findValuesAsText("step")).contains("unanswered-wait", "failed");
        assertThat(handoff.get("steps").findValuesAsText("cause"))
                .contains("task canceled: nobody answered: back-to-ai");

        escalate("ai", "e2");
        await().atMost(PATIENCE)
                .until(() -> handoff("ai").path("decision").asInt() == 2
                        && AI.asked(callSid).size() == 2);
        assertThat(AI.asked(callSid).get(1)).endsWith("handoffDecision=2");
        assertThat(api("ai").read("/dead-letters")).isEmpty();
    }

    @Test
    void theWorkflowRoutesAWaitingCallerAnewOnceNoRepIsBeingAsked() {
        routeToEveryone("queue", "handoffQueue == 'second level'");
        String offered = handOver("queue");
        String first = callSid;
        await().atMost(PATIENCE).until(() -> twilio("queue").statusOf(offered).equals("reserved"));
        String waiting = handOver("queue");
        await().atMost(PATIENCE).until(() -> twilio("queue").queueOf(waiting).equals("Everyone"));

        assertThat(twilio("queue").attributesOf(waiting).get("handoffQueue").asText())
                .isEqualTo("second level");
        assertThat(twilio("queue").attributesOf(waiting).get("handoffReason").asText())
                .isEqualTo("Billing dispute");
        await().atMost(PATIENCE)
                .until(() ->
                        handoff("queue").get("steps").findValuesAsText("step").contains("unanswered-other-queue"));
        assertThat(sandbox.tasksOf(callSid)).containsExactly(waiting);
        assertThat(twilio("queue").attributesOf(offered).has("handoffQueue")).isFalse();
        sandbox.hangUp(first);
    }

    private void routeToEveryone(String org, String expression) {
        Org known = runtime.twilio().org(org);
        TwilioRestClient client = runtime.twilio().forOrg(org);
        String everyone = StreamSupport.stream(
                        TaskQueue.reader(known.workspaceSid()).read(client).spliterator(), false)
                .filter(queue -> queue.getFriendlyName().equals("Everyone"))
                .findFirst()
                .orElseThrow()
                .getSid();
        ObjectNode configuration =
                (ObjectNode) ApiClient.tree(Workflow.fetcher(known.workspaceSid(), known.workflowSid())
                        .fetch(client)
                        .getConfiguration());
        ((ArrayNode) configuration.at("/task_routing/filters"))
                .insertObject(0)
                .put("filter_friendly_name", "Second level")
                .put("expression", expression)
                .putArray("targets")
                .addObject()
                .put("queue", everyone);
        Workflow.updater(known.workspaceSid(), known.workflowSid())
                .setConfiguration(configuration.toString())
                .update(client);
    }

    @Test
    void aStepThatTwilioRefusesForGoodLeavesNobodyBehind() {
        Org org = runtime.twilio().org("callback");
        StandingFault refused = sandbox.faults()
                .add(Fault.answer(400)
                        .account(org.accountSid())
                        .product("taskrouter")
                        .method("POST")
                        .path("/v1/Workspaces/*/Tasks"));
        try {
            String task = handOver("callback");
            await().atMost(PATIENCE).until(() -> !sandbox.heard(callSid).isEmpty());

            assertThat(sandbox.heard(callSid))
                    .singleElement()
                    .asString()
                    .contains("Es konnte niemand Ihren Anruf annehmen.");
            assertThat(twilio("callback").statusOf(task)).isEqualTo("canceled");
            await().atMost(PATIENCE)
                    .until(() -> api("callback").read("/dead-letters").size() == 1);
        } finally {
            sandbox.faults().remove(refused.id());
        }
    }

    @Test
    void aCallerIsPromisedACallBackAndHearsIt() {
        String task = handOver("callback");
        Task callback = awaitTask("callback", "callback");

        assertThat(twilio("callback").statusOf(task)).isEqualTo("canceled");
        JsonNode attributes = TwilioView.attributes(callback);
        assertThat(attributes.at("/callBackData/numberToCall").asText()).isEqualTo("+15550100");
        assertThat(attributes.at("/callBackData/numberToCallFrom").asText()).isEqualTo("+15550199");
        assertThat(attributes.get("handoffReason").asText()).isEqualTo("Billing dispute");
        assertThat(attributes.get("handoffLanguage").asText()).isEqualTo("de-DE");
        assertThat(attributes.get("conversationSid").asText())
                .isEqualTo(twilio("callback").threadOf(callSid).orElseThrow().getSid());
        assertThat(attributes.has("call_sid")).isFalse();
        await().atMost(PATIENCE).until(() -> !sandbox.heard(callSid).isEmpty());
        assertThat(sandbox.heard(callSid).get(0))
                .isEqualTo("say de-DE: Vielen Dank. Wir rufen Sie unter dieser Nummer zurück. Auf Wiederhören.");
        awaitStep("callback", "unanswered-callback");
        assertThat(followUps("callback", "callback")).hasSize(1);
        assertThat(handoff("callback").at("/outcome/result").asText()).isEqualTo("unanswered");
    }

    @Test
    void aCallerWithoutANumberGoesOnWaiting() {
        callSid = sandbox.placeCall(runtime.twilio().org("callback").accountSid(), "+266696687", "+15550199");
        escalate("callback", "e1");
        awaitStep("callback", "transferred");
        await().atMost(PATIENCE).until(() -> !sandbox.tasksOf(callSid).isEmpty());
        String task = sandbox.tasksOf(callSid).get(0);
        awaitStep("callback", "unanswered-no-number");

        assertThat(twilio("callback").statusOf(task)).isIn("pending", "reserved");
    }

    @Test
    void aCallersMessageIsInTheThreadAndARepIsToListenToIt() {
        handOver("voicemail");
        await().atMost(PATIENCE).until(() -> sandbox.heard(callSid).contains("record"));
        assertThat(sandbox.heard(callSid).get(0)).startsWith("say de-DE: Bitte hinterlassen Sie");

        sandbox.press(callSid, "#");
        Task voicemail = awaitTask("voicemail", "voicemail");
        String url = TwilioView.attributes(voicemail)
                .at("/callBackData/recordingUrl")
                .asText();
        assertThat(url).contains("/Recordings/RE");
        assertThat(TwilioView.attributes(voicemail)
                        .at("/callBackData/numberToCall")
                        .asText())
                .isEqualTo("+15550100");
        awaitStep("voicemail", "voicemail-left");
        assertThat(twilio("voicemail").messagesOf(callSid))
                .filteredOn(message -> message.getBody().equals("Sprachnachricht: " + url))
                .hasSize(1);
        assertThat(sandbox.heard(callSid)).last().asString().contains("Vielen Dank für Ihre Nachricht.");
    }

    @Test
    void aWaitingCallerGetsByAKeyWhatIsOffered() {
        String task = handOver("keys");
        await().atMost(PATIENCE).until(() -> !sandbox.heard(callSid).isEmpty());
        assertThat(sandbox.heard(callSid).get(0))
                .isEqualTo("say de-DE: Sie sind als Nächstes an der Reihe. Für einen Rückruf drücken Sie die 1."
                        + " Um zum Assistenten zurückzukehren, drücken Sie die 2.");
        await().atMost(PATIENCE).untilAsserted(() -> {
            sandbox.press(callSid, "7");
            assertThat(sandbox.heard(callSid))
                    .filteredOn(heard -> heard.startsWith("play"))
                    .hasSizeGreaterThan(1);
        });
        assertThat(twilio("keys").statusOf(task)).isIn("pending", "reserved");

        await().atMost(PATIENCE).until(() -> {
            sandbox.press(callSid, "2");
            return !AI.asked(callSid).isEmpty();
        });
        assertThat(AI.asked(callSid)).hasSize(1);
        assertThat(twilio("keys").statusOf(task)).isEqualTo("canceled");
        awaitStep("keys", "unanswered-back-to-ai");
        assertThat(handoff("keys").get("steps").findValuesAsText("cause"))
                .contains("task canceled: the caller asked for back-to-ai");
    }

    private void awaitStep(String org, String step) {
        await().atMost(PATIENCE)
                .until(() -> handoff(org).get("steps").findValuesAsText("step").contains(step));
    }

    private Task awaitTask(String org, String type) {
        await().atMost(PATIENCE).until(() -> !followUps(org, type).isEmpty());
        return followUps(org, type).get(0);
    }

    private List<Task> followUps(String org, String type) {
        return StreamSupport.stream(
                        Task.reader(runtime.twilio().org(org).workspaceSid())
                                .read(runtime.twilio().forOrg(org))
                                .spliterator(),
                        false)
                .filter(task -> TwilioView.attributes(task)
                        .path("handoffFollowUp")
                        .asText()
                        .equals(callSid + "/1/" + type))
                .toList();
    }

    @Test
    void nothingIsDoneForACallerOfAnOrgThatHasNotAskedForIt() {
        String task = handOver("none");
        awaitState("none", "transferred");
        assertThat(handoff("none").get("steps").findValuesAsText("step"))
                .containsExactlyInAnyOrder("thread-opened", "escalated", "transferred", "noted");
        assertThat(twilio("none").statusOf(task)).isEqualTo("reserved");
    }
}
