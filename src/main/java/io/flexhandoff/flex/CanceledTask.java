package io.flexhandoff.flex;

import io.flexhandoff.thread.TextParts;

/**
 * What a task that was canceled tells of its handoff, whether an event or a look at the task told it.
 *
 * @param reason Twilio's or somebody's own words, may be {@code null}
 */
public record CanceledTask(String reason) {

    private static final int REASON_LIMIT = 200;

    /** {@code abandoned} when the caller left the queue, which Twilio gives the reason {@code hangup}; or else {@code failed}. */
    public String change() {
        return "hangup".equalsIgnoreCase(reason) ? "abandoned" : "failed";
    }

    /** In words, for the ledger: PostgreSQL takes no U+0000. */
    public String cause() {
        return reason == null || reason.isBlank()
                ? "task canceled"
                : "task canceled: " + TextParts.cut(reason, REASON_LIMIT).replace("\0", "");
    }
}
