package io.flexhandoff.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.api.v2010.account.Call;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Orgs of one process whose calls go to different targets: acme's to a phone number, sipline's to a SIP address, paper's to one of the
 * team's own that has no answer for Twilio, flexible's to Flex.
 */
@HandoffTest
class DialTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "+15550123";
    private static final List<String> ORGS = List.of("acme", "flexible", "paper", "sipline");

    @TempDir
    static Path routes;

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private Org org;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry properties) throws IOException {
        for (String name : ORGS) {
            String org = "handoff.orgs." + name + ".";
            String digits = String.format("%032d", ORGS.indexOf(name) + 1);
            Map.of("account-sid", "AC", "workspace-sid", "WS", "workflow-sid", "WW", "conversations-service-sid", "IS")
                    .forEach((setting, kind) -> properties.add(org + setting, () -> kind + digits));
            properties.add(org + "human-queue-sid", () -> "WQ" + digits);
            properties.add(org + "auth-token", () -> "token-" + digits);
            properties.add(org + "api-keys", () -> name + "-key");
            properties.add(org + "webhook-token", () -> "webhook-" + digits);
        }
        properties.add("handoff.sandbox.enabled", () -> "true");
        properties.add("handoff.transfer.target", () -> "dial");
        properties.add("handoff.transfer.unanswered.after", () -> "1h");
        properties.add("handoff.transfer.unanswered.steps", () -> "wait");
        properties.add("handoff.reconcile.period", () -> "1s");
        properties.add("handoff.transfer.watch", () -> "0");
        properties.add("handoff.orgs.acme.dial.to", () -> NUMBER);
        properties.add("handoff.orgs.sipline.dial.to", () -> "sip:service@pbx.example.com;transport=tls");
        properties.add("handoff.orgs.flexible.transfer-target", () -> "flex");
        properties.add("handoff.orgs.paper.transfer-target", () -> "paper");
        Files.writeString(routes.resolve("transfer-paper.camel.yaml"), """
                - route:
                    id: transfer-paper
                    group: dial
                    description: Somebody writes it down.
                    routeConfigurationId: inner
                    from:
                      uri: direct
                      parameters:
                        name: transfer-paper
                      steps:
                        - to:
                            id: to-record-paper
                            uri: direct
                            parameters:
                              name: record-transfer
                """);
        properties.add("handoff.routes-dir", routes::toString);
    }

    @BeforeEach
    void findSandbox() {
        sandbox = runtime.sandbox().orElseThrow();
    }

    @AfterEach
    void hangUp() {
        sandbox.faults().clear();
        sandbox.hangUp(callSid);
    }

    private void call(String name) {
        at(name);
        callSid = sandbox.placeCall(org.accountSid(), "+15550100", "+15550199");
    }

    private void callOnRelay() {
        at("acme");
        callSid = sandbox.placeCallOnRelay("+15550100", "+15550199");
    }

    private void at(String name) {
        org = runtime.twilio().org(name);
        twilio = new TwilioView(org, runtime.twilio().forOrg(name));
        api = new ApiClient(runtime.port(), name, name + "-key");
    }

    private JsonNode handoff() {
        return api.read("/handoffs/" + callSid);
    }

    private void awaitState(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(handoff().path("state").asText()).isEqualTo(state));
    }

    private void awaitDialed() {
        await().atMost(PATIENCE).until(() -> sandbox.dials().dialed(callSid) != null);
        awaitState("transferred");
    }

    private void awaitNote() {
        await().atMost(PATIENCE).until(() -> twilio.messagesOf(callSid).stream()
                .anyMatch(message -> message.getBody().startsWith("HANDOFF NOTE")));
    }

    private void pickUp() {
        sandbox.dials().pickUp(callSid);
        await().atMost(PATIENCE).until(() -> sandbox.dials().isConnected(callSid));
    }

    private long requests(String product, String part) {
        return sandbox.requests().stream()
                .filter(request ->
                        request.product().equals(product) && request.path().contains(part))
                .count();
    }

    /** Neither its workspace nor the recordings of its calls: that is Flex's. */
    private void assertFlexIsNotAsked() {
        assertThat(requests("taskrouter", org.workspaceSid())).isZero();
        assertThat(requests("api", "/" + callSid + "/Recordings")).isZero();
        assertThat(sandbox.tasksOf(callSid)).isEmpty();
    }

    @Test
    void aCallerIsConnectedWithAHumanWhoHearsTheNoteFirst() {
        call("acme");
        HandoffChecks.escalate(api, callSid);
        awaitDialed();
        assertThat(sandbox.dials().dialed(callSid)).isEqualTo(NUMBER);
        awaitNote();

        pickUp();

        assertThat(sandbox.dials().heardFirst(callSid)).singleElement().satisfies(words -> assertThat(words)
                .startsWith("say en-US: HANDOFF NOTE. Reason: Billing dispute. Sentiment: negative.")
                .contains("Summary: The caller was charged twice and wants a refund.")
                .doesNotContain("2026-11-20"));
        awaitState("accepted");
        assertThat(handoff().at("/outcome/result").asText()).isEqualTo("accepted");

        sandbox.dials().end(callSid, "completed");

        awaitState("completed");
        assertThat(sandbox.heard(callSid)).isEmpty();
        assertThat(handoff().findValuesAsText("step"))
                .contains("escalated", "transferred", "noted", "accepted", "completed");
        assertFlexIsNotAsked();
    }

    @Test
    void theEndOfASessionIsAnsweredWithTheSameNumber() {
        callOnRelay();
        sandbox.ai()
                .end(callSid, "{\"reason\":\"Billing\",\"summary\":\"Charged twice.\"}")
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(sandbox.dials().dialed(callSid)).isEqualTo(NUMBER);
        awaitState("transferred");
        awaitNote();
        pickUp();
        assertThat(sandbox.dials().heardFirst(callSid).toString())
                .contains("Reason: Billing.", "Summary: Charged twice.");
        awaitState("accepted");
        sandbox.dials().end(callSid, "completed");
        awaitState("completed");
        assertThat(requests("api", "/Calls/" + callSid))
                .as("updates of the call")
                .isZero();
        assertFlexIsNotAsked();
    }

    @Test
    void aSipAddressGetsTheContextAsHeaders() {
        call("sipline");
        String summary = "Die Kundin wurde doppelt belastet; sie möchte \"sofort\" ihr Geld zurück. ".repeat(20);
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", "2026-11-20T09:00:05Z",
                        "reason", "Streit um 10 % & mehr",
                        "summary", summary,
                        "sentiment", "negative",
                        "language", "de-DE"));
        awaitDialed();

        String dialed = sandbox.dials().dialed(callSid);
        assertThat(dialed).startsWith("sip:service@pbx.example.com;transport=tls?");
        String query = dialed.replaceFirst("[^?]*\\?", "");
        assertThat(query).hasSizeBetween(900, 1023);
        Map<String, String> headers = Arrays.stream(query.split("&"))
                .collect(Collectors.toMap(
                        header -> header.replaceFirst("=.*", ""),
                        header -> URLDecoder.decode(header.replaceFirst("[^=]*=", ""), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("X-Handed-Off", "true")
                .containsEntry("X-Handoff-Reason", "Streit um 10 % & mehr")
                .containsEntry("X-Handoff-Sentiment", "negative")
                .containsEntry("X-Handoff-Language", "de-DE")
                .containsEntry("X-Handoff-Timestamp", "2026-11-20T09:00:05Z")
                .hasSize(6);
        assertThat(headers.get("X-Handoff-Summary"))
                .startsWith("Die Kundin wurde doppelt belastet; sie möchte \"sofort\" ihr Geld")
                .endsWith("…");
        pickUp();
        assertThat(sandbox.dials().heardFirst(callSid)).isEmpty();
        awaitState("accepted");
        assertFlexIsNotAsked();
    }

    /** A character of Japanese takes nine in a URI. */
    @Test
    void aLongReasonLeavesRoomInAnyLanguage() {
        call("sipline");
        api.post(
                "/calls/" + callSid + "/escalation",
                Map.of(
                        "id", "e1",
                        "occurredAt", "2026-11-20T09:00:05Z",
                        "reason", "請求書の金額について".repeat(10),
                        "summary", "お客様は二重に請求されました。".repeat(20),
                        "language", "ja-JP"));
        awaitDialed();

        assertThat(sandbox.dials().dialed(callSid).replaceFirst("[^?]*\\?", "")).hasSizeBetween(900, 1023);
        awaitState("transferred");
    }

    @Test
    void whomNobodyAnswersHearsSo() {
        call("acme");
        HandoffChecks.escalate(api, callSid);
        awaitDialed();

        sandbox.dials().end(callSid, "no-answer");

        awaitState("failed");
        assertThat(handoff().at("/outcome/result").asText()).isEqualTo("unanswered");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sandbox.heard(callSid))
                .containsExactly("say en-US: Nobody could take your call."));
    }

    @Test
    void whoIsNotPutThroughHearsSo() {
        call("sipline");
        HandoffChecks.escalate(api, callSid);
        awaitDialed();

        sandbox.dials().end(callSid, "failed");

        awaitState("failed");
        assertThat(handoff().at("/outcome/result").asText()).isEqualTo("unreachable");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sandbox.heard(callSid))
                .containsExactly("say en-US: I could not put you through."));
    }

    @Test
    void whoHangsUpWhileItRingsHasAbandonedTheHandoff() {
        call("acme");
        HandoffChecks.escalate(api, callSid);
        awaitDialed();

        sandbox.hangUp(callSid);

        awaitState("abandoned");
    }

    @Test
    void aCallIsDialedOnceThoughTwiliosAnswerIsLost() {
        call("acme");
        sandbox.faults()
                .add(Fault.dropAfter()
                        .product("api")
                        .method("POST")
                        .call(callSid)
                        .times(1));
        HandoffChecks.escalate(api, callSid);
        awaitDialed();

        assertThat(Call.reader().setParentCallSid(callSid).read(runtime.twilio().forOrg("acme")))
                .hasSize(1);
    }

    @Test
    void anOrgBesideThemGoesToFlex() {
        call("flexible");
        HandoffChecks.escalate(api, callSid);

        HandoffChecks.arrived(twilio, callSid);
        assertThat(sandbox.dials().dialed(callSid)).isNull();
        assertThat(requests("api", "/" + callSid + "/Recordings")).isPositive();
    }

    /** A caller whom no answer can move holds until a redirect has. */
    @Test
    void aTargetWithoutAnAnswerMovesTheCallerOfASessionToo() {
        at("paper");
        callSid = sandbox.placeCallOnRelay(org.accountSid(), "+15550100", "+15550199");
        sandbox.ai().end(callSid, "{\"reason\":\"Billing\"}");

        awaitState("transferred");
        assertThat(handoff().path("reason").asText()).isEqualTo("Billing");
        assertFlexIsNotAsked();
    }

    @Test
    void aCallerHoldsForTwoMinutesAtMost() {
        at("paper");
        callSid = sandbox.placeCallOnRelay(org.accountSid(), "+15550100", "+15550199");
        String heard = TwilioPost.to(runtime.port(), "/voice/paper/" + org.webhookToken() + "/hold/61", org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "in-progress")
                .send()
                .body();

        assertThat(heard).contains("<Say").doesNotContain("<Redirect");
    }

    @Test
    void whoIsThereIsNotKnown() {
        call("acme");

        assertThat(api.read("/availability").path("answer").asText()).isEqualTo("unknown");
        assertFlexIsNotAsked();
    }
}
