package io.flexhandoff.ledger;

import io.flexhandoff.event.CallEnded;

/** Words of the ledger. Bound as {@code ledger}. */
public final class Ledger {

    /** State of a call that ends without a handoff. */
    public String stateOf(CallEnded end) {
        String outcome = end.outcome();
        return "abandoned".equals(outcome) || "failed".equals(outcome) ? outcome : "resolved";
    }
}
