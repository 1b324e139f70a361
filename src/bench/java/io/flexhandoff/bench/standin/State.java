package io.flexhandoff.bench.standin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that is known; used by one thread. */
final class State {

    final Map<String, Seen> calls = new HashMap<>();
    final Map<String, Conversation> conversations = new HashMap<>();
    final Tasks tasks = new Tasks();
    /** What was asked and is not played here, and how often. */
    final Map<String, Integer> unknown = new LinkedHashMap<>();

    private final Map<Character, Counts> counts = new HashMap<>();
    private long lastSid;

    /** What an org has done so far. */
    static final class Counts {

        /** Requests. */
        long requests;
        /** Turns in their threads, each once however often it is there. */
        long turns;
        /** Calls that were moved into a workflow. */
        long enqueued;
        /** Threads whose note was written. */
        long noted;
        /** Requests under way and the last one's time, those to TaskRouter aside: timers ask it whenever they like. */
        int inFlight;

        long lastActive = Now.micros();

        String json() {
            return new Json()
                    .put("requests", requests)
                    .put("turns", turns)
                    .put("enqueued", enqueued)
                    .put("noted", noted)
                    .put("inFlight", inFlight)
                    .put("lastActive", lastActive)
                    .end();
        }
    }

    Seen call(String sid) {
        return calls.computeIfAbsent(sid, Seen::new);
    }

    String newSid(String kind) {
        return kind + "%032x".formatted(++lastSid);
    }

    /** @param sid of an account or a service, which ends like all SIDs of its org */
    Counts counts(String sid) {
        return counts.computeIfAbsent(sid.charAt(sid.length() - 1), none -> new Counts());
    }

    void begins(Asked asked) {
        Counts of = counts(asked.owner());
        of.requests++;
        if (!asked.isToTaskRouter()) {
            of.inFlight++;
            of.lastActive = Now.micros();
        }
    }

    void ends(Asked asked) {
        if (!asked.isToTaskRouter()) {
            Counts of = counts(asked.owner());
            of.inFlight--;
            of.lastActive = Now.micros();
        }
    }

    /** Forgets what became of calls; counts go on, since requests may be under way. */
    void clear() {
        calls.clear();
        conversations.clear();
        tasks.clear();
        unknown.clear();
    }
}
