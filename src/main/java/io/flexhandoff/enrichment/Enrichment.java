package io.flexhandoff.enrichment;

import io.flexhandoff.component.conversations.ThreadMessage;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.thread.TextParts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keeps what the AI gave and gathers what is derived. Bound as {@code enrichment}. */
public final class Enrichment {

    /** As long as the contract allows it, and never longer than the ledger's column. */
    private static final int REASON_LIMIT = 500;

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,6}");
    private static final String UNDETERMINED = "und";

    private final List<String> steps;

    /** @param steps names of the steps, in order */
    public Enrichment(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The routes of the steps, for a routing slip. */
    public String route() {
        return steps.stream().map(step -> "direct:enrich-" + step).collect(Collectors.joining(","));
    }

    /** The value, or {@code null} when there is nothing in it. */
    public String given(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether the AI left anything to derive. */
    public boolean incomplete(Escalation escalation) {
        return !missing(escalation).isEmpty();
    }

    /** The turns that came with the escalation. */
    public List<Turn> turns(Escalation escalation) {
        return escalation.recentTurns().stream()
                .filter(segment -> segment.finished())
                .map(segment -> new Turn(segment.byCaller(), segment.text(), segment.language()))
                .toList();
    }

    /** The turns among the messages of a thread. */
    public List<Turn> turnsOf(List<ThreadMessage> messages) {
        return messages.stream()
                .filter(message -> message.attributes().containsKey("speaker"))
                .map(message -> new Turn("caller".equals(message.attributes().get("speaker")), message.body(), (String)
                        message.attributes().get("language")))
                .toList();
    }

    /** What the steps work on. */
    public EnrichmentRequest request(String org, String callSid, Escalation escalation, String conversationSid) {
        return new EnrichmentRequest(org, callSid, escalation, conversationSid);
    }

    /** The context of a handoff whose steps did not finish in time: what the AI gave. */
    public HandoffContext asGiven(Escalation escalation) {
        return context(
                escalation, escalation.reason(), escalation.summary(), escalation.sentiment(), escalation.language());
    }

    /** The context of the handoff; a field that no step filled gets a word that says so. */
    public HandoffContext context(
            Escalation escalation, String reason, String summary, String sentiment, String language) {
        return new HandoffContext(
                TextParts.cut(orElse(reason, "Caller asked for a person"), REASON_LIMIT),
                orElse(summary, "No transcript yet."),
                orElse(sentiment, "neutral"),
                language != null && LANGUAGE.matcher(language).matches() ? language : UNDETERMINED,
                missing(escalation));
    }

    private String orElse(String value, String substitute) {
        return given(value) == null ? substitute : value;
    }

    private Set<String> missing(Escalation escalation) {
        Set<String> missing = new LinkedHashSet<>();
        if (given(escalation.reason()) == null) {
            missing.add("reason");
        }
        if (given(escalation.summary()) == null) {
            missing.add("summary");
        }
        if (given(escalation.sentiment()) == null) {
            missing.add("sentiment");
        }
        if (given(escalation.language()) == null) {
            missing.add("language");
        }
        return missing;
    }
}
