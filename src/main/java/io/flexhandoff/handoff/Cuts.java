package io.flexhandoff.handoff;

import com.twilio.base.ResourceSet;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.call.Recording;
import io.flexhandoff.component.Answer;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/**
 * Tells whether the call of a handoff was cut soon after a rep had accepted, and what Twilio says about it. Twilio does not say who hung
 * up: what a rep has dealt with in less time is reported as well.
 *
 * <p>The call resource's status and times, and the conference's {@code reason_conference_ended} and {@code call_sid_ending_conference},
 * are Twilio's (OpenAPI document {@code twilio_api_v2010}); TaskRouter names the conference after the task (Twilio documentation, "Call
 * control concepts").
 */
public final class Cuts {

    private static final Set<Call.Status> OVER = Set.of(
            Call.Status.COMPLETED, Call.Status.BUSY, Call.Status.FAILED, Call.Status.NO_ANSWER, Call.Status.CANCELED);

    private final Duration watch;

    /** @param watch how long after the accept a call that is over was cut; zero to ask nothing */
    public Cuts(Duration watch) {
        this.watch = watch;
    }

    /**
     * Bound as {@code isCutSuspected}. In: variables {@code target}, {@code reached}, {@code known}, the handoff's row, and {@code event}.
     * Whether a handoff to Flex has just ended that a rep had, soon after the accept: of other centers nothing tells a short conversation
     * from a cut.
     */
    public Predicate suspected() {
        return exchange -> {
            Map<?, ?> known = known(exchange);
            return Targets.FLEX.equals(exchange.getVariable("target", Targets.FLEX, String.class))
                    && "completed".equals(exchange.getVariable("reached"))
                    && isEnded(known)
                    && isSoon(known, endTold(exchange));
        };
    }

    /** Bound as {@code wasLineOver}. In: variable {@code event}. Whether it was the line's end that told it. */
    public Expression lineOver() {
        return Answer.of(exchange -> exchange.getVariable("event") instanceof CallEvent.Ended);
    }

    /**
     * Bound as {@code lookAtEndOfCall}. In: the call as Twilio has it, as the body; variables {@code known}, {@code event}, {@code attempt}.
     * Out: variables {@code cut}, whether it was, and {@code said}, what Twilio says about it.
     *
     * @throws IllegalStateException when the call goes on, at the first try: Twilio may tell of a line's end before its API does
     */
    public Processor look() {
        return exchange -> {
            Call call = exchange.getMessage().getBody(Call.class);
            if (!OVER.contains(call.getStatus())) {
                if (exchange.getVariable("attempt", 0, Integer.class) == 0) {
                    throw new IllegalStateException("Twilio has the call as " + call.getStatus());
                }
                exchange.setVariable("cut", false);
                return;
            }
            Map<?, ?> known = known(exchange);
            Instant over = call.getEndTime() == null
                    ? exchange.getVariable("event", CallEvent.class).receivedAt()
                    : call.getEndTime().toInstant();
            exchange.setVariable("cut", isEnded(known) && isSoon(known, over));
            List<String> said = new ArrayList<>();
            said.add("cut " + seconds(known, over) + " s after the accept");
            said.add("Twilio has the call as " + call.getStatus()
                    + (call.getDuration() == null ? "" : " after " + call.getDuration() + " s"));
            exchange.setVariable("said", said);
        };
    }

    /** Bound as {@code addWhoEnded}. In: conferences named after the task, as the body; variables {@code callSid} and {@code said}. */
    public Processor whoEnded() {
        return exchange -> {
            for (Conference conference : firstPage(exchange, Conference.class)) {
                if (conference.getReasonConferenceEnded() != null) {
                    String line = conference.getCallSidEndingConference();
                    String whose = line == null
                            ? ""
                            : line.equals(exchange.getVariable("callSid"))
                                    ? "by the caller's line, "
                                    : "by " + line + ", ";
                    said(exchange).add("its conference ended " + whose + conference.getReasonConferenceEnded());
                    return;
                }
            }
        };
    }

    /** Bound as {@code addRecordings}. In: the call's recordings, as the body; variable {@code said}. */
    public Processor recordings() {
        return exchange -> {
            for (Recording recording : firstPage(exchange, Recording.class)) {
                if (recording.getStatus() != Recording.Status.ABSENT) {
                    said(exchange).add("recording " + recording.getSid());
                }
            }
        };
    }

    /** Bound as {@code causeOfCut}. In: variable {@code said}. */
    public Expression cause() {
        return Answer.of(exchange -> String.join("; ", said(exchange)));
    }

    private static <T extends com.twilio.base.Resource> Iterable<T> firstPage(Exchange exchange, Class<T> type) {
        @SuppressWarnings("unchecked")
        ResourceSet<T> found = (ResourceSet<T>) exchange.getMessage().getBody(ResourceSet.class);
        found.setAutoPaging(false);
        return found;
    }

    /** Ended with a rep, and not reported yet. */
    private static boolean isEnded(Map<?, ?> known) {
        return known != null && "completed".equals(known.get("state")) && "accepted".equals(known.get("outcome"));
    }

    private boolean isSoon(Map<?, ?> known, Instant over) {
        Instant accepted = Ledger.instant(known.get("accepted_at"));
        return !watch.isZero() && accepted != null && !over.isAfter(accepted.plus(watch));
    }

    /** By Twilio's time where that is told, which an event that comes late does not change. */
    private static Instant endTold(Exchange exchange) {
        Instant received = exchange.getVariable("event", CallEvent.class).receivedAt();
        TaskChange change = exchange.getVariable("change", TaskChange.class);
        return change != null
                        && change.occurredAt() != null
                        && change.occurredAt().isBefore(received)
                ? change.occurredAt()
                : received;
    }

    /** Twilio's times are whole seconds. */
    private static long seconds(Map<?, ?> known, Instant over) {
        return Math.max(
                0,
                Duration.between(Ledger.instant(known.get("accepted_at")), over).toSeconds());
    }

    private static Map<?, ?> known(Exchange exchange) {
        return exchange.getVariable("known", Map.class);
    }

    @SuppressWarnings("unchecked")
    private static List<String> said(Exchange exchange) {
        return exchange.getVariable("said", List.class);
    }
}
