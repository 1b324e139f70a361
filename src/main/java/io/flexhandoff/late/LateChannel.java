package io.flexhandoff.late;

import io.flexhandoff.event.CallEvent;
import io.flexhandoff.twilio.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plans what becomes of an event that failed. Bound as {@code lateChannel}. */
public final class LateChannel {

    private final List<Duration> delays;
    private final Clock clock;

    /** @param delays waits before each further try, in order */
    public LateChannel(List<Duration> delays, Clock clock) {
        this.delays = List.copyOf(delays);
        this.clock = clock;
    }

    /** The number that a message's header carries, 0 without it. */
    public int count(Integer header) {
        return header == null ? 0 : header;
    }

    /**
     * @param event the event, or {@code null} when the message could not even be read
     * @param replays how often an operator replayed it
     * @param attempt tries before the one that failed, since the last replay
     * @param firstFailure when the first try failed, ISO 8601, or {@code null} when this was the first
     */
    public NextTry next(CallEvent event, int replays, int attempt, String firstFailure, Exception failure) {
        Instant now = clock.instant();
        boolean again = event != null && attempt < delays.size() && mayHelp(FailureKind.of(failure));
        Instant due = again ? now.plus(delays.get(attempt)) : null;
        return new NextTry(
                event,
                replays,
                attempt + 1,
                firstFailure == null || firstFailure.isEmpty() ? now.toString() : firstFailure,
                now.toString(),
                describe(failure),
                due);
    }

    private static boolean mayHelp(FailureKind kind) {
        return kind != FailureKind.FINAL && kind != FailureKind.GONE;
    }

    /** The failure in a line: its innermost words, which carry no secret and no transcript text. */
    private static String describe(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String text = inner.getClass().getSimpleName() + ": " + inner.getMessage();
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}
