package io.flexhandoff.call;

import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Segment;
import io.flexhandoff.flex.RecordingLookup;
import io.flexhandoff.flex.Recordings;
import io.flexhandoff.late.Delivery;
import io.flexhandoff.late.NextTry;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.thread.ThreadMessages;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What routes do at each segment, where expressions would cost more than the step itself. */
public final class SegmentSteps {

    private final LiveCalls calls;
    private final ThreadMessages messages;
    private final HandoffMetrics metrics;
    private final Recordings recordings;

    public SegmentSteps(LiveCalls calls, ThreadMessages messages, HandoffMetrics metrics, Recordings recordings) {
        this.recordings = recordings;
        this.calls = calls;
        this.messages = messages;
        this.metrics = metrics;
    }

    /**
     * Bound as {@code lookAtSegment}. In: a segment's event as the body, variable {@code delivery}. Out: {@code spoken}, that event;
     * {@code segment}; {@code conversationSid}, {@code noteMessageSid} and {@code closedSid} (the thread that was closed last), or none; {@code late};
     * {@code parkedBefore}, the events of segments before it that are parked, or none; {@code turn}: {@code take}, {@code wait} (the one before is missing) or {@code leave}
     * (heard after the transfer, it is the rep; tried before its time, but parked no more).
     */
    public Processor look() {
        return exchange -> {
            CallEvent.SegmentSpoken spoken = exchange.getMessage().getBody(CallEvent.SegmentSpoken.class);
            exchange.setVariable("spoken", spoken);
            exchange.setVariable("segment", spoken.segment());
            LiveCall call = call(exchange);
            exchange.setVariable("conversationSid", call.conversationSid());
            exchange.setVariable("noteMessageSid", call.noteMessageSid());
            exchange.setVariable("closedSid", call.closedSid());
            exchange.setVariable("turn", turn(exchange, spoken, call));
            Delivery delivery = exchange.getVariable("delivery", Delivery.class);
            exchange.setVariable("late", delivery.replays() > 0 || call.late(spoken, delivery.late()));
            List<CallEvent.SegmentSpoken> before =
                    call.parkedBefore(spoken.segment().sequence());
            exchange.setVariable("parkedBefore", before.isEmpty() ? null : before);
        };
    }

    /** Bound as {@code lookAtParked}. In: the event of a parked segment as the body. Out: variables as of {@link #look}, to take it. */
    public Processor lookAtParked() {
        return exchange -> {
            CallEvent.SegmentSpoken spoken = exchange.getMessage().getBody(CallEvent.SegmentSpoken.class);
            LiveCall call = call(exchange);
            exchange.setVariable("spoken", spoken);
            exchange.setVariable("segment", spoken.segment());
            exchange.setVariable("conversationSid", call.conversationSid());
            exchange.setVariable("noteMessageSid", call.noteMessageSid());
            exchange.setVariable("late", call.late(spoken, true));
        };
    }

    /** Bound as {@code segmentParked}. In: variable {@code next}, what becomes of an event that failed. */
    public Processor parked() {
        return exchange -> {
            NextTry next = exchange.getVariable("next", NextTry.class);
            if (next.event() instanceof CallEvent.SegmentSpoken spoken
                    && next.delivery().replays() == 0) {
                LiveCall call = calls.known(spoken.org(), spoken.callSid());
                if (call == null) {
                    return;
                }
                if (next.again() || next.extra()) {
                    call.parked(spoken, next.unanswered());
                } else {
                    call.givenUp(spoken.segment().id());
                }
            }
        };
    }

    private static String turn(Exchange exchange, CallEvent.SegmentSpoken spoken, LiveCall call) {
        if (exchange.getVariable("delivery", Delivery.class).extra()
                && !call.isParked(spoken.segment().id())) {
            return "leave";
        }
        if (spoken.overheard()
                && !spoken.segment().byCaller()
                && call.withRep(spoken.segment().spokenAt())) {
            return "leave";
        }
        boolean mayWait = !exchange.getVariable("waited", Boolean.class);
        return mayWait && call.gap(spoken.segment().id(), spoken.segment().sequence()) ? "wait" : "take";
    }

    /** Bound as {@code segmentWaits}: the call has a segment that waits. */
    public Processor waits() {
        return exchange -> {
            CallEvent.SegmentSpoken spoken = spoken(exchange);
            LiveCall call = call(exchange);
            call.waits(spoken.segment().id(), spoken.segment().sequence(), spoken.overheard());
            call.said(spoken.segment());
        };
    }

    /** Bound as {@code segmentTaken}: it is this try's. Out: variable {@code messages}, what the segment is in the thread. */
    public Processor taken() {
        return exchange -> {
            CallEvent.SegmentSpoken spoken = spoken(exchange);
            LiveCall call = call(exchange);
            call.taken(spoken.segment().id(), spoken.segment().sequence(), spoken.overheard());
            call.said(spoken.segment());
            exchange.setVariable(
                    "messages", messages.segment(spoken.segment(), exchange.getVariable("late", Boolean.class)));
        };
    }

    /** Bound as {@code segmentRenamed}. Out: the event of the same segment under an id of its own as the body. */
    public Processor renamed() {
        return exchange -> {
            CallEvent.SegmentSpoken spoken = spoken(exchange);
            call(exchange).renamed(spoken.segment().id());
            exchange.getMessage().setBody(spoken.underOwnId());
        };
    }

    /** Bound as {@code segmentAppended}: counted. Out: variable {@code reusedId}, what is to be told of its id, or none. */
    public Processor appended() {
        return exchange -> {
            LiveCall call = call(exchange);
            Segment segment = spoken(exchange).segment();
            call.appended(segment);
            exchange.setVariable("reusedId", segment.isRenamed() ? segment.reusedId() : null);
            metrics.appended(spoken(exchange).org(), exchange.getVariable("late", Boolean.class), call.transferredAt());
        };
    }

    /** Bound as {@code threadOpened}: the call has the thread of the variables {@code conversationSid} and {@code noteMessageSid}. */
    public Processor opened() {
        return exchange -> call(exchange)
                .opened(
                        exchange.getVariable("conversationSid", String.class),
                        exchange.getVariable("noteMessageSid", String.class));
    }

    /** Bound as {@code threadContinued}: the same, and the thread of the variable {@code closedSid} is closed. */
    public Processor continued() {
        return exchange -> {
            call(exchange).closed(exchange.getVariable("closedSid", String.class));
            opened().process(exchange);
        };
    }

    /** Bound as {@code recordingOfCall}. Out: variable {@code recording}, a look-up for whoever hands the call over later. */
    public Processor recording() {
        return exchange -> {
            RecordingLookup lookup = recordings.forLater();
            call(exchange).recording(lookup);
            exchange.setVariable("recording", lookup);
        };
    }

    private LiveCall call(Exchange exchange) {
        return calls.of(exchange.getVariable("org", String.class), exchange.getVariable("callSid", String.class));
    }

    /** The event, or one of the recent turns of an escalation. */
    private static CallEvent.SegmentSpoken spoken(Exchange exchange) {
        return exchange.getVariable("spoken", CallEvent.SegmentSpoken.class);
    }
}
