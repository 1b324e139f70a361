package io.flexhandoff.checkup;

import io.flexhandoff.component.taskrouter.WorkerView;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.List;
import java.util.Map;

/**
 * How many workers a task can be offered to.
 *
 * @param eligible those whom the queue and the target select
 * @param available those of them whose activity is an available one now
 */
record QueueWorkers(int eligible, int available) {

    static QueueWorkers of(OrgInTwilio org, Target target, Map<String, ?> task) {
        List<WorkerView> eligible = org.workersOf(target.queue()).stream()
                .map(WorkerView::of)
                .filter(worker -> target.eligible(task, worker.attributes()))
                .toList();
        return new QueueWorkers(eligible.size(), (int)
                eligible.stream().filter(WorkerView::available).count());
    }

    @Override
    public String toString() {
        return eligible + (eligible == 1 ? " worker, " : " workers, ") + available + " available now";
    }
}
