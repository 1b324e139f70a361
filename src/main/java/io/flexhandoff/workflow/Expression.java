package io.flexhandoff.workflow;

import java.util.Map;

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
        return Boolean.TRUE.equals(term.value(new Scope(task, task, Map.of())));
    }

    /** Whether a worker with these attributes matches; {@code worker.x} means the same as {@code x}. */
    public boolean matchesWorker(Map<String, ?> worker) {
        return Boolean.TRUE.equals(term.value(new Scope(worker, Map.of(), worker)));
    }

    /** Whether a worker is eligible for a task, as in a workflow target: {@code worker.x} and {@code task.x} are told apart. */
    public boolean matches(Map<String, ?> task, Map<String, ?> worker) {
        return Boolean.TRUE.equals(term.value(new Scope(worker, task, worker)));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A node of the parsed expression: gives a text, number, boolean, list, map or null. */
    interface Term {
        Object value(Scope scope);
    }

    /** What names mean: {@code bare} for a name without prefix. */
    record Scope(Map<String, ?> bare, Map<String, ?> task, Map<String, ?> worker) {

        Object root(String name) {
            return switch (name) {
                case "task" -> task;
                case "worker" -> worker;
                default -> bare.get(name);
            };
        }
    }
}
