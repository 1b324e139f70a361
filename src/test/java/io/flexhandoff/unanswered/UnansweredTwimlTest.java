package io.flexhandoff.unanswered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.event.UnansweredEvent.VoicemailLeft;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.SandboxOrg;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Twilio is answered for callers who are out of the queue. */
class UnansweredTwimlTest {

    private static final String DOOR = "https://handoff.example.com/voice/acme/t0ken/";

    private final Orgs orgs = new Orgs(Map.of("acme", SandboxOrg.of(SandboxAccount.demo(), "acme-key", "t0ken")));
    private final DoorUrls urls = new DoorUrls(orgs, () -> Optional.of("https://handoff.example.com"));
    private final UnansweredTwiml twiml = twiml(Map.of(
            "acme",
            new Ladder(
                    List.of(Duration.ofMinutes(1)),
                    List.of("back-to-ai"),
                    "https://ai.example.com/voice?a=1&b=2",
                    null,
                    "WW1",
                    "default")));

    private UnansweredTwiml twiml(Map<String, Ladder> ladders) {
        return new UnansweredTwiml(
                orgs, urls, new UnansweredSteps(ladders, callSid -> Optional.empty(), Clock.systemUTC()));
    }

    @Test
    void whoHasLeftTheQueueIsHeldForHalfAMinuteAndThenToldThatNobodyCame() {
        String url = twiml.leftUrl("acme", "de-DE").orElseThrow();
        int holds = 0;
        String answer;
        Map<String, String> form = Map.of("QueueResult", "system-error");
        while ((answer = twiml.left("acme", url.substring(DOOR.length()), form)).contains("<Redirect")) {
            assertThat(answer).contains("<Pause length=\"2\"/>");
            url = answer.replaceFirst(".*<Redirect[^>]*>([^<]*)</Redirect>.*", "$1");
            form = Map.of();
            holds++;
        }
        assertThat(holds).isEqualTo(15);
        assertThat(answer).contains("<Say language=\"de-DE\">Es konnte niemand Ihren Anruf annehmen.</Say><Hangup/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridged", "bridging-in-process", "hangup", "redirected", "redirected-from-bridged"})
    void nothingMoreIsSaidToWhoHasSpokenWithARepOrIsElsewhere(String result) {
        assertThat(twiml.left("acme", "left/en/0", Map.of("QueueResult", result)))
                .endsWith("<Response/>");
    }

    @Test
    void anOrgWithoutALadderLeavesTheQueueToTwilio() {
        assertThat(twiml(Map.of()).leftUrl("acme", "en")).isEmpty();
    }

    @Test
    void theAiIsToldWhatHappened() {
        assertThat(twiml.twiml("acme", "unanswered/2/1/back-to-ai/en"))
                .contains(
                        ">https://ai.example.com/voice?a=1&amp;b=2&amp;handoffOutcome=unanswered&amp;handoffDecision=2<");
    }

    @Test
    void aMessageIsRecordedByTwilioAndToldAlsoWhenTheCallerHangsUp() {
        assertThat(twiml.twiml("acme", "unanswered/1/1/voicemail/en-GB"))
                .contains("<Say language=\"en-GB\">Please leave a message", "finishOnKey=\"#\"", "maxLength=\"180\"")
                .contains("recordingStatusCallback=\"" + DOOR + "voicemail/1#rc=3&amp;rp=all\"")
                .contains("action=\"" + DOOR + "unanswered/1/1/voicemail-left/en-GB\"");

        String sid = "RE" + "0".repeat(32);
        VoicemailLeft left = (VoicemailLeft) twiml.voicemailLeft(
                "acme",
                "CA1",
                "voicemail/2",
                Map.of("RecordingSid", sid, "RecordingUrl", "https://r", "RecordingDuration", "17"));
        assertThat(left.decision()).isEqualTo(2);
        assertThat(left.seconds()).isEqualTo(17);
        assertThat(twiml.voicemailLeft("acme", "CA1", "voicemail/2", Map.of("RecordingStatus", "absent")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unanswered/1/1/dance/en", "unanswered/x/1/callback/en", "unanswered/1/1/callback/<b>", ""})
    void noOtherDoorIsThere(String callback) {
        assertThatThrownBy(() -> twiml.twiml("acme", callback)).isInstanceOf(IllegalArgumentException.class);
    }
}
