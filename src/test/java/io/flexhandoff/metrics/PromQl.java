package io.flexhandoff.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a PromQL expression: enough of the grammar for those of {@code k8s/monitoring}. */
final class PromQl {

    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:$.\"])([a-zA-Z_:][\\w:]*)(?!\\s*[\\w:(])(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "on");

    private PromQl() {}

    /** What an expression reads: a metric, and the values that it asks of labels, exactly or as alternatives. */
    record Selector(String metric, Map<String, List<String>> values, Set<String> labels) {}

    /** What an expression reads. */
    static List<Selector> selectors(String expression) {
        String plain =
                RANGE.matcher(GROUPING.matcher(expression).replaceAll(" ")).replaceAll("");
        List<Selector> found = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(plain);
        while (selector.find()) {
            if (!WORDS.contains(selector.group(1))) {
                found.add(selector(selector.group(1), selector.group(2)));
            }
        }
        return found;
    }

    /** The labels that an expression groups or joins by. */
    static Set<String> groupings(String expression) {
        Set<String> labels = new TreeSet<>();
        GROUPING.matcher(expression).results().forEach(group -> labels.addAll(words(group.group(1))));
        return labels;
    }

    /** The labels that a text with placeholders such as <code>{{ $labels.org }}</code> or <code>{{org}}</code> shows. */
    static Set<String> placeholders(String text) {
        Set<String> labels = new TreeSet<>();
        Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}")
                .matcher(text)
                .results()
                .map((MatchResult label) -> label.group(1))
                .forEach(labels::add);
        return labels;
    }

    private static Selector selector(String metric, String matchers) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Set<String> labels = new TreeSet<>();
        if (matchers != null) {
            Matcher each = MATCHER.matcher(matchers);
            while (each.find()) {
                labels.add(each.group(1));
                if (each.group(2).startsWith("=") && !each.group(3).startsWith("$")) {
                    values.put(each.group(1), List.of(each.group(3).split("\\|")));
                }
            }
        }
        return new Selector(metric, values, labels);
    }

    private static List<String> words(String list) {
        return Pattern.compile("\\w+")
                .matcher(list)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
