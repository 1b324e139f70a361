package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.connect.Part.Wish;
import io.flexhandoff.workflow.HandedOffFilters;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a workflow needs for handoffs: a filter that sends handed-off calls to the reps, before the filter that sends calls
 * to the AI, or they would come back to it; and a default filter, without which Twilio cancels what no filter matches.
 */
final class WorkflowFilters {

    /** A queue of the workspace. */
    record Queue(String sid, String name) {}

    static final String HANDED_OFF = "Handed off by the AI";
    static final String AI_FIRST = "AI first";

    private static final String HANDED_OFF_EXPRESSION = "handedOff == true";

    /** Calls alone: tasks of other channels come in by direction inbound too. */
    private static final String INBOUND_CALLS = "direction == 'inbound' AND call_sid CONTAINS 'CA'";

    private static final Map<String, Object> CALL = Map.of(
            "direction", "inbound", "call_sid", "CA00000000000000000000000000000000", "call_status", "in-progress");

    private final Queue ai;
    private final Queue human;
    private final String settings;
    private final boolean replace;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String text;

    /**
     * @param configuration of the workflow, as it is written
     * @param ai the AI's queue, {@code null} when the org has none
     * @param human the reps' queue, {@code null} when it is not set
     * @param settings prefix of the org's settings
     * @param replace whether filters of somebody else may be moved and sent elsewhere
     */
    WorkflowFilters(String configuration, Queue ai, Queue human, String settings, boolean replace) {
        this.text = configuration;
        this.ai = ai;
        this.human = human;
        this.settings = settings;
        this.replace = replace;
    }

    Wish wish() {
        String present = text;
        try {
            WorkflowConfiguration.parse(text);
            new WorkflowText(text);
        } catch (IllegalArgumentException e) {
            return unreadable(e);
        }
        handedOffFilter();
        aiFilter();
        defaultFilter();
        return new Wish(present, text, changes, notes);
    }

