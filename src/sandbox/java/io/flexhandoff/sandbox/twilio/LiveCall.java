package io.flexhandoff.sandbox.twilio;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A phone call. */
final class LiveCall {

    static final String IN_PROGRESS = "in-progress";

    private static final int HEARD = 200;

    /** What is done when the caller hangs up, {@code null} for nothing. */
    Runnable onHangUp;

    final String sid = Sids.random("CA");
    final String from;
    final String to;
    final Instant startedAt = Instant.now();
    /** Twilio's call status: in-progress or completed here. */
    String status = IN_PROGRESS;

    Instant endedAt;
    /** Whether the rep has ended it, not the caller. */
    boolean endedByRep;
    /** The tasks that the call was enqueued with; a redirect from one queue into the next makes another. */
    final List<Task> tasks = new ArrayList<>();

    final List<Recording> recordings = new ArrayList<>();
    /** The lines that its {@code <Dial>}s rang, in order. */
    final List<DialedLine> dialed = new ArrayList<>();
    /** The call whose {@code <Dial>} rings it, {@code null} when somebody called us. */
    String parent;

    Way way = Way.DIRECT;

    /** The ConversationRelay session ({@code VX…}) or stream ({@code MZ…}) of its {@code <Connect>}, {@code null} when it has none. */
    String connected;

    /** What is asked when that is over, {@code null} for the account's. */
    String connectAction;

    /** How often it was given other TwiML. */
    int moves;

    /** Whether its task is offered to no rep. */
    boolean unanswered;

    /** What the caller has heard and been asked lately, such as {@code say en-US: Hello.} and {@code play https://…}. */
    final Deque<String> heard = new ArrayDeque<>();

    /** When it came into the queue that it waits in, {@code null} when it does not wait. */
    Instant waitsSince;

    /** Takes the keys that the caller presses, {@code null} while nobody asks for any. */
    Consumer<String> keys;

    LiveCall(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /** The task that the call was last enqueued with, {@code null} before the first. */
    Task task() {
        return tasks.isEmpty() ? null : tasks.get(tasks.size() - 1);
    }

    void hears(String what) {
        heard.add(what);
        if (heard.size() > HEARD) {
            heard.remove();
        }
    }

    boolean isOnRelay() {
        return connected != null && connected.startsWith("VX");
    }

    boolean inProgress() {
        return status.equals(IN_PROGRESS);
    }
}
