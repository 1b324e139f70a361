package io.flexhandoff.checkup;

import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
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
        return new Route(kind, filter, workflow.reached(filter));
    }

    /** The same kind, routed by another filter. */
    Route by(Filter other) {
        return new Route(kind, other, other.reached());
    }
}
