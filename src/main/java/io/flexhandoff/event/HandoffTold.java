package io.flexhandoff.event;

import java.time.Instant;

/**
 * The contact center that has a call tells what has become of the handoff: one that has no tasks of TaskRouter.
 *
 * @param decision which handoff of the call it is about, counted from 1; 0 for the latest
 * @param state {@code accepted}, {@code completed} or {@code failed}
 * @param outcome as the contract names it
 * @param cause why, or {@code null}
 */
public record HandoffTold(
        String org, String callSid, Instant receivedAt, int decision, String state, String outcome, String cause)
        implements CallEvent {

    /** Without its number it is not known whether it was told before of another handoff: the ledger tells. */
    @Override
    public String key() {
        return decision == 0 ? state + "/" + receivedAt : Decision.key(state, decision);
    }

    @Override
    public String kind() {
        return "told";
    }
}
