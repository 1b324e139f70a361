package io.flexhandoff.enrichment;

import io.flexhandoff.component.conversations.ThreadMessage;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.LanguageTag;
import io.flexhandoff.event.Segment;
import io.flexhandoff.thread.NoteWords;
import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps what the AI gave and gathers what is found out. Bound as {@code enrichment}. */
public final class Enrichment {

    /** As long as the contract allows it, and never longer than the ledger's column. */
    private static final int REASON_LIMIT = 500;

    /** "Undetermined" (BCP 47): what a task has as its language when it was moved before the language was known. */
    public static final String NO_LANGUAGE_YET = "und";

    static final Set<String> SENTIMENTS = Set.of("positive", "neutral", "negative");

    /** What stands for what nobody knows: words of the note, by name; the language, {@code null} for the org's. */
    private record Words(String reason, String summary, String language) {}

    private static final Words EARLY = new Words("early-reason", "early-summary", NO_LANGUAGE_YET);
    private static final Words AT_LAST = new Words("unknown-reason", "unknown-summary", null);

    private final List<String> steps;
    private final Function<String, String> defaultLanguages;
    private final Function<String, String> noteLanguages;
    private final Derivation derivation;
    private final Redaction redaction;

    /**
     * @param steps names of the steps, in order
     * @param defaultLanguages the language of an org's callers when nobody said which and the turns do not tell
     * @param noteLanguages the language in which an org's reps read notes, or {@code null} for that of the call
     */
    public Enrichment(
            List<String> steps,
            Function<String, String> defaultLanguages,
            Function<String, String> noteLanguages,
            Derivation derivation,
            Redaction redaction) {
        this.steps = List.copyOf(steps);
        this.defaultLanguages = defaultLanguages;
        this.noteLanguages = noteLanguages;
        this.derivation = derivation;
        this.redaction = redaction;
    }

    public int stepCount() {
        return steps.size();
    }

    /** The name of a step: {@code direct:enrich-<name>} is its route. @param index from 0, in order */
    public String step(int index) {
        return steps.get(index);
    }

