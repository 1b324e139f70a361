package io.flexhandoff.sandbox.twilio;

import java.util.List;

/**
 * The side of whoever a call's {@code <Dial>} rings: the line that was dialed last. Each throws an {@link IllegalArgumentException} if there
 * is no such call.
 */
public final class Dials {

    private final Accounts accounts;

    Dials(Accounts accounts) {
        this.accounts = accounts;
    }

    /** What a call's {@code <Dial>} rings: a phone number, or a SIP URI with its headers; {@code null} when it has dialed nobody. */
    public String dialed(String callSid) {
        return accounts.inCall(callSid, (state, call) -> line(call) == null ? null : line(call).to);
    }

    /** Whoever is rung picks up; the first word may be ours, then caller and callee are connected. */
    public void pickUp(String callSid) {
        accounts.changeCall(callSid, (state, call) -> line(call).pickUp());
    }

    /** Whether the caller speaks with whom the call has dialed. */
    public boolean isConnected(String callSid) {
        return accounts.inCall(
                callSid, (state, call) -> line(call) != null && line(call).isConnected());
    }

    /** What the one who has picked up has heard before that. */
    public List<String> heardFirst(String callSid) {
        return accounts.inCall(callSid, (state, call) -> List.copyOf(line(call).line.heard));
    }

    /**
     * The line ends: who has picked up hangs up, or nobody does.
     *
     * @param unlessAnswered {@code busy}, {@code no-answer} or {@code failed}
     */
    public void end(String callSid, String unlessAnswered) {
        accounts.changeCall(callSid, (state, call) -> line(call).end(unlessAnswered));
    }

    private static DialedLine line(LiveCall call) {
        return call.dialed.isEmpty() ? null : call.dialed.get(call.dialed.size() - 1);
    }
}
