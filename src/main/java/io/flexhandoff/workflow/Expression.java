package io.flexhandoff.workflow;

import io.flexhandoff.workflow.Term.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A TaskRouter expression, as it stands in a workflow filter, in a target, or in a queue's {@code TargetWorkers}: comparisons of
 * constants and attributes, joined by {@code AND}, {@code OR} and {@code NOT}.
 *
 * <p>Rules, from Twilio's "Using TaskRouter Expressions": names are resolved against the attributes with dots and array indices
 * ({@code a.b[0]}); {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=} and {@code CONTAINS} (part of a text) compare scalars
 * and are false on arrays; {@code HAS} wants an array on its left, {@code IN} and {@code NOT IN} want one on their right. A missing
 * attribute is null: it equals only {@code null}, and every other comparison with it is false, {@code !=} and {@code NOT IN} included.
 *
 * <p>An instance is immutable and may be shared between threads.
 */
public final class Expression {

    private final String text;
    private final Term term;

    private Expression(String text, Term term) {
        this.text = text;
        this.term = term;
    }

    /**
     * Reads an expression.
     *
     * @throws ExpressionException if it is malformed, naming the position
     */
    public static Expression parse(String text) {
        return new Expression(text, new ExpressionParser(text).parse());
    }

    /** Whether a task with these attributes matches; {@code task.x} means the same as {@code x}. */
    public boolean matchesTask(Map<String, ?> task) {
        return term.isTrue(ofTask(task));
    }

    /** Whether a worker with these attributes matches; {@code worker.x} means the same as {@code x}. */
    public boolean matchesWorker(Map<String, ?> worker) {
        return term.isTrue(ofWorker(worker));
    }

    /** Whether a worker is eligible for a task, as in a workflow target: {@code worker.x} and {@code task.x} are told apart. */
    public boolean matches(Map<String, ?> task, Map<String, ?> worker) {
        return term.isTrue(new Term.Whole(worker, task, worker));
    }

    /**
     * Whether any task of which this is known can match: {@code false} is a proof that none does, whatever its other attributes.
     *
     * @param known values by their names as {@link #names()} has them, {@code null} for an attribute that is missing; what is not
     *     among them may be anything
     */
    public boolean canMatch(Map<String, ?> known) {
        return !Boolean.FALSE.equals(term.truth(new Term.Part(known)));
    }

    /** Whether every task of which this is known matches, whatever its other attributes; {@code known} as {@link #canMatch} has it. */
    public boolean mustMatch(Map<String, ?> known) {
        return Boolean.TRUE.equals(term.truth(new Term.Part(known)));
    }

    /** What it asks about a task's attributes, in the order in which it stands there. */
    public List<Question> questions() {
        return Question.in(term).toList();
    }

    /** {@link #questions()} of a target's expression, in which only {@code task.x} is a task's. */
    public List<Question> questionsOfTarget() {
        return Question.in(term).filter(Question::isOfTaskInTarget).toList();
    }

    /** Why a task with these attributes matches or does not: what decided, such as {@code handedOff is true}. */
    public String explainTask(Map<String, ?> task) {
        return term.reason(ofTask(task));
    }

    /** The names in it, without the prefix {@code task.}, each with its nested part, such as {@code worker.skills}. */
    public Set<String> names() {
        return term.names().map(Term.Name::ofTask).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of a task's attributes that are text where {@code HAS} wants a list, and so never match. */
    public Set<String> textForListInTask(Map<String, ?> task) {
        return textForList(ofTask(task));
    }

    /** The names of a worker's attributes that are text where {@code HAS} wants a list, and so never match. */
    public Set<String> textForListInWorker(Map<String, ?> worker) {
        return textForList(ofWorker(worker));
    }

    private Set<String> textForList(Scope scope) {
        return term.all()
                .filter(Term.Compare.class::isInstance)
                .map(Term.Compare.class::cast)
                .filter(comparison -> comparison.takesTextForList(scope) && comparison.left() instanceof Term.Name)
                .map(comparison -> ((Term.Name) comparison.left()).text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return text;
    }

    private static Scope ofTask(Map<String, ?> task) {
        return new Term.Whole(task, task, Map.of());
    }

    private static Scope ofWorker(Map<String, ?> worker) {
        return new Term.Whole(worker, Map.of(), worker);
    }
}
