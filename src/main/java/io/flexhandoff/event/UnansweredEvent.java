package io.flexhandoff.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** Something about a caller whom nobody answers: beside the transcript of the call, one after the other. */
public sealed interface UnansweredEvent extends CallEvent {

    /** Which handoff of the call it is about, counted from 1; 0 for the latest. */
    int decision();

    @Override
    default String group() {
        return org() + "/" + callSid() + "/unanswered";
    }

    /**
     * A caller whom nobody has answered yet has waited so long that a step is due: beside the transcript of the call, one step after the
     * other.
     *
     * @param decision which handoff of the call it is about, counted from 1; 0 for the latest
     * @param number which step of the ladder, counted from 1; {@link #WISHED} when the caller has asked for it by a key
     * @param step what is done, the route {@code direct:unanswered-<step>}
     * @param look how often it was put off before, because a rep was being asked
     */
    record StepDue(String org, String callSid, Instant receivedAt, int decision, int number, String step, int look)
            implements UnansweredEvent {

        /** More steps no ladder has. */
        public static final int WISHED = 1000;

        /** Whether the caller has asked for it by a key. */
        @JsonIgnore
        public boolean isWished() {
            return number == WISHED;
        }

        @Override
        public String key() {
            String wish = isWished() ? "/" + receivedAt : "";
            return decision + "/" + number + "/" + step + wish + (look == 0 ? "" : "/" + look);
        }

        @Override
        public String kind() {
            return "unanswered";
        }
    }

    /** The line of a caller whom a step has taken out of the queue has come to where the step sent it: of the same order as the steps. */
    record CallerArrived(String org, String callSid, Instant receivedAt, int decision, int number)
            implements UnansweredEvent {
        @Override
        public String key() {
            return decision + "/" + number;
        }

        @Override
        public String kind() {
            return "arrived";
        }
    }

    /**
     * A caller whom nobody has answered has left a message, which Twilio keeps.
     *
     * @param decision which handoff of the call it is about, counted from 1
     * @param recordingSid {@code RE…}
     * @param url of the recording
     * @param seconds how long it is
     */
    record VoicemailLeft(
            String org, String callSid, Instant receivedAt, int decision, String recordingSid, String url, int seconds)
            implements UnansweredEvent {
        @Override
        public String key() {
            return recordingSid;
        }

        @Override
        public String kind() {
            return "voicemail";
        }
    }
}
