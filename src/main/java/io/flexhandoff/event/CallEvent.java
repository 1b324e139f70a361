package io.flexhandoff.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * The canonical event of a call. Every door turns what it receives into one of these; nothing behind the events queue
 * knows which door was used.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallEvent.SegmentSpoken.class, name = "segment"),
    @JsonSubTypes.Type(value = CallEvent.Escalated.class, name = "escalation"),
    @JsonSubTypes.Type(value = CallEvent.Ended.class, name = "end"),
    @JsonSubTypes.Type(value = CallEvent.ReleaseDue.class, name = "release"),
    @JsonSubTypes.Type(value = CallEvent.NoteDue.class, name = "note"),
    @JsonSubTypes.Type(value = CallEvent.StateReached.class, name = "state"),
    @JsonSubTypes.Type(value = CallEvent.OutcomeReached.class, name = "outcome"),
    @JsonSubTypes.Type(value = UnansweredEvent.StepDue.class, name = "unanswered"),
    @JsonSubTypes.Type(value = UnansweredEvent.CallerArrived.class, name = "arrived"),
    @JsonSubTypes.Type(value = UnansweredEvent.VoicemailLeft.class, name = "voicemail"),
    @JsonSubTypes.Type(value = CallEvent.CutSuspected.class, name = "cut"),
    @JsonSubTypes.Type(value = HandoffTold.class, name = "told"),
    @JsonSubTypes.Type(value = CallEvent.TaskChanged.class, name = "task")
})
public sealed interface CallEvent
        permits CallEvent.SegmentSpoken,
                CallEvent.Escalated,
                CallEvent.Ended,
                CallEvent.ReleaseDue,
                CallEvent.NoteDue,
                CallEvent.StateReached,
                CallEvent.OutcomeReached,
                CallEvent.CutSuspected,
                HandoffTold,
                CallEvent.TaskChanged,
                UnansweredEvent {

    /** The org's name. */
    String org();

    /** Twilio Call SID; only a task's event may have none. */
    String callSid();

    /** When a door took the event in. */
    Instant receivedAt();

    /** What tells two events of one kind and call apart. */
    @JsonIgnore
    String key();

    /**
     * {@code segment}, {@code escalation}, {@code end}, {@code note}, {@code release}, {@code state}, {@code outcome}, {@code unanswered},
     * {@code arrived}, {@code voicemail}, {@code cut}, {@code told} or {@code task}.
     */
    @JsonIgnore
    String kind();

    /** The same for every delivery of the same event: the broker drops what it has seen. */
    @JsonIgnore
    default String id() {
        return org() + "/" + callSid() + "/" + kind() + "/" + key();
    }

    /** JMS message group: events of one group are handled one after the other. */
    @JsonIgnore
    default String group() {
        return org() + "/" + callSid();
    }

    /**
     * A final utterance. Another text is another event, also under the same id.
     *
     * @param overheard whether it was heard on the line: what the caller hears is the AI's only until the transfer
     */
    record SegmentSpoken(String org, String callSid, Instant receivedAt, Segment segment, boolean overheard)
            implements CallEvent {

        /** The same of the segment under an id of its own. */
        public SegmentSpoken underOwnId() {
            return new SegmentSpoken(org, callSid, receivedAt, segment.underOwnId(), overheard);
        }

        @Override
        public String key() {
            return segment.id() + "/" + segment.textHash();
        }

        @Override
        public String kind() {
            return "segment";
        }
    }

    /**
     * The AI hands the call over.
     *
     * @param transferred whether the call itself is in the workflow already
     * @param after how many handoffs of the call were over, as far as was known, when it was taken in: the same id means
     *     another decision after one that has failed; {@link #NOT_KNOWN} when the ledger did not say
     */
    record Escalated(
            String org, String callSid, Instant receivedAt, Escalation escalation, boolean transferred, int after)
            implements CallEvent {

        public static final int NOT_KNOWN = Integer.MAX_VALUE;

        /** The same, taken in after so many. */
        public Escalated after(int handoffs) {
            return new Escalated(org, callSid, receivedAt, escalation, transferred, handoffs);
        }

        /** Where it is not known whether it comes again, the broker may not drop it: the ledger tells. */
        @Override
        public String key() {
            return switch (after) {
                case 0 -> escalation.id();
                case NOT_KNOWN -> escalation.id() + "/" + receivedAt;
                default -> escalation.id() + "/" + after;
            };
        }

        @Override
        public String kind() {
            return "escalation";
        }
    }

    /**
     * The call is over for the AI.
     *
     * @param hungUp whether it is over for everybody: the caller is not on the line any more
     */
    record Ended(String org, String callSid, Instant receivedAt, CallEnded end, boolean hungUp) implements CallEvent {
        @Override
        public String key() {
            return hungUp ? "hung-up" : "";
        }

        @Override
        public String kind() {
            return "end";
        }
    }

    /** The AI's own reservation is to be completed: a group of its own, since no caller waits for it. */
    record ReleaseDue(String org, String callSid, Instant receivedAt, AiTask aiTask) implements CallEvent {
        @Override
        public String key() {
            return aiTask.reservationSid();
        }

        @Override
        public String kind() {
            return "release";
        }

        @Override
        public String group() {
            return org + "/" + callSid + "/release";
        }
    }

    /**
     * The note is to be written: a group of its own, so that it runs beside the transfer.
     *
     * @param better with what was found out after the transfer
     * @param decision which handoff of the call it is about, counted from 1; 0, from before there were several: the first
     */
    record NoteDue(
            String org,
            String callSid,
            Instant receivedAt,
            Escalation escalation,
            HandoffContext context,
            boolean better,
            int decision)
            implements CallEvent {
        @Override
        public String key() {
            return Decision.key(escalation.id(), decision) + (better ? "/better" : "");
        }

        @Override
        public String kind() {
            return "note";
        }

        @Override
        public String group() {
            return org + "/" + callSid + "/note";
        }
    }

    /**
     * A handoff has reached a state that a route of the team's own waits for: beside everything else of the call.
     *
     * @param decision which handoff of the call it is about, counted from 1; 0, from before there were several: the first
     */
    record StateReached(String org, String callSid, Instant receivedAt, String state, String cause, int decision)
            implements CallEvent {
        @Override
        public String key() {
            return Decision.key(state, decision);
        }

        @Override
        public String kind() {
            return "state";
        }

        @Override
        public String group() {
            return org + "/" + callSid + "/state";
        }
    }

    /**
     * It is known what has become of a handoff, and the AI phone platform wants to hear of it: beside everything else of the call.
     *
     * @param outcome as the contract names it
     * @param language of the call, a BCP-47 tag, or {@code null}
     * @param cause why, or {@code null}
     * @param decision which handoff of the call it is about, counted from 1
     */
    record OutcomeReached(
            String org, String callSid, Instant receivedAt, String outcome, String language, String cause, int decision)
            implements CallEvent {
        @Override
        public String key() {
            return Decision.key(outcome, decision);
        }

        @Override
        public String kind() {
            return "outcome";
        }

        @Override
        public String group() {
            return org + "/" + callSid + "/outcome";
        }
    }

    /**
     * A handoff has ended soon after a rep had accepted: Twilio is to say whether its call was cut. Beside everything else of the call.
     *
     * @param hungUp whether the line's end told it, not the task's; the call may go on without that
     * @param decision which handoff of the call it is about, counted from 1
     */
    record CutSuspected(String org, String callSid, Instant receivedAt, boolean hungUp, int decision)
            implements CallEvent {
        @Override
        public String key() {
            return Decision.key(hungUp ? "hung-up" : "task", decision);
        }

        @Override
        public String kind() {
            return "cut";
        }

        @Override
        public String group() {
            return org + "/" + callSid + "/cut";
        }
    }

    /** Something became of the call's task. */
    record TaskChanged(String org, String callSid, Instant receivedAt, TaskChange task) implements CallEvent {
        @Override
        public String key() {
            String of = task.reservationSid() == null ? task.taskSid() : task.reservationSid();
            return task.change() + "/" + of;
        }

        @Override
        public String kind() {
            return "task";
        }

        /** Without a call in the order of its task. */
        @Override
        public String group() {
            return org + "/" + (callSid == null ? task.taskSid() : callSid);
        }
    }
}
