package io.flexhandoff.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TaskRouter workflow's configuration, read: the filters in their order, and the queue of the default filter.
 *
 * <p>A filter or target whose expression is malformed is kept with its text and never matches, as Twilio accepts and ignores it.
 *
 * @param filters tried from first to last; the first that matches a task routes it
 * @param defaultQueue queue SID of {@code default_filter}, {@code null} when there is none: then an unmatched task is canceled
 */
public record WorkflowConfiguration(List<Filter> filters, String defaultQueue) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param name {@code filter_friendly_name}, empty when absent
     * @param expression as written
     * @param parsed the expression, {@code null} when it is malformed
     */
    public record Filter(String name, String expression, Expression parsed, List<Target> targets) {

        /** Whether this filter routes a task with these attributes. */
        public boolean matches(Map<String, ?> task) {
            return parsed != null && parsed.matchesTask(task);
        }

        /** The targets that a task gets: the first, and those after it that follow a timeout, as far as they name a queue. */
        public List<Target> reached() {
            List<Target> reached = new ArrayList<>();
            for (Target target : targets) {
                if (target.queue() == null) {
                    break;
                }
                reached.add(target);
                if (target.timeout() == null) {
                    break;
                }
            }
            return reached;
        }
    }

    /**
     * One routing step.
     *
     * @param queue queue SID, {@code null} when the target names none
     * @param priority the task's new priority, {@code null} to leave it
     * @param timeout seconds until the next target, {@code null} for none
     * @param expression which workers of the queue are eligible, as written; {@code null} for all
     * @param parsed the expression, {@code null} when there is none or it is malformed
     */
    public record Target(String queue, Integer priority, Integer timeout, String expression, Expression parsed) {

        /** Whether a worker of the queue may be offered the task. */
        public boolean eligible(Map<String, ?> task, Map<String, ?> worker) {
            return expression == null || parsed != null && parsed.matches(task, worker);
        }
    }

    public WorkflowConfiguration {
        filters = List.copyOf(filters);
    }

    /**
     * Reads the {@code Configuration} document of a workflow.
     *
     * @throws ExpressionException if it is not JSON or not of TaskRouter's shape, naming the part
     */
    public static WorkflowConfiguration parse(String configuration) {
        JsonNode routing;
        try {
            routing = JSON.readTree(configuration).path("task_routing");
        } catch (JsonProcessingException e) {
            throw new ExpressionException("The workflow configuration is not valid JSON: " + e.getOriginalMessage());
        }
        if (!routing.isObject()) {
            throw new ExpressionException("The workflow configuration has no task_routing object");
        }
        List<Filter> filters = new ArrayList<>();
        for (JsonNode filter : array(routing, "filters")) {
            filters.add(filter(filter, filters.size()));
        }
        return new WorkflowConfiguration(filters, text(routing.path("default_filter"), "queue"));
    }

    /** The filter that routes a task with these attributes; empty when the default filter does. */
    public Optional<Filter> matching(Map<String, ?> task) {
        return filters.stream().filter(filter -> filter.matches(task)).findFirst();
    }

    /**
     * Where a task gets that a filter has matched, one target after the other; none when it is canceled.
     *
     * @param filter {@code null} for the default filter
     */
    public List<Target> reached(Filter filter) {
        if (filter != null) {
            return filter.reached();
        }
        return defaultQueue == null ? List.of() : List.of(new Target(defaultQueue, null, null, null, null));
    }

    private static Filter filter(JsonNode node, int index) {
        String expression = text(node, "expression");
        if (expression == null) {
            throw new ExpressionException("task_routing.filters[" + index + "].expression is missing");
        }
        // Twilio's older documents call it friendly_name
        String name = text(node, node.has("filter_friendly_name") ? "filter_friendly_name" : "friendly_name");
        List<Target> targets = new ArrayList<>();
        for (JsonNode target : array(node, "targets")) {
            String eligible = text(target, "expression");
            targets.add(new Target(
                    text(target, "queue"),
                    number(target, "priority"),
                    number(target, "timeout"),
                    eligible,
                    eligible == null ? null : parsedOrNull(eligible)));
        }
        return new Filter(name == null ? "" : name, expression, parsedOrNull(expression), List.copyOf(targets));
    }

    private static Expression parsedOrNull(String expression) {
        try {
            return Expression.parse(expression);
        } catch (ExpressionException malformed) {
            return null;
        }
    }

    private static JsonNode array(JsonNode node, String field) {
        JsonNode array = node.path(field);
        if (!array.isArray() && !array.isMissingNode()) {
            throw new ExpressionException("task_routing: " + field + " is not an array");
        }
        return array;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : null;
    }

    private static Integer number(JsonNode node, String field) {
        // the Console writes numbers as text
        JsonNode number = node.path(field);
        return number.isNumber() || number.asText().matches("\\d{1,9}") ? Integer.valueOf(number.asInt()) : null;
    }
}
