package io.flexhandoff.bench.standin;

import java.util.ArrayList;
import java.util.List;

/** What Twilio has seen of one call: what a benchmark verifies and times. Times are microseconds since 1970. */
final class Seen {

    final String callSid;
    /** Turns in the order of the thread, as often as they are there. */
    final List<Integer> turns = new ArrayList<>();
    /** When each of these turns was acknowledged, 0 as long as it was not. */
    final List<Long> answered = new ArrayList<>();
    /** Of the turns, those marked as late. */
    final List<Integer> late = new ArrayList<>();
    /** Turns of other calls in this call's thread. */
    int strange;

    int threads;
    /** Updates that a caller hears: with TwiML, a URL or an end. */
    int redirects;

    int enqueues;
    long enqueueArrived;
    long enqueueAnswered;
    /** Updates of the thread's first message, which is kept for the note. */
    int notes;
    /** Messages that are no turns, the note's among them. */
    int others;

    Seen(String callSid) {
        this.callSid = callSid;
    }

    String json() {
        return new Json()
                .put("call", callSid)
                .raw("turns", turns.toString())
                .raw("answered", answered.toString())
                .raw("late", late.toString())
                .put("strange", strange)
                .put("threads", threads)
                .put("redirects", redirects)
                .put("enqueues", enqueues)
                .put("enqueueArrived", enqueueArrived)
                .put("enqueueAnswered", enqueueAnswered)
                .put("notes", notes)
                .put("others", others)
                .end();
    }
}
