package io.flexhandoff.dial;

import java.util.Map;
import java.util.Set;

/**
 * How a {@code <Dial>} ended, as Twilio tells its {@code action} (Twilio documentation, "TwiML Voice: Dial").
 *
 * @param status {@code completed}, {@code answered}, {@code busy}, {@code no-answer}, {@code failed} or {@code canceled}
 * @param wasConnected whether the two have been connected
 * @param callerIsGone whether the caller is not on the line any more
 */
record DialEnd(String status, boolean wasConnected, boolean callerIsGone) {

    private static final Set<String> OVER = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    static DialEnd of(Map<String, String> form) {
        String status = form.getOrDefault("DialCallStatus", "failed");
        boolean picked = Set.of("completed", "answered").contains(status);
        return new DialEnd(
                status,
                picked && !"false".equals(form.get("DialBridged")),
                OVER.contains(form.getOrDefault("CallStatus", "")));
    }

    /** Whether the number or address was not reached at all. */
    boolean isFailure() {
        return status.equals("failed");
    }
}
