package io.flexhandoff.support;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.org.Org;
import java.util.concurrent.atomic.AtomicInteger;

/** What an administrator sets up in an org's workspace: queues, workflows and workers, which no other test has. */
public final class Routing {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Org org;
    private final TwilioRestClient twilio;

    public Routing(Org org, TwilioRestClient twilio) {
        this.org = org;
        this.twilio = twilio;
    }

    /** A team of nobody. */
    public Team team() {
        return new Team();
    }

    /** A queue with workers of its own. */
    public final class Team {

        public final String name = "Team " + COUNT.incrementAndGet();
        public final String queue = TaskQueue.creator(org.workspaceSid(), name)
                .setTargetWorkers("team == '" + name + "'")
                .create(twilio)
                .getSid();
        private String workflow;

        private Team() {}

        /** One that sends every task to the queue. */
        public String workflow() {
            if (workflow == null) {
                workflow = Routing.this.workflow(queue);
            }
            return workflow;
        }

        public Worker worker(String activityName, String language) {
            return Worker.creator(org.workspaceSid(), "Rep " + COUNT.incrementAndGet())
                    .setAttributes("{\"team\":\"" + name + "\",\"languages\":[\"" + language + "\"]}")
                    .setActivitySid(activity(activityName))
                    .create(twilio);
        }
    }

    /** @param defaultQueue for what no filter takes; {@code null}: TaskRouter cancels it. @return its SID */
    public String workflow(String defaultQueue, String... filters) {
        String last = defaultQueue == null ? "" : ",\"default_filter\":{\"queue\":\"" + defaultQueue + "\"}";
        return Workflow.creator(
                        org.workspaceSid(),
                        "Workflow " + COUNT.incrementAndGet(),
                        "{\"task_routing\":{\"filters\":[" + String.join(",", filters) + "]" + last + "}}")
                .create(twilio)
                .getSid();
    }

    public static String filter(String expression, String... targets) {
        return "{\"filter_friendly_name\":\"some filter\",\"expression\":\"" + expression + "\",\"targets\":["
                + String.join(",", targets) + "]}";
    }

    /** @param more fields of the target, each after a comma */
    public static String target(String queue, String more) {
        return "{\"queue\":\"" + queue + "\"" + more + "}";
    }

    /** The SID of an activity. */
    public String activity(String name) {
        return Activity.reader(org.workspaceSid())
                .setFriendlyName(name)
                .read(twilio)
                .iterator()
                .next()
                .getSid();
    }

    public void activity(Worker worker, String name) {
        Worker.updater(org.workspaceSid(), worker.getSid())
                .setActivitySid(activity(name))
                .update(twilio);
    }

    /** As a workflow does whose last target has timed out. */
    public void timeOut(String task) {
        Task.updater(org.workspaceSid(), task)
                .setAssignmentStatus(Task.Status.CANCELED)
                .setReason("Task TTL Exceeded")
                .update(twilio);
    }
}
