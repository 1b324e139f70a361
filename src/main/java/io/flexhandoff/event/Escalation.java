package io.flexhandoff.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The AI's decision to hand the call to a human, with whatever context it has. Everything but {@code id} and
 * {@code occurredAt} may be {@code null}.
 *
 * @param id the AI phone platform's id of the escalation
 * @param occurredAt when the AI decided
 * @param reason short phrase
 * @param summary one paragraph
 * @param sentiment {@code positive}, {@code neutral} or {@code negative}
 * @param language BCP-47 tag; what names a language becomes its tag, what names none {@code null}
 * @param from the caller's number, E.164
 * @param to the number that was called, E.164
 * @param recentTurns the last turns as the AI knows them; those missing from the thread are appended
 * @param customData put on the task unchanged
 * @param workflowSid overrides the org's workflow
 * @param priority of the task, 0 and up
 * @param task set when the call is a Flex task already
 * @param leftOut what of it a door could not take, by the names of its fields; {@code null} for nothing
 */
public record Escalation(
        String id,
        Instant occurredAt,
        String reason,
        String summary,
        String sentiment,
        String language,
        String from,
        String to,
        List<Segment> recentTurns,
        Map<String, Object> customData,
        String workflowSid,
        Integer priority,
        FlexTask task,
        String leftOut) {

    public Escalation {
        language = LanguageTag.of(language);
        recentTurns = recentTurns == null ? List.of() : List.copyOf(recentTurns);
        customData = customData == null ? Map.of() : customData;
    }

    /** The same, and what a door had to leave out. */
    public Escalation without(String leftOut) {
        return with(occurredAt, leftOut);
    }

    /** The same, dated by our clock when its own date cannot be: it is ahead of ours, or longer ago than any call lasts. */
    Escalation datedBy(Instant now) {
        boolean absurd = SenderClocks.isAhead(occurredAt, now) || SenderClocks.isLongAgo(occurredAt, now);
        return absurd ? with(now, leftOut) : this;
    }

    private Escalation with(Instant occurredAt, String leftOut) {
        return new Escalation(
                id,
                occurredAt,
                reason,
                summary,
                sentiment,
                language,
                from,
                to,
                recentTurns,
                customData,
                workflowSid,
                priority,
                task,
                leftOut);
    }

    /** The task and the AI's reservation of a call that came through Flex. */
    public record FlexTask(String taskSid, String reservationSid) {}
}
