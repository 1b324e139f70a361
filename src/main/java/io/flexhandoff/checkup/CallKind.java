package io.flexhandoff.checkup;

import io.flexhandoff.component.Attributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of handed-off call, with one of them.
 *
 * @param choices what tells it from others, by name; whatever else a call has makes no difference to the workflow
 * @param task attributes of a call of this kind
 */
record CallKind(Map<String, Choice> choices, Map<String, Object> task) {

    /** The sample, changed to be of this kind. */
    static CallKind of(Map<String, Choice> choices, Map<String, Object> sample) {
        Map<String, Object> task = sample;
        for (Map.Entry<String, Choice> choice : choices.entrySet()) {
            List<String> path = path(choice.getKey());
            Object changed =
                    nested(path.subList(1, path.size()), choice.getValue().value());
            task = Attributes.merge(task, Collections.singletonMap(path.get(0), changed));
        }
        return new CallKind(choices, task);
    }

    /** What a task has by a name such as {@code a.b[0]}, {@code null} for nothing. */
    static Object at(Map<String, Object> task, String name) {
        Object value = task;
        for (String step : path(name)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    private static List<String> path(String name) {
        return List.of(name.replace("[", ".[").split("\\."));
    }

    private static Object nested(List<String> path, Object value) {
        if (path.isEmpty()) {
            return value;
        }
        String step = path.get(0);
        Object inner = nested(path.subList(1, path.size()), value);
        if (!step.startsWith("[")) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(step, inner);
            return map;
        }
        List<Object> list =
                new ArrayList<>(Collections.nCopies(Integer.parseInt(step.substring(1, step.length() - 1)) + 1, null));
        list.set(list.size() - 1, inner);
        return list;
    }
}
