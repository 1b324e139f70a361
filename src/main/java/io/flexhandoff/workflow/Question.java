package io.flexhandoff.workflow;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an expression asks about one attribute of a task: a comparison in which it stands, or the attribute itself as a condition. */
public final class Question {

    private final Term.Name name;
    private final Term condition;

    private Question(Term.Name name, Term condition) {
        this.name = name;
        this.condition = condition;
    }

    static Stream<Question> in(Term term) {
        return term instanceof Term.Compare || term instanceof Term.Name
                ? term.names().filter(name -> !name.isWorkers()).map(name -> new Question(name, term))
                : term.parts().stream().flatMap(Question::in);
    }

    /** In a target's expression a name without prefix is a worker's. */
    boolean isOfTaskInTarget() {
        return name.root().equals("task");
    }

    /** The attribute, as {@link Expression#names()} has it. */
    public String name() {
        return name.ofTask();
    }

    /**
     * Values that may tell: each constant that the attribute is compared with, in a list where it has to be one; its neighbours
     * where the order counts. Whether one of them makes the answer false depends on what else there is.
     */
    public Set<Object> values() {
        Set<Object> values = new LinkedHashSet<>();
        if (condition instanceof Term.Compare compare) {
            compare.all()
                    .filter(Term.Constant.class::isInstance)
                    .map(constant -> ((Term.Constant) constant).value())
                    .filter(constant -> constant != Comparison.NULL)
                    .forEach(constant -> values.addAll(telling(compare, constant)));
        } else {
            values.addAll(List.of(true, false));
        }
        return values;
    }

    private List<Object> telling(Term.Compare compare, Object constant) {
        return switch (compare.comparison()) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> around(constant);
            case HAS -> List.of(compare.left() == name ? List.of(constant) : constant);
            case IN, NOT_IN -> List.of(compare.right() == name ? List.of(constant) : constant);
            default -> constant instanceof Boolean truth ? List.of(truth, !truth) : List.of(constant);
        };
    }

    private static List<Object> around(Object constant) {
        if (constant instanceof BigDecimal number) {
            return List.of(number, number.subtract(BigDecimal.ONE), number.add(BigDecimal.ONE));
        }
        return constant instanceof String text ? List.of(text, "", text + "0") : List.of(constant);
    }

    /**
     * The answer for a value of the attribute.
     *
     * @param value {@code null} for none
     * @return empty when other attributes, or a worker's, have a part in it
     */
    public Optional<Boolean> answer(Object value) {
        return condition.names().allMatch(other -> other.ofTask().equals(name()))
                ? Optional.of(condition.isTrue(new Term.Part(Collections.singletonMap(name(), value))))
                : Optional.empty();
    }
}
