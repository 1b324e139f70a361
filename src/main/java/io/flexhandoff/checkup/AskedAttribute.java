package io.flexhandoff.checkup;

import io.flexhandoff.workflow.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An attribute that a workflow asks for, and what handed-off calls may have there: what matches, what does not, and what a handoff
 * writes of itself. Values that get the same answers count as one.
 */
final class AskedAttribute {

    private static final String SENTIMENT = "handoffSentiment";
    private static final String LANGUAGE = "handoffLanguage";

    /** Inbound, where nobody asks for another: an AI that calls people has a filter for that. */
    private static final String DIRECTION = "direction";

    /** Not empty, since an expression may compare with that; nothing that people ask for. */
    private static final String ELSE = "\u2013";

    /** The same for every handed-off call, or different for each. */
    private static final Set<String> FIXED =
            Set.of("handedOff", "handoffTimestamp", "call_sid", "call_status", "account_sid", "api_version");

    /** Never missing from a handed-off call. */
    private static final Set<String> ALWAYS =
            Set.of(SENTIMENT, LANGUAGE, "handoffReason", "handoffSummary", DIRECTION, "from", "caller", "to", "called");

    private final String name;
    private final Object usual;
    private final List<Question> questions;

    /** @param usual what the sample has there, {@code null} for nothing */
    AskedAttribute(String name, Object usual, List<Question> questions) {
        this.name = name;
        this.usual = usual;
        this.questions = questions.stream()
                .filter(question -> question.name().equals(name))
                .toList();
    }

    /** At least one; the usual first. */
    List<Choice> choices() {
        if (FIXED.contains(name)) {
            return List.of(new Choice(usual, List.of(String.valueOf(usual))));
        }
        return switch (name) {
            case SENTIMENT -> each(usualThen(List.of("neutral", "positive", "negative")));
            case LANGUAGE -> each(Languages.beside((String) usual, constants(), isOpen()));
            case DIRECTION -> each(texts(usualThen(constants())));
            default -> isOpen() ? each(values()) : told();
        };
    }

    /** Whether more than constants decide, so that no two values are the same. */
    private boolean isOpen() {
        return questions.stream().anyMatch(question -> question.answer(usual).isEmpty());
    }

    private Set<Object> constants() {
        return questions.stream()
                .flatMap(question -> question.values().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<Object> usualThen(Collection<?> others) {
        Set<Object> values = new LinkedHashSet<>();
        values.add(usual);
        values.addAll(others);
        return values;
    }

    private Set<Object> values() {
        Set<Object> values = usualThen(constants());
        if (!ALWAYS.contains(name)) {
            values.add(null);
        }
        if (!isOpen()) {
            values.add(ELSE);
        }
        // Twilio's attributes and the six are texts
        return usual instanceof String ? texts(values) : values;
    }

    private static Set<Object> texts(Set<Object> values) {
        values.removeIf(value -> value != null && !(value instanceof String));
        return values;
    }

    private static List<Choice> each(Collection<?> values) {
        return values.stream()
                .map(value -> new Choice(value, List.of(shown(value))))
                .toList();
    }

    private List<Choice> told() {
        Map<List<Optional<Boolean>>, List<Object>> same = new LinkedHashMap<>();
        for (Object value : values()) {
            List<Optional<Boolean>> answers =
                    questions.stream().map(question -> question.answer(value)).toList();
            same.computeIfAbsent(answers, first -> new ArrayList<>()).add(value);
        }
        return same.values().stream()
                .map(values -> new Choice(values.get(0), shown(values)))
                .toList();
    }

    private List<String> shown(List<Object> values) {
        boolean madeUp = values.contains(ELSE) && usual != null && !constants().contains(usual);
        return values.stream()
                .filter(value -> !madeUp || !usual.equals(value))
                .map(AskedAttribute::shown)
                .toList();
    }

    private static String shown(Object value) {
        return value == null
                ? "not set"
                : value.equals(ELSE) ? "anything else" : value.equals("") ? "''" : value.toString();
    }
}
