package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.org.Org;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the org's workflow routes a handed-off call.
 *
 * @param task the attributes of a sample
 */
record Routing(OrgInTwilio org, WorkflowConfiguration workflow, Map<String, Object> task) {

    static Routing of(OrgInTwilio org, SampleCall sample) {
        return new Routing(org, org.configuration(), sample.attributes(org.org()));
    }

    /** The filters that ask whether the AI has handed the call off. */
    List<Filter> asking() {
        return workflow.filters().stream().filter(Routing::asks).toList();
    }

    private static boolean asks(Filter filter) {
        return filter.parsed() == null
                ? filter.expression().contains("handedOff")
                : filter.parsed().names().stream()
                        .anyMatch(name -> name.equals("handedOff") || name.startsWith("handoff"));
    }

    /** The filter that is meant for handed-off calls: the first that asks for them and gets them. */
    Optional<Filter> handedOff() {
        return asking().stream().filter(filter -> filter.matches(task)).findFirst();
    }

    /** The filter that gets a handed-off call, if any. */
    Optional<Filter> winner() {
        return workflow.matching(task);
    }

    /** The filter above the one for handed-off calls that sends calls to the AI, whoever has handed them off, if any. */
    Optional<Filter> aiFilterBefore(Filter handedOff) {
        return workflow.filters().subList(0, workflow.filters().indexOf(handedOff)).stream()
                .filter(filter -> filter.matches(task) || !asks(filter) && filter.parsed() != null)
                .filter(filter -> filter.targets().stream().anyMatch(target -> isAiQueue(target.queue())))
                .findFirst();
    }

    /** Whether a queue is the AI's: it is configured as such, or nobody but the AI worker is in it. */
    boolean isAiQueue(String sid) {
        Org settings = org.org();
        if (sid == null
                || settings.aiQueueSid() != null && !settings.aiQueueSid().isBlank()) {
            return sid != null && sid.equals(settings.aiQueueSid());
        }
        if (settings.aiWorker().sid() == null || org.queue(sid).isEmpty()) {
            return false;
        }
        List<Worker> workers = org.workersOf(sid);
        return !workers.isEmpty()
                && workers.stream().allMatch(worker -> settings.aiWorker().is(worker.getSid()));
    }

    /** Where a filter sends the sample first. */
    static Optional<Target> target(Filter filter) {
        return filter.targets().stream().findFirst().filter(target -> target.queue() != null);
    }

    /** The name of a queue and its workers for the sample, or that there is none. */
    String describe(Target target) {
        return org.queue(target.queue())
                .map(queue -> queue.getFriendlyName() + " (" + QueueWorkers.of(org, target, task) + ")")
                .orElse("a queue that does not exist, " + target.queue());
    }

    String queueName(String sid) {
        return org.queue(sid).map(TaskQueue::getFriendlyName).orElse(sid);
    }

    static String shown(Filter filter) {
        return filter.name().isEmpty()
                ? "the filter " + filter.expression()
                : "the filter '" + filter.name() + "' (" + filter.expression() + ")";
    }

    /** Why a filter gets the sample or does not. */
    String reason(Filter filter) {
        return filter.parsed() == null
                ? "TaskRouter cannot read the expression"
                : filter.parsed().explainTask(task);
    }
}
