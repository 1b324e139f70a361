package io.flexhandoff.checkup;

import io.flexhandoff.workflow.Expression;
import io.flexhandoff.workflow.Question;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The kinds of handed-off calls that a workflow tells apart. Filter by filter, as TaskRouter does, an attribute that decides is varied
 * until the filter takes the call for certain, or cannot take it: what no filter asks for is never varied. Kinds that are nearest to an
 * ordinary call come first.
 */
final class CallKinds {

    /** How many kinds are looked at; workflows seldom tell more apart. */
    static final int MOST = 200;

    /** On the way to a kind: what is chosen so far, and the filter that is to decide next. */
    private record Step(Map<String, Choice> chosen, int filter, int unusual, int number) {}

    private final List<Filter> filters;
    private final Map<String, Object> sample;
    private final List<Question> questions;
    private final Map<String, List<Choice>> choices = new HashMap<>();
    private final PriorityQueue<Step> open =
            new PriorityQueue<>(Comparator.comparingInt(Step::unusual).thenComparingInt(Step::number));
    private final List<CallKind> kinds = new ArrayList<>();
    private int steps;

    /** @param sample attributes of an ordinary handed-off call */
    CallKinds(WorkflowConfiguration workflow, Map<String, Object> sample) {
        this.filters = workflow.filters().stream()
                .filter(filter -> filter.parsed() != null)
                .toList();
        this.sample = sample;
        this.questions = filters.stream().flatMap(CallKinds::questions).toList();
        open.add(new Step(Map.of(), 0, 0, 0));
        while (!open.isEmpty() && kinds.size() < MOST) {
            follow(open.poll());
        }
    }

    /** Never empty. */
    List<CallKind> all() {
        return List.copyOf(kinds);
    }

    /** Whether there are more kinds than were looked at. */
    boolean isCut() {
        return !open.isEmpty();
    }

    /** How many choices there are for an attribute. */
    int choices(String name) {
        return choicesOf(name).size();
    }

    private static Stream<Question> questions(Filter filter) {
        return Stream.concat(filter.parsed().questions().stream(), questionsOfTargets(filter));
    }

    private static Stream<Question> questionsOfTargets(Filter filter) {
        return filter.targets().stream()
                .map(Target::parsed)
                .filter(Objects::nonNull)
                .map(Expression::questionsOfTarget)
                .flatMap(List::stream);
    }

    private void follow(Step step) {
        Map<String, Object> known = new HashMap<>();
        step.chosen().forEach((name, choice) -> known.put(name, choice.value()));
        int next = step.filter();
        while (next < filters.size() && !filters.get(next).parsed().canMatch(known)) {
            next++;
        }
        String undecided = next == filters.size() ? null : undecided(filters.get(next), known);
        if (undecided == null) {
            Map<String, Choice> telling = new LinkedHashMap<>(step.chosen());
            telling.keySet().removeIf(name -> choices(name) == 1);
            kinds.add(CallKind.of(Collections.unmodifiableMap(telling), sample));
            return;
        }
        for (Choice choice : choicesOf(undecided)) {
            Map<String, Choice> chosen = new LinkedHashMap<>(step.chosen());
            chosen.put(undecided, choice);
            int unusual = choice.equals(choicesOf(undecided).get(0)) ? 0 : 1;
            open.add(new Step(chosen, next, step.unusual() + unusual, ++steps));
        }
    }

    /** An attribute on which it depends whether the filter takes the call, or whom it offers it to. */
    private static String undecided(Filter filter, Map<String, Object> known) {
        Stream<Question> deciding =
                filter.parsed().mustMatch(known) ? questionsOfTargets(filter) : filter.parsed().questions().stream();
        return deciding.map(Question::name)
                .filter(name -> !known.containsKey(name))
                .findFirst()
                .orElse(null);
    }

    private List<Choice> choicesOf(String name) {
        return choices.computeIfAbsent(
                name, asked -> new AskedAttribute(asked, CallKind.at(sample, asked), questions).choices());
    }
}
