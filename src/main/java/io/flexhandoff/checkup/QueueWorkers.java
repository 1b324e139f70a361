package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.component.Attributes;
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
        List<Worker> eligible = org.workersOf(target.queue()).stream()
                .filter(worker -> target.expression() == null || target.eligible(task, attributes(worker)))
                .toList();
        return new QueueWorkers(eligible.size(), (int)
                eligible.stream().filter(Worker::getAvailable).count());
    }

    /** What expressions see of a worker. */
    static Map<String, Object> attributes(Worker worker) {
        Map<String, Object> attributes = Attributes.read(worker.getAttributes());
        attributes.put("sid", worker.getSid());
        attributes.put("friendly_name", worker.getFriendlyName());
        attributes.put("activity_name", worker.getActivityName());
        attributes.put("activity_sid", worker.getActivitySid());
        return attributes;
    }

    @Override
    public String toString() {
        return eligible + (eligible == 1 ? " worker, " : " workers, ") + available + " available now";
    }
}
