package io.flexhandoff.sandbox.twilio;

import java.time.Instant;
import java.util.Set;

/** An offer of a task to a worker. */
final class Reservation {

    private static final Set<String> HOLDS_WORKER = Set.of("pending", "accepted", "wrapping");

    final String sid = Sids.random("WR");
    final Task task;
    final Worker worker;
    final Instant created = Instant.now();
    Instant updated = created;
    /** When the worker took it, {@code null} when it has not. */
    Instant accepted;
    /** pending, accepted, rejected, canceled, wrapping or completed. */
    String status = "pending";

    int version;

    Reservation(Task task, Worker worker) {
        this.task = task;
        this.worker = worker;
    }

    void status(String newStatus) {
        this.status = newStatus;
        this.version++;
        this.updated = Instant.now();
    }

    boolean isOver() {
        return !HOLDS_WORKER.contains(status);
    }
}
