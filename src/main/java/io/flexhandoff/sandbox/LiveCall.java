package io.flexhandoff.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A phone call. */
final class LiveCall {

    static final String IN_PROGRESS = "in-progress";

    final String sid = Sids.random("CA");
    final String from;
    final String to;
    final Instant startedAt = Instant.now();
    /** Twilio's call status: in-progress or completed here. */
    String status = IN_PROGRESS;

    Instant endedAt;
    /** The tasks that the call was enqueued with; a redirect from one queue into the next makes another. */
    final List<Task> tasks = new ArrayList<>();
    /** How the call is handed over, for the page: {@code direct} means by redirecting the call. */
    String way = "direct";

    LiveCall(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /** The task that the call was last enqueued with, {@code null} before the first. */
    Task task() {
        return tasks.isEmpty() ? null : tasks.get(tasks.size() - 1);
    }

    boolean inProgress() {
        return status.equals(IN_PROGRESS);
    }
}
