package io.flexhandoff.enrichment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a caller may be kept waiting for the context, counted from the moment at which the escalation was taken in, and
 * how that time is spent. Bound as {@code budget}.
 */
public final class Budget {

    /** What remains in any case, however long the escalation waited for its turn: enough for what needs no other system. */
    private static final Duration LEAST = Duration.ofMillis(250);

    /** Kept back from the model's time for the steps that follow. */
    private static final Duration RESERVE = Duration.ofMillis(100);

    /** Waits are multiples of this: each length of a wait is an endpoint. */
    private static final long STEP = 50;

    private final Duration budget;
    private final Duration modelTimeout;
    private final Clock clock;

    /** @param modelTimeout how long an answer of the model is waited for when no caller waits */
    public Budget(Duration budget, Duration modelTimeout, Clock clock) {
        this.budget = budget;
        this.modelTimeout = modelTimeout;
        this.clock = clock;
    }

    /**
     * When the handoff goes on without what has not been found by then.
     *
     * @param receivedAt when a door took the escalation in, by the clock of the machine that did
     */
    public Instant deadline(Instant receivedAt) {
        Instant now = clock.instant();
        Instant end = (receivedAt.isBefore(now) ? receivedAt : now).plus(budget);
        Instant least = now.plus(LEAST);
        return end.isBefore(least) ? least : end;
    }

    /** Milliseconds until the deadline, at least {@value #STEP}. */
    public long patience(Instant deadline) {
        return inSteps(Duration.between(clock.instant(), deadline));
    }

    /** Milliseconds that the model has: until shortly before the deadline; when nobody waits any more, its own timeout. */
    public long modelPatience(Instant deadline, Awaited context) {
        return inSteps(
                context.isLate()
                        ? modelTimeout
                        : Duration.between(clock.instant(), deadline).minus(RESERVE));
    }

    private static long inSteps(Duration time) {
        return Math.max(STEP, time.toMillis() / STEP * STEP);
    }
}
