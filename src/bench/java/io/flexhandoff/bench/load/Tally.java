package io.flexhandoff.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a load sent, and what its senders saw. Used by the load's one thread, and read when that has come to an end. */
public final class Tally {

    /** From the moment in which a segment was to be sent until it was acknowledged. */
    public final Times segmentsAcknowledged = new Times();

    /** Likewise of escalations. */
    public final Times escalationsAcknowledged = new Times();

    /** By the call's number. */
    public final SortedMap<Integer, Sent> sent = new TreeMap<>();

    /** Answers 503 with {@code Retry-After}, of segments. */
    public int refusedSegments;

    /** Likewise of escalations. */
    public int refusedEscalations;

    /** What went wrong for good. */
    public final List<String> failures = new ArrayList<>();

    /** What was sent of one call. */
    public static final class Sent {

        /** When each turn was to be sent, microseconds since 1970. */
        public final List<Long> turns = new ArrayList<>();

        /** When the escalation was to be sent, 0 when it never was. */
        public long escalation;
    }

    Sent of(int call) {
        return sent.computeIfAbsent(call, none -> new Sent());
    }

    public int segments() {
        return sent.values().stream().mapToInt(call -> call.turns.size()).sum();
    }

    public int escalations() {
        return (int) sent.values().stream().filter(call -> call.escalation > 0).count();
    }
}
