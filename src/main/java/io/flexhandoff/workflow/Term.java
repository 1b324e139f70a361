package io.flexhandoff.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node of a parsed expression. */
interface Term {

    /** A text, number, boolean, list, map or {@code null}. */
    Object value(Scope scope);

    /** What made the term true or false: the names that decided, each with its value. */
    String reason(Scope scope);

    /** The terms that this one is made of. */
    default List<Term> parts() {
        return List.of();
    }

    default boolean isTrue(Scope scope) {
        return Boolean.TRUE.equals(value(scope));
    }

    /** Whether it is true as far as can be told, by Kleene's logic: {@code null} when that depends on a name that is not known. */
    default Boolean truth(Scope scope) {
        return names().allMatch(scope::knows) ? isTrue(scope) : null;
    }

    /** This term and all below it. */
    default Stream<Term> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Term::all));
    }

    /** All names in it. */
    default Stream<Name> names() {
        return all().filter(Name.class::isInstance).map(Name.class::cast);
    }

    /** What names mean. */
    interface Scope {

        Object value(Name name);

        default boolean knows(Name name) {
            return true;
        }
    }

    /** All attributes: {@code bare} are those that a name without prefix means. */
    record Whole(Map<String, ?> bare, Map<String, ?> task, Map<String, ?> worker) implements Scope {
        @Override
        public Object value(Name name) {
            Object value =
                    switch (name.root()) {
                        case "task" -> task;
                        case "worker" -> worker;
                        default -> bare.get(name.root());
                    };
            for (Object step : name.path()) {
                value = step instanceof Integer index ? element(value, index) : member(value, step);
            }
            return value;
        }

        private static Object member(Object value, Object name) {
            return value instanceof Map<?, ?> map ? map.get(name) : null;
        }

        private static Object element(Object value, int index) {
            return value instanceof List<?> list && index < list.size() ? list.get(index) : null;
        }
    }

    /** Some of a task's attributes, by {@link Name#ofTask()}; {@code null} is one that is known to be missing. */
    record Part(Map<String, ?> known) implements Scope {
        @Override
        public Object value(Name name) {
            return name.isWorkers() ? null : known.get(name.ofTask());
        }

        @Override
        public boolean knows(Name name) {
            return name.isWorkers() || known.containsKey(name.ofTask());
        }
    }

    record Constant(Object value) implements Term {
        @Override
        public Object value(Scope scope) {
            return value;
        }

        @Override
        public String reason(Scope scope) {
            return "it always is " + shown(value);
        }
    }

    /** A list, of constants as a rule. */
    record Array(List<Term> parts) implements Term {
        @Override
        public Object value(Scope scope) {
            List<Object> values = new ArrayList<>(parts.size());
            parts.forEach(part -> values.add(part.value(scope)));
            return values;
        }

        @Override
        public String reason(Scope scope) {
            return "a list is no condition";
        }
    }

    /**
     * @param text the name as written, with all its steps
     * @param path the steps: names, and indices of arrays as Integer
     */
    record Name(String text, String root, List<Object> path) implements Term {
        @Override
        public Object value(Scope scope) {
            return scope.value(this);
        }

        boolean isWorkers() {
            return root.equals("worker");
        }

        /** The name without the prefix {@code task.} */
        String ofTask() {
            StringBuilder name = new StringBuilder(root);
            path.forEach(step -> name.append(step instanceof Integer ? "[" + step + "]" : "." + step));
            return name.toString().replaceFirst("^task\\.", "");
        }

        @Override
        public String reason(Scope scope) {
            Object value = value(scope);
            return value == null ? text + " is not set" : text + " is " + shown(value);
        }
    }

    record Compare(Term left, Comparison comparison, Term right) implements Term {
        @Override
        public Object value(Scope scope) {
            return comparison.test(left.value(scope), right.value(scope));
        }

        @Override
        public String reason(Scope scope) {
            String names = parts().stream()
                    .filter(Name.class::isInstance)
                    .map(name -> name.reason(scope))
                    .collect(Collectors.joining(" and "));
            if (takesTextForList(scope)) {
                return names + ", and HAS matches only lists";
            }
            if (right instanceof Constant wanted && isOtherKind(left.value(scope), wanted.value())) {
                return names + ", not the " + kind(wanted.value()) + " " + shown(wanted.value());
            }
            return names.isEmpty() ? "it compares constants" : names;
        }

        /** TaskRouter does not take a text for the number or boolean that it spells. */
        private static boolean isOtherKind(Object found, Object wanted) {
            return found != null && wanted != Comparison.NULL && !kind(found).equals(kind(wanted));
        }

        private static String kind(Object value) {
            return value instanceof String
                    ? "text"
                    : value instanceof Number ? "number" : value instanceof Boolean ? "boolean" : "list";
        }

        boolean takesTextForList(Scope scope) {
            return comparison == Comparison.HAS && left.value(scope) instanceof String;
        }

        @Override
        public List<Term> parts() {
            return List.of(left, right);
        }
    }

    record Not(Term negated) implements Term {
        @Override
        public Object value(Scope scope) {
            return !negated.isTrue(scope);
        }

        @Override
        public Boolean truth(Scope scope) {
            Boolean truth = negated.truth(scope);
            return truth == null ? null : Boolean.valueOf(!truth);
        }

        @Override
        public String reason(Scope scope) {
            return negated.reason(scope);
        }

        @Override
        public List<Term> parts() {
            return List.of(negated);
        }
    }

    /** Terms joined by {@code AND}, or by {@code OR}: then one that is true decides, otherwise one that is false. */
    record Joined(boolean deciding, List<Term> parts) implements Term {
        @Override
        public Object value(Scope scope) {
            return parts.stream().anyMatch(part -> part.isTrue(scope) == deciding) == deciding;
        }

        @Override
        public Boolean truth(Scope scope) {
            List<Boolean> truths = new ArrayList<>();
            parts.forEach(part -> truths.add(part.truth(scope)));
            return truths.contains(deciding) ? Boolean.valueOf(deciding) : truths.contains(null) ? null : !deciding;
        }

        @Override
        public String reason(Scope scope) {
            return parts.stream()
                    .filter(part -> part.isTrue(scope) == deciding)
                    .findFirst()
                    .map(part -> part.reason(scope))
                    .orElseGet(() -> parts.stream()
                            .map(part -> part.reason(scope))
                            .distinct()
                            .collect(Collectors.joining(" and ")));
        }
    }

    private static String shown(Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