    /** The value, or {@code null} when there is nothing in it. */
    public String given(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether the AI left anything to find out. */
    public boolean incomplete(Escalation escalation) {
        return !missing(escalation).isEmpty();
    }

    /**
     * The turns that are known without asking.
     *
     * @param heard what this node has of the call, in order, may be {@code null}
     * @param escalation that brought others, perhaps the same again
     */
    public List<Turn> turns(List<Segment> heard, Escalation escalation) {
        return known(heard, escalation).stream().map(this::turn).toList();
    }

    private static Collection<Segment> known(List<Segment> heard, Escalation escalation) {
        Map<String, Segment> turns = new LinkedHashMap<>();
        (heard == null ? List.<Segment>of() : heard).forEach(segment -> turns.put(segment.id(), segment));
        escalation.recentTurns().stream()
                .filter(Segment::finished)
                .forEach(segment -> turns.put(segment.id(), segment));
        return turns.values();
    }

    /** The turns among the messages of a thread, then those that are known otherwise and are not there yet. */
    public List<Turn> turnsOf(List<ThreadMessage> messages, List<Segment> heard, Escalation escalation) {
        List<Turn> turns = new ArrayList<>();
        Set<Object> there = new HashSet<>();
        for (ThreadMessage message : messages) {
            Map<String, Object> attributes = message.attributes();
            if (attributes.containsKey("speaker")) {
                there.add(attributes.get("segmentId"));
                turns.add(turn("caller".equals(attributes.get("speaker")), message.body(), (String)
                        attributes.get("language")));
            }
        }
        known(heard, escalation).stream()
                .filter(segment -> !there.contains(segment.id()))
                .map(this::turn)
                .forEach(turns::add);
        return turns;
    }

    private Turn turn(Segment segment) {
        return turn(segment.byCaller(), segment.text(), segment.language());
    }

    private Turn turn(boolean byCaller, String text, String language) {
        return new Turn(byCaller, redaction.text(text), LanguageTag.of(language));
    }

    /** Somebody waits for the context of a handoff. */
    public Awaited awaited() {
        return new Awaited();
    }

    /** Whether the result is brought in time: it goes into the task's attributes then. */
    public boolean inTime(Awaited awaited, Object result) {
        return awaited.bring(result);
    }

    /** What was brought in time, or {@code null}; nobody waits from now on. */
    public Object brought(Awaited awaited) {
        return awaited.leave();
    }

    /**
     * The context of a handoff for which nobody waits: what the AI gave and what the turns tell that are known here. What is not
     * known yet is said to be so, and not assumed.
     *
     * @param heard what this node has of the call, in order
     */
    public HandoffContext hasty(String org, Escalation escalation, List<Segment> heard) {
        return early(org, escalation, heard, null);
    }

    /** The context of a handoff whose steps did not finish in time: what was known by then, and what the turns tell. */
    public HandoffContext hasty(String org, Escalation escalation, List<Segment> heard, Awaited awaited) {
        HandoffContext hasty = early(org, escalation, heard, awaited.known());
        awaited.substitute(hasty);
        return hasty;
    }

    private HandoffContext early(String org, Escalation escalation, List<Segment> heard, StepResults.Known known) {
        List<Turn> turns = known == null ? turns(heard, escalation) : known.turns();
        Suggestion given = new Suggestion(
                escalation.reason(), escalation.summary(), escalation.sentiment(), escalation.language());
        Suggestion found = known == null ? given : known.found();
        Suggestion suggested =
                known == null || known.suggested() == null ? new Suggestion(null, null, null, null) : known.suggested();
        String language = first(found.language(), suggested.language(), () -> derivation.language(turns));
        return context(
                org,
                escalation,
                first(found.reason(), suggested.reason(), () -> derivation.reason(turns, language)),
                first(found.summary(), suggested.summary(), () -> derivation.summary(turns, language)),
                first(found.sentiment(), suggested.sentiment(), () -> derivation.sentiment(turns, language)),
                language,
                EARLY);
    }

    private String first(String found, String suggested, Supplier<String> derived) {
        String known = orElse(found, suggested);
        return given(known) == null ? derived.get() : known;
    }

    /** Whether a context that came too late says anything else than what the rep got instead. */
    public boolean improves(String org, Escalation escalation, HandoffContext late, Awaited awaited) {
        HandoffContext got = awaited.substitute();
        return !late.equals(got == null ? early(org, escalation, null, null) : got);
    }

    /** The language of an org's callers when nobody said which, a BCP-47 tag. */
    public String defaultLanguage(String org) {
        return defaultLanguages.apply(org);
    }

    /** The context of a handoff; a field that no step filled gets a neutral value. */
    public HandoffContext context(
            String org, Escalation escalation, String reason, String summary, String sentiment, String language) {
        return context(org, escalation, reason, summary, sentiment, language, AT_LAST);
    }

    private HandoffContext context(
            String org,
            Escalation escalation,
            String reason,
            String summary,
            String sentiment,
            String language,
            Words unknown) {
        Set<String> assumed = new LinkedHashSet<>();
        String tag = LanguageTag.of(language);
        String orgLanguage = defaultLanguages.apply(org);
        String noteLanguage = orElse(noteLanguages.apply(org), tag == null ? orgLanguage : tag);
        NoteWords words = NoteWords.in(noteLanguage);
        return new HandoffContext(
                TextParts.cut(
                        redaction.text(assume(assumed, "reason", given(reason), words.of(unknown.reason))),
                        REASON_LIMIT),
                redaction.text(assume(assumed, "summary", given(summary), words.of(unknown.summary))),
                assume(
                        assumed,
                        "sentiment",
                        sentiment != null && SENTIMENTS.contains(sentiment) ? sentiment : null,
                        "neutral"),
                assume(assumed, "language", tag, unknown.language == null ? orgLanguage : unknown.language),
                missing(escalation),
                assumed,
                noteLanguage);
    }

    /** The language in which a model is to write, or {@code null} for that of the caller. */
    public String noteLanguage(String org, String language) {
        return orElse(noteLanguages.apply(org), language);
    }

    private static String assume(Set<String> assumed, String field, String value, String substitute) {
        if (value != null) {
            return value;
        }
        assumed.add(field);
        return substitute;
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
