package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.List;
import java.util.Optional;

/** Does anybody work in the queue to which handed-off calls go? */
final class HandedOffQueueCheck implements Check {

    private final SampleCall sample;

    HandedOffQueueCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "handed-off-queue";
    }

    @Override
    public List<String> needs() {
        return List.of(HandedOffFilterCheck.NAME);
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        Filter filter = routing.handedOff().orElseThrow();
        Optional<Target> target = Routing.target(filter);
        Optional<TaskQueue> queue = target.flatMap(first -> org.queue(first.queue()));
        if (queue.isEmpty()) {
            return Outcome.failed(
                    "Handed-off calls are canceled: "
                            + target.map(first -> "their queue " + first.queue() + " does not exist")
                                    .orElse("their filter names no queue"),
                    "The queue was deleted, or the filter was saved without one",
                    "Choose the queue of your reps in " + Places.workflow(org) + " > " + filter.name());
        }
        String name = queue.get().getFriendlyName();
        if (routing.isAiQueue(queue.get().getSid())) {
            return Outcome.failed(
                    "Handed-off calls go to '" + name + "', the queue of the AI",
                    "The filter for handed-off calls names the wrong queue",
                    "Choose the queue of your reps in " + Places.workflow(org) + " > " + filter.name());
        }
        QueueWorkers workers = QueueWorkers.of(org, target.get(), routing.task());
        if (workers.eligible() == 0) {
            return Outcome.failed(
                    "Handed-off callers wait in '" + name + "' for nobody: no worker is in it",
                    "No worker has the attributes that its expression wants, "
                            + queue.get().getTargetWorkers()
                            + (target.get().expression() == null
                                    ? ""
                                    : ", together with that of the filter's target, "
                                            + target.get().expression()),
                    "Give your reps these attributes in " + Places.workspace(org)
                            + " > Workers, or change the expression in " + Places.queue(org, name));
        }
        String shown = "Handed-off calls go to '" + name + "': " + workers;
        return workers.available() > 0
                ? Outcome.ok(shown)
                : Outcome.warning(
                        shown,
                        "Every rep is offline or on a break",
                        "Nothing, if it is outside of office hours; otherwise reps set themselves to an available"
                                + " activity in Flex");
    }
}
