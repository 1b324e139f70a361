package io.flexhandoff.checkup;

import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a workflow sends a kind of call.
 *
 * @param filter {@code null} for the default filter
 * @param targets with a queue, in their order: the first, and those after it that follow a timeout; none when the call is canceled
 */
record Route(CallKind kind, Filter filter, List<Target> targets) {

    static Route of(WorkflowConfiguration workflow, CallKind kind) {
        Filter filter = workflow.matching(kind.task()).orElse(null);
        return new Route(
                kind,
                filter,
                filter != null
                        ? reached(filter)
                        : workflow.defaultQueue() == null
                                ? List.of()
                                : List.of(new Target(workflow.defaultQueue(), null, null, null, null)));
    }

    /** The same kind, routed by another filter. */
    Route by(Filter other) {
        return new Route(kind, other, reached(other));
    }

    private static List<Target> reached(Filter filter) {
        List<Target> reached = new ArrayList<>();
        for (Target target : filter.targets()) {
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
