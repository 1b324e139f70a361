package io.flexhandoff.checkup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some kinds of calls in as few words as they take: kinds that differ in one attribute are told together, and an attribute that may have
 * any value is left out.
 */
final class KindWords {

    private static final int SHOWN = 3;
    private static final int VALUES_SHOWN = 6;

    /** Values by name: calls that have one of them for each name. */
    private List<Map<String, Set<Choice>>> groups;

    private final CallKinds all;

    private KindWords(Collection<CallKind> kinds, CallKinds all) {
        this.all = all;
        this.groups = kinds.stream().map(KindWords::alone).toList();
        List<Map<String, Set<Choice>>> before;
        do {
            before = groups;
            names().forEach(this::join);
        } while (!groups.equals(before));
    }

    /** Such as {@code handoffLanguage es or es-ES and tier not set}; empty for all calls. */
    static String of(Collection<CallKind> some, CallKinds all) {
        return new KindWords(some, all).toString();
    }

    private static Map<String, Set<Choice>> alone(CallKind kind) {
        Map<String, Set<Choice>> group = new LinkedHashMap<>();
        kind.choices().forEach((name, choice) -> group.put(name, Set.of(choice)));
        return group;
    }

    private Set<String> names() {
        return groups.stream()
                .flatMap(group -> group.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Joins the groups that differ in this attribute only. */
    private void join(String name) {
        Map<Map<String, Set<Choice>>, Set<Choice>> joined = new LinkedHashMap<>();
        List<Map<String, Set<Choice>>> others = new ArrayList<>();
        for (Map<String, Set<Choice>> group : groups) {
            if (group.containsKey(name)) {
                Map<String, Set<Choice>> rest = new LinkedHashMap<>(group);
                Set<Choice> choices = rest.remove(name);
                joined.computeIfAbsent(rest, first -> new LinkedHashSet<>()).addAll(choices);
            } else {
                others.add(group);
            }
        }
        groups = new ArrayList<>(new LinkedHashSet<>(others));
        joined.forEach((rest, choices) -> {
            Map<String, Set<Choice>> group = new LinkedHashMap<>(rest);
            if (choices.size() < all.choices(name)) {
                group.put(name, choices);
            }
            if (!groups.contains(group)) {
                groups.add(group);
            }
        });
    }

    @Override
    public String toString() {
        String first = groups.stream().limit(SHOWN).map(KindWords::words).collect(Collectors.joining("; or "));
        return groups.size() > SHOWN ? first + "; and others" : first;
    }

    private static String words(Map<String, Set<Choice>> group) {
        return group.entrySet().stream()
                .map(each -> each.getKey() + " " + values(each.getValue()))
                .collect(Collectors.joining(" and "));
    }

    private static String values(Set<Choice> choices) {
        List<String> values =
                choices.stream().flatMap(choice -> choice.shown().stream()).toList();
        int shown = Math.min(values.size(), VALUES_SHOWN);
        String last = shown < values.size() ? values.size() - shown + " more" : values.get(--shown);
        String first = String.join(", ", values.subList(0, shown));
        return first.isEmpty() ? last : first + " or " + last;
    }
}
