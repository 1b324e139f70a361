package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Turn;

/** Where a load goes, and in which words. */
public interface Target {

    /** What is sent before a call's first segment and counts for nothing, or {@code null}. */
    default Http.Request opening(int call) {
        return null;
    }

    /** What posts one segment. */
    Http.Request segment(Turn turn);

    /** What escalates a call after its last turn. */
    Http.Request escalation(Turn last);

    /** Whether an escalation's answer is what it should be. */
    default boolean isRight(Http.Answer escalated) {
        return escalated.isGood();
    }

    /** Whether the answer itself moves the call, so that nothing redirects it. */
    default boolean movesByAnswer() {
        return false;
    }

    /** Whether each call's thread gets a note. */
    default boolean writesNotes() {
        return false;
    }
}
