package io.flexhandoff.ledger;

import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.HandoffContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/** Words and times of the ledger. Bound as {@code ledger}. */
public final class Ledger {

    /** A live call lasts up to 24 hours (Twilio's longest); its entry must outlive it. */
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    private static final Set<String> FINAL = Set.of("completed", "abandoned", "failed");

    private final Duration retention;
    private final Duration inFlight;
    private final Clock clock;

    /**
     * @param retention how long a call's entry is kept, from the call's start
     * @param inFlight how long a request to Twilio may last
     * @throws IllegalArgumentException when a live call could outlast it
     */
    public Ledger(Duration retention, Duration inFlight, Clock clock) {
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("handoff.ledger.retention must be at least 1d: a call may last a day");
        }
        this.retention = retention;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /**
     * Seconds after which what a node had in hand when it lost the broker is done or not: a request to Twilio that was
     * on its way has ended.
     */
    public int inFlight() {
        return Math.toIntExact(inFlight.toSeconds()) + 1;
    }

    /**
     * State of a call that ends without a handoff: what the AI says, {@code resolved} when it does not say. An outcome of
     * {@code escalated} leaves the call active: its escalation is on the way.
     */
    public String stateOf(CallEnded end) {
        String outcome = end.outcome() == null ? "resolved" : end.outcome();
        return "escalated".equals(outcome) ? "active" : outcome;
    }

    /** The AI's reason, or {@code derived}: a reason that is derived repeats the caller's words. */
    public String reasonOf(HandoffContext context) {
        return context.derived().contains("reason") ? "derived" : context.reason();
    }

    /** Whether a handoff in that state is over: the next decision of its call begins another. */
    public static boolean isFinal(Object state) {
        return state instanceof String name && FINAL.contains(name);
    }

    /** How many handoffs of the call were over when that of a row began. */
    public static int begunAfter(Map<String, Object> row) {
        return row.get("begun_after") instanceof Number number ? number.intValue() : 0;
    }

    /** Why a handoff ended in that state when its call did, {@code null} where nothing went wrong. */
    public String causeOfHangUp(String state) {
        return "abandoned".equals(state) ? "the caller hung up" : null;
    }

    /** How long the caller of a row of {@code handoff} waited for a rep, by our clock as far as Twilio's differs. */
    public long millisToAccept(Map<String, Object> handoff) {
        return Math.max(
                0,
                Duration.between(instant(handoff.get("escalated_at")), instant(handoff.get("accepted_at")))
                        .toMillis());
    }

    /** A timestamp of a row, which H2 and PostgreSQL answer in different types; {@code null} for none. */
    public static Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Instant time) {
            return time;
        }
        return value instanceof Timestamp time ? time.toInstant() : null;
    }

    /** Entries of calls that started before this are to be purged. */
    public Instant keptSince() {
        return clock.instant().minus(retention);
    }
}
