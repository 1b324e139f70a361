package io.flexhandoff.late;

import com.twilio.exception.ApiException;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.UnansweredEvent;
import io.flexhandoff.trace.FailureWords;
import io.flexhandoff.twilio.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.util.ObjectHelper;

/** Plans what becomes of an event that failed. Bound as {@code lateChannel}. */
public final class LateChannel {

    /**
     * How much later than segments that wait what waits for them comes back. A scheduled message that falls due goes to the head of its
     * queue (Artemis 2.40), before one that fell due just now and is not delivered yet.
     */
    private static final Duration BEHIND = Duration.ofMillis(200);

    private final List<Duration> delays;
    private final List<Duration> transferDelays;
    private final Duration window;
    private final Clock clock;

    /**
     * @param delays waits before each further try, in order; then the event is a dead letter
     * @param transferDelays waits before each further try of an escalation, in order, the last of them again and again: a
     *     caller waits
     * @param transferLimit how long after its first failure an escalation is tried, about
     * @param window how long a segment waits for the one before it
     */
    public LateChannel(
            List<Duration> delays,
            List<Duration> transferDelays,
            Duration transferLimit,
            Duration window,
            Clock clock) {
        this.delays = List.copyOf(delays);
        this.transferDelays = until(transferLimit, transferDelays);
        this.window = window;
        this.clock = clock;
    }

    /**
     * @param event the event, or {@code null} when the message could not even be read
     * @param text of its message
     * @param delivery how it had fared before this try
     */
    public NextTry next(CallEvent event, String text, Delivery delivery, Exception failure) {
        Instant now = clock.instant();
        FailureKind kind = FailureKind.of(failure);
        int attempt = delivery.attempt();
        Delivery failed = delivery.extra()
                ? delivery
                : new Delivery(
                        kind == FailureKind.NOT_TRIED ? attempt : attempt + 1,
                        delivery.replays(),
                        delivery.parkings() + 1,
                        delivery.firstFailure() == null ? now.toString() : delivery.firstFailure(),
                        false,
                        false,
                        false);
        return new NextTry(
                event,
                text,
                failed,
                now.toString(),
                describe(failure),
                event == null || delivery.extra() || !mayHelp(kind, event)
                        ? null
                        : due(event, attempt, delivery.parkings(), now),
                kind == FailureKind.GONE && !goesOnInAnotherThread(event),
                kind == FailureKind.PERHAPS_DONE && !isAnswered(failure),
                kind == FailureKind.FINAL);
    }

    private static boolean isAnswered(Exception failure) {
        ApiException answer = ObjectHelper.getException(ApiException.class, failure);
        return answer != null && answer.getStatusCode() != null;
    }

    /** The event, put back for a moment, once, so that one that is missing can come before it. */
    public EventPost afterWindow(CallEvent event, String text, Delivery delivery) {
        Instant due = clock.instant().plus(window);
        return EventPost.waiting(
                event, text, delivery, event instanceof CallEvent.SegmentSpoken ? due : due.plus(BEHIND));
    }

    /**
     * A segment that was heard on the line, to go on after one of the other track that was spoken before it. A clock that goes
     * ahead of ours makes it wait twice as long at most.
     */
    public EventPost windowAfter(CallEvent.SegmentSpoken heard) {
        Instant due = heard.segment().spokenAt().plus(window);
        Instant latest = clock.instant().plus(window.multipliedBy(2));
        return EventPost.at(heard, due.isBefore(latest) ? due : latest);
    }

    private static boolean mayHelp(FailureKind kind, CallEvent event) {
        return kind != FailureKind.FINAL && (kind != FailureKind.GONE || goesOnInAnotherThread(event));
    }

    /** What belongs into a thread goes into the next one when that is closed, and has not met it open this time. */
    private static boolean goesOnInAnotherThread(CallEvent event) {
        return event instanceof CallEvent.SegmentSpoken || event instanceof CallEvent.NoteDue;
    }

    /** A try that an open circuit prevented is none, except where a caller waits: they waited all the same. */
    private Instant due(CallEvent event, int attempt, int parkings, Instant now) {
        boolean callerWaits = event instanceof CallEvent.Escalated || event instanceof UnansweredEvent.StepDue;
        List<Duration> waits = callerWaits ? transferDelays : delays;
        int tries = callerWaits ? parkings : attempt;
        return tries < waits.size() ? now.plus(waits.get(tries)) : null;
    }

    private static List<Duration> until(Duration limit, List<Duration> delays) {
        List<Duration> all = new ArrayList<>();
        Duration sum = Duration.ZERO;
        for (int i = 0; sum.compareTo(limit) < 0; i++) {
            Duration next = delays.get(Math.min(i, delays.size() - 1));
            all.add(next);
            sum = sum.plus(next);
        }
        return List.copyOf(all);
    }

    /** Its innermost words carry no secret and no transcript text. */
    private static String describe(Throwable failure) {
        String text = FailureWords.of(failure);
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}
