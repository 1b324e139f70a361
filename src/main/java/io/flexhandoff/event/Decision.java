package io.flexhandoff.event;

/** Which of a call's handoffs something is about: counted from 1, a new one for each decision after a final state. */
final class Decision {

    private Decision() {}

    /** What is unique in the first handoff is so in the call: others add their number. */
    static String key(String ofHandoff, int decision) {
        return decision > 1 ? ofHandoff + "/" + decision : ofHandoff;
    }

    /** @param decision {@code null} or 0 for the first */
    static int number(Integer decision) {
        return decision == null ? 1 : Math.max(1, decision);
    }
}
