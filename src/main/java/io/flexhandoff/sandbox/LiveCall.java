package io.flexhandoff.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A phone call. */
final class LiveCall {

    static final String IN_PROGRESS = "in-progress";

    /** The AI phone answered it; it is handed over by redirecting it. */
    static final String DIRECT = "direct";
    /** TaskRouter offered it to the AI; it is a task already. */
    static final String FLEX = "flex";
    /** The AI speaks by way of ConversationRelay; it is handed over by the answer to Connect's action request. */
    static final String RELAY = "relay";

    final String sid = Sids.random("CA");
    final String from;
    final String to;
    final Instant startedAt = Instant.now();
    /** Twilio's call status: in-progress or completed here. */
    String status = IN_PROGRESS;

    Instant endedAt;
    /** The tasks that the call was enqueued with; a redirect from one queue into the next makes another. */
    final List<Task> tasks = new ArrayList<>();

    final List<Recording> recordings = new ArrayList<>();
    /** How the call came to the AI: {@link #DIRECT}, {@link #FLEX} or {@link #RELAY}. */
    String way = DIRECT;

    /** Its ConversationRelay session, {@code null} when it has none, or none any more. */
    String relaySession;

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
