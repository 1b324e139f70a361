package io.flexhandoff.transfer;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A look-up that runs beside a handoff: what it finds, and how long the handoff waits for it. */
public final class RecordingLookup {

    final Instant until;
    final CompletableFuture<RecordingLink> link = new CompletableFuture<>();

    RecordingLookup(Instant until) {
        this.until = until;
    }
}
