package io.flexhandoff.event;

import java.time.Instant;

/**
 * The call is over for the AI.
 *
 * @param occurredAt when
 * @param outcome {@code resolved}, {@code abandoned}, {@code escalated}, {@code failed}, or {@code null} if not told
 */
public record CallEnded(Instant occurredAt, String outcome) {}
