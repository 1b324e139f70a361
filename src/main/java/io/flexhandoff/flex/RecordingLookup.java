package io.flexhandoff.flex;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A look-up that runs beside a handoff: what it finds, and how long the handoff waits for it. */
public final class RecordingLookup {

    final Instant until;
    final CompletableFuture<RecordingLink> link = new CompletableFuture<>();

    /** @param until {@code null}: nobody waits for it */
    RecordingLookup(Instant until) {
        this.until = until;
    }

    /** Whether it has ended, and not failed. */
    public boolean isDone() {
        return link.isDone() && !link.isCompletedExceptionally();
    }

    /** Whether it has found a recording. */
    public boolean hasFound() {
        return isDone() && link.join() != null;
    }
}