    /**
     * The configuration without the filters that connect put in; empty when one of them does not stand as connect wrote it.
     *
     * @param before the configuration before connect
     */
    Optional<String> takenOut(String before) {
        try {
            WorkflowText taken = new WorkflowText(text);
            boolean found = false;
            for (String own : own()) {
                if (new WorkflowText(before).indexOf(own) < 0) {
                    int index = taken.indexOf(own);
                    taken = index < 0 ? taken : taken.remove(index);
                    found = found || index >= 0;
                }
            }
            return found ? Optional.of(taken.toString()) : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private List<String> own() {
        List<String> own = new ArrayList<>();
        if (human != null) {
            own.add(filter(HANDED_OFF, HANDED_OFF_EXPRESSION, human));
        }
        if (ai != null) {
            own.add(filter(AI_FIRST, INBOUND_CALLS, ai));
        }
        return own;
    }

    private Wish unreadable(RuntimeException failure) {
        return new Wish(
                text,
                text,
                List.of(new Change(
                        "Workflow filters", "update", null, null, failure.getMessage() + "; mend it in the Console")),
                List.of());
    }

    private WorkflowConfiguration configuration() {
        return WorkflowConfiguration.parse(text);
    }

    private void handedOffFilter() {
        List<Filter> filters = configuration().filters();
        int aiFilter = aiFilter(filters);
        int place = aiFilter < 0 ? filters.size() : aiFilter;
        int found = IntStream.range(0, filters.size())
                .filter(index -> HandedOffFilters.takesAll(filters.get(index)))
                .findFirst()
                .orElse(-1);
        if (human == null) {
            if (found < 0 || found > place) {
                notes.add(settings
                        + "human-queue-sid is not set: no filter for handed-off calls is made, the workflow decides");
            }
            return;
        }
        filters.subList(place, filters.size()).stream()
                .filter(filter -> HandedOffFilters.takes(filter) && !HandedOffFilters.takesAll(filter))
                .forEach(filter -> notes.add(named(filter) + " takes some handed-off calls, and stands after "
                        + named(filters.get(place)) + ": put it ahead of the filter for all of them in the Console"));
        if (found < 0) {
            change(HANDED_OFF, "add", null, sends(HANDED_OFF_EXPRESSION, human) + before(filters, place), null);
            text = new WorkflowText(text)
                    .insert(place, filter(HANDED_OFF, HANDED_OFF_EXPRESSION, human))
                    .toString();
            return;
        }
        Filter filter = filters.get(found);
        if (filter.targets().stream().noneMatch(target -> human.sid().equals(target.queue()))) {
            String problem = "it does not lead to " + human.name() + "; say replace to send its calls there";
            change(named(filter), "replace", filter.expression(), sends(filter.expression(), human), problem);
            text = new WorkflowText(text).target(found, human.sid()).toString();
        }
        if (found > place) {
            boolean ours = filter.name().equals(HANDED_OFF);
            String problem = ours
                    ? null
                    : "it stands after " + named(filters.get(place))
                            + ", which takes the calls before it; say replace to move it ahead";
            change(named(filter), "move", "filter " + (found + 1), "filter " + (place + 1), problem);
            text = new WorkflowText(text).move(found, place).toString();
        }
    }

    private void aiFilter() {
        WorkflowConfiguration configuration = configuration();
        List<Filter> filters = configuration.filters();
        if (ai == null || aiFilter(filters) >= 0 || ai.sid().equals(configuration.defaultQueue())) {
            return;
        }
        if (filters.stream().noneMatch(HandedOffFilters::takesAll)) {
            notes.add(
                    "No filter for the AI's queue is made: without one for handed-off calls they would come back to it");
            return;
        }
        filters.stream()
                .filter(filter -> filter.matches(CALL))
                .findFirst()
                .ifPresent(first -> notes.add("The filter for the AI stands last, and " + named(first)
                        + " takes ordinary inbound calls before it: put it where you want it in the Console"));
        change(AI_FIRST, "add", null, sends(INBOUND_CALLS, ai) + ", last", null);
        text = new WorkflowText(text)
                .insert(filters.size(), filter(AI_FIRST, INBOUND_CALLS, ai))
                .toString();
    }

    private void defaultFilter() {
        if (configuration().defaultQueue() != null) {
            return;
        }
        if (human == null) {
            notes.add("The workflow has no default filter: Twilio cancels calls that no filter matches. Set " + settings
                    + "human-queue-sid to have one made");
            return;
        }
        change("default filter", "add", null, "all else to " + human.name(), null);
        text = new WorkflowText(text).defaultQueue(human.sid()).toString();
    }

    private void change(String filter, String change, String from, String to, String problem) {
        changes.add(new Change("Workflow: " + filter, change, from, to, replace ? null : problem));
    }

    /** The first filter that leads to the AI, -1 when there is none. */
    private int aiFilter(List<Filter> filters) {
        return ai == null
                ? -1
                : IntStream.range(0, filters.size())
                        .filter(index -> filters.get(index).targets().stream()
                                .anyMatch(target -> ai.sid().equals(target.queue())))
                        .findFirst()
                        .orElse(-1);
    }

    private static String named(Filter filter) {
        return "\"" + (filter.name().isEmpty() ? filter.expression() : filter.name()) + "\"";
    }

    private static String before(List<Filter> filters, int place) {
        return place < filters.size() ? ", before " + named(filters.get(place)) : "";
    }

    private static String sends(String expression, Queue queue) {
        return expression + " to " + queue.name();
    }

    private static String filter(String name, String expression, Queue queue) {
        ObjectNode filter = JsonNodeFactory.instance
                .objectNode()
                .put("filter_friendly_name", name)
                .put("expression", expression);
        filter.putArray("targets").addObject().put("queue", queue.sid());
        return filter.toString();
    }
}
