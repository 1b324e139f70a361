package io.flexhandoff.enrichment;

import io.flexhandoff.event.HandoffContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A result for which a handoff waits as long as its budget lasts, and which may come later: either the one who waits gets
 * it or the one who brings it learns that nobody waits any more, never both.
 */
public final class Awaited {

    private static final Object WAITING = new Object();
    private static final Object GONE = new Object();

    private final AtomicReference<Object> state = new AtomicReference<>(WAITING);
    private volatile StepResults.Known known;
    private volatile HandoffContext substitute;

    /** Whether the result was brought in time. */
    boolean bring(Object result) {
        return state.compareAndSet(WAITING, result);
    }

    /** Stops waiting: the result, or {@code null} when it has not been brought. */
    Object leave() {
        Object left = state.getAndSet(GONE);
        return left == WAITING || left == GONE ? null : left;
    }

    /** Whether nobody waits any more. */
    boolean isLate() {
        return state.get() == GONE;
    }

    /** What is known before the result is complete, {@code null} at first. */
    StepResults.Known known() {
        return known;
    }

    void known(StepResults.Known known) {
        this.known = known;
    }

    /** What the rep got instead of the result, {@code null} when that is not known. */
    HandoffContext substitute() {
        return substitute;
    }

    void substitute(HandoffContext substitute) {
        this.substitute = substitute;
    }
}
