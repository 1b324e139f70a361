package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.late.TwoOrgs;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An org whose AI gets another session when one breaks down ({@code on-relay-failure: retry-once}). */
@TwoOrgs
class RelayFailureTest {

    private static final String ERROR = "64102";

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;
    private Org org;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        org = runtime.twilio().org("acme");
        twilio = new TwilioView(org, runtime.twilio().forOrg("acme"));
        api = new ApiClient(runtime.port(), "acme", "acme-key");
        callSid = sandbox.placeCallOnRelay("+15550100", "+15550199");
    }

    @AfterEach
    void hangUp() {
        sandbox.hangUp(callSid);
    }

    private void fail() {
        sandbox.ai()
                .fail(callSid, ERROR)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private String failed(String callback, String session) {
        return TwilioPost.to(runtime.port(), "/voice/acme/acme/" + callback, org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "in-progress")
                .with("SessionId", session)
                .with("SessionStatus", "failed")
                .with("ErrorCode", ERROR)
                .send()
                .body();
    }

    private JsonNode task() {
        await().until(() -> !twilio.tasksOf(callSid).isEmpty());
        assertThat(twilio.tasksOf(callSid)).hasSize(1);
        return TwilioView.attributes(twilio.tasksOf(callSid).get(0));
    }

    @Test
    void aSessionThatFailsBeginsAnewOnceBeforeAHumanTakesOver() {
        fail();
        assertThat(sandbox.ai().isOnRelay(callSid)).isTrue();
        assertThat(sandbox.tasksOf(callSid)).isEmpty();

        fail();
        assertThat(sandbox.ai().isOnRelay(callSid)).isFalse();
        assertThat(task().get("handoffReason").textValue()).isEqualTo("The AI's session failed, error " + ERROR);
    }

    @Test
    void theSecondSessionHandsOverAsAnyOther() {
        fail();
        sandbox.ai()
                .end(callSid, "{\"reason\":\"Billing\"}")
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(task().get("handoffReason").textValue()).isEqualTo("Billing");
    }

    @Test
    void theSameRequestAgainHasTheSameAnswer() {
        String session = "VX00000000000000000000000000000001";
        String twiml = failed("connect-action", session);

        assertThat(twiml)
                .isEqualTo("<Response><Connect action=\"http://localhost:" + runtime.port()
                        + "/voice/acme/acme/connect-action/again\"><ConversationRelay ttsProvider=\"Google\""
                        + " url=\"wss://ai.example.com/relay?a=1&amp;b=2\"/></Connect></Response>");
        assertThat(failed("connect-action", session)).isEqualTo(twiml);
        assertThat(failed("connect-action/again", session)).contains("<Enqueue");
    }

    @Test
    void aCallerWhoseEscalationIsOnItsWayDoesNotComeBackToTheAi() {
        HandoffChecks.escalate(api, callSid);

        assertThat(failed("connect-action", "VX00000000000000000000000000000002"))
                .contains("hold/1");
        task();
    }
}
