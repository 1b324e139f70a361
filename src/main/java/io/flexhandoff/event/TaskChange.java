package io.flexhandoff.event;

import java.time.Instant;

/**
 * What became of a task.
 *
 * @param change {@code created}, {@code offered} (to the AI worker), {@code accepted}, {@code completed}, {@code abandoned} (its caller left before a rep
 *     came) or {@code failed} (no rep will come)
 * @param taskSid {@code WT…}
 * @param reservationSid {@code WR…}, {@code null} when no worker is part of it
 * @param workerSid {@code WK…}, likewise
 * @param handedOff whether the task carries the attributes of a handoff; {@code null} when they could not be read
 * @param occurredAt when
 * @param cause why, of a task that was abandoned or failed
 * @param handoffTimestamp the task's attribute of that name, which tells the handoffs of a call apart; {@code null} for none
 */
public record TaskChange(
        String change,
        String taskSid,
        String reservationSid,
        String workerSid,
        Boolean handedOff,
        Instant occurredAt,
        String cause,
        String handoffTimestamp) {}
