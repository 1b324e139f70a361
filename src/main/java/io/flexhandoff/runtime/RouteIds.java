package io.flexhandoff.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The ids in route files. Of two things with one id Camel keeps the one that it reads last, without a word. */
final class RouteIds {

    /** What may have a key {@code id} that is none: options of endpoints and beans, expressions. */
    private static final Set<String> NO_IDS = Set.of("parameters", "properties", "constructors", "expression", "beans");

    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

    private final Map<String, String> places = new HashMap<>();
    private final List<String> twice = new ArrayList<>();

    /** Those that stand twice, with both places. */
    List<String> twice() {
        return twice;
    }

    /**
     * @param file as a person finds it
     * @param item of the list that a route file is
     */
    void read(String file, Node item) {
        if (item instanceof MappingNode entries) {
            entries.getValue().forEach(entry -> readItem(file, name(entry), entry.getValueNode()));
        }
    }

    private void readItem(String file, String kind, Node item) {
        switch (kind) {
            case "route" -> add(file, "route", item, "id");
            case "templatedroute" -> add(file, "route", item, "routeid");
            case "routetemplate" -> add(file, "route template", item, "id");
            case "routeconfiguration" -> add(file, "route configuration", item, "id");
            case "rest" -> {
                add(file, "rest", item, "id");
                each(item, VERBS, verb -> add(file, "route", verb, "id"));
            }
            case "beans" -> items(item).forEach(bean -> add(file, "bean", bean, "name"));
            default -> {
                // a step, or what goes with routes
            }
        }
        if (!kind.equals("rest") && !kind.equals("beans")) {
            children(file, item);
        }
    }

    private void readSteps(String file, Node node) {
        if (node instanceof MappingNode) {
            add(file, "step", node, "id");
        }
        children(file, node);
    }

    private void children(String file, Node node) {
        items(node).forEach(item -> readSteps(file, item));
        if (node instanceof MappingNode entries) {
            entries.getValue().stream()
                    .filter(entry -> !NO_IDS.contains(name(entry)))
                    .forEach(entry -> readSteps(file, entry.getValueNode()));
        }
    }

    private void add(String file, String kind, Node node, String key) {
        value(node, key).ifPresent(id -> {
            int line = id.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            String place = file + ", line " + line;
            String other = places.putIfAbsent(kind + " " + id.getValue(), place);
            if (other != null) {
                twice.add("the " + kind + " " + id.getValue() + " stands in " + other + ", and again in " + place);
            }
        });
    }

    private static void each(Node node, Set<String> keys, Consumer<Node> action) {
        if (node instanceof MappingNode entries) {
            entries.getValue().stream()
                    .filter(entry -> keys.contains(name(entry)))
                    .forEach(entry -> items(entry.getValueNode()).forEach(action));
        }
    }

    /** @param key in lower case, without hyphens */
    static Optional<ScalarNode> value(Node node, String key) {
        return node instanceof MappingNode entries
                ? entries.getValue().stream()
                        .filter(entry -> name(entry).equals(key) && entry.getValueNode() instanceof ScalarNode)
                        .map(entry -> (ScalarNode) entry.getValueNode())
                        .findFirst()
                : Optional.empty();
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** Whether it is a route, and nothing else. */
    static boolean isRoute(Node item) {
        return item instanceof MappingNode entries
                && entries.getValue().stream().map(RouteIds::name).allMatch("route"::equals);
    }

    /** A key as Camel takes it, {@code route-template} and {@code routeTemplate} alike. */
    private static String name(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key
                ? key.getValue().replace("-", "").toLowerCase(Locale.ROOT)
                : "";
    }
}
