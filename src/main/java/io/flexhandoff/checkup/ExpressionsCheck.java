package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import io.flexhandoff.component.taskrouter.WorkerView;
import io.flexhandoff.workflow.Expression;
import io.flexhandoff.workflow.ExpressionException;
import io.flexhandoff.workflow.HandedOffFilters;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Are there expressions that can never match? TaskRouter accepts them, and says nothing: names with a hyphen, {@code HAS} on a text,
 * whatever it cannot read.
 */
final class ExpressionsCheck implements Check {

    private static final Pattern TEXT = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern HYPHENATED = Pattern.compile("[A-Za-z_][\\w.]*(?:-\\w+)+");

    private final SampleCall sample;

    ExpressionsCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "filter-expressions";
    }

    @Override
    public List<String> needs() {
        return HandedOffFilterCheck.AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        WorkflowConfiguration workflow = org.configuration();
        List<String> problems = new ArrayList<>();
        Set<String> queues = new LinkedHashSet<>();
        if (workflow.defaultQueue() != null) {
            queues.add(workflow.defaultQueue());
        }
        for (Filter filter : workflow.filters()) {
            problem(filter.expression(), parsed -> parsed.textForListInTask(sample.attributes(org.org())))
                    .or(() -> inVain(filter, org))
                    .ifPresent(problem -> problems.add("Filter '" + filter.name() + "', " + problem));
            for (Target target : filter.targets()) {
                if (target.expression() != null) {
                    problem(target.expression(), parsed -> Set.of())
                            .ifPresent(
                                    problem -> problems.add("A target of filter '" + filter.name() + "', " + problem));
                }
                if (target.queue() != null) {
                    queues.add(target.queue());
                }
            }
        }
        for (String sid : queues) {
            org.queue(sid).flatMap(queue -> problem(org, queue)).ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            return Outcome.ok("Every expression can match");
        }
        return Outcome.failed(
                "An expression never matches: " + String.join("; ", problems),
                "TaskRouter accepts whatever it is given, and what it cannot read or compare matches nothing",
                "Correct it in " + Places.workspace(org)
                        + " > Workflows or TaskQueues. A name has letters, digits and _ only: what reaches the AI as flex_..."
                        + " has no hyphens either; HAS wants a list, such as [\"billing\"], and for a text it is == or"
                        + " CONTAINS");
    }

    private Optional<String> inVain(Filter filter, OrgInTwilio org) {
        return HandedOffFilters.isInVain(filter)
                ? Optional.of(filter.expression() + ": in a handed-off call "
                        + Routing.reason(filter, sample.attributes(org.org())))
                : Optional.empty();
    }

    private Optional<String> problem(OrgInTwilio org, TaskQueue queue) {
        String expression = queue.getTargetWorkers();
        if (expression == null) {
            return Optional.empty();
        }
        Optional<String> problem = problem(expression, parsed -> org.workers().stream()
                .map(worker -> parsed.textForListInWorker(WorkerView.of(worker).attributes()))
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(Set.of()));
        return problem.map(text -> "Queue '" + queue.getFriendlyName() + "', " + text);
    }

    private static Optional<String> problem(String expression, TextForList textForList) {
        Matcher hyphenated = HYPHENATED.matcher(TEXT.matcher(expression).replaceAll("''"));
        if (hyphenated.find()) {
            return Optional.of(expression + ": the name " + hyphenated.group() + " has a hyphen");
        }
        Set<String> names;
        try {
            names = textForList.names(Expression.parse(expression));
        } catch (ExpressionException malformed) {
            return Optional.of(malformed.getMessage());
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(expression + ": HAS on " + String.join(", ", names) + ", which is a text");
    }

    @FunctionalInterface
    private interface TextForList {
        Set<String> names(Expression expression);
    }
}
