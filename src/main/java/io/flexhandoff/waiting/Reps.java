package io.flexhandoff.waiting;

import io.flexhandoff.component.taskrouter.WorkerView;
import io.flexhandoff.org.Org;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The people of a queue who could take a call.
 *
 * @param eligible whom queue and target select
 * @param signedIn those of them whose activity is none that the workspace puts the absent into
 * @param available those of them whose activity is an available one
 */
record Reps(int eligible, int signedIn, int available) {

    /** All workers of the queue, by its statistics. @param absent SIDs of the activities of those who are not signed in */
    static Reps of(QueueState queue, Set<String> absent) {
        int away = queue.byActivity().entrySet().stream()
                .filter(activity -> absent.contains(activity.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new Reps(queue.eligible(), Math.max(queue.eligible() - away, queue.available()), queue.available());
    }

    /** Those of the queue's workers who are people, and whom the target selects for the task. */
    static Reps of(List<WorkerView> workers, Target target, Map<String, ?> task, Org org, Set<String> absent) {
        List<WorkerView> eligible = workers.stream()
                .filter(worker -> !org.aiWorker().is(worker.sid()))
                .filter(worker -> target.eligible(task, worker.attributes()))
                .toList();
        return new Reps(
                eligible.size(),
                (int) eligible.stream()
                        .filter(worker -> worker.available() || !absent.contains(worker.activitySid()))
                        .count(),
                (int) eligible.stream().filter(WorkerView::available).count());
    }
}
