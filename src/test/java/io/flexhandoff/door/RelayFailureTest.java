package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.late.TwoOrgs;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.TestCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** An org whose AI gets another session when one breaks down ({@code on-relay-failure: retry-once}). */
@TwoOrgs
class RelayFailureTest {

    private static final String ERROR = "64102";

    @RegisterExtension
    final TestCall call = TestCall.onRelay("acme");

    @Autowired
    private HandoffRuntime runtime;

    private void fail() {
        call.sandbox()
                .ai()
                .fail(call.sid(), ERROR)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private String failed(String callback, String session) {
        return call.voice(callback)
                .with("CallStatus", "in-progress")
                .with("SessionId", session)
                .with("SessionStatus", "failed")
                .with("ErrorCode", ERROR)
                .send()
                .body();
    }

    @Test
    void aSessionThatFailsBeginsAnewOnceBeforeAHumanTakesOver() {
        fail();
        assertThat(call.sandbox().ai().isOnRelay(call.sid())).isTrue();
        assertThat(call.tasks()).isEmpty();

        fail();
        assertThat(call.sandbox().ai().isOnRelay(call.sid())).isFalse();
        assertThat(call.task().get("handoffReason").textValue()).isEqualTo("The AI's session failed, error " + ERROR);
    }

    @Test
    void theSecondSessionHandsOverAsAnyOther() {
        fail();
        call.sandbox()
                .ai()
                .end(call.sid(), "{\"reason\":\"Billing\"}")
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(call.task().get("handoffReason").textValue()).isEqualTo("Billing");
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
        call.escalate();

        assertThat(failed("connect-action", "VX00000000000000000000000000000002"))
                .contains("hold/1");
        call.task();
    }
}
