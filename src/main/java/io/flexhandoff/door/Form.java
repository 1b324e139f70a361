package io.flexhandoff.door;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters of a form post, exactly as sent: names are case-sensitive, blank values are kept, a name may come more
 * than once.
 */
public final class Form {

    private final SortedMap<String, TreeSet<String>> values = new TreeMap<>();
    private final Map<String, String> first = new TreeMap<>();

    /** @param parameters decoded, in any order */
    public Form(Iterable<Map.Entry<String, String>> parameters) {
        for (Map.Entry<String, String> parameter : parameters) {
            values.computeIfAbsent(parameter.getKey(), name -> new TreeSet<>()).add(parameter.getValue());
            first.putIfAbsent(parameter.getKey(), parameter.getValue());
        }
    }

    /** The first value of each parameter. */
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(first);
    }

    /**
     * The parameters as Twilio's RequestValidator takes them, one value a name. What Twilio signs for a name that comes
     * more than once is the name with each of its different values, in their order; joined by the name they read so.
     */
    Map<String, String> signed() {
        Map<String, String> joined = new TreeMap<>();
        values.forEach((name, all) -> joined.put(name, String.join(name, List.copyOf(all))));
        return joined;
    }
}
