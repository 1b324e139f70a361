package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What a workspace of the sandbox begins with: a team that an AI and one rep work in. */
final class DemoWorkspace {

    /** Calls that the AI takes at once, as the capacity of Flex's voice channel would say. */
    private static final int AI_CAPACITY = 50;

    private DemoWorkspace() {}

    static Workspace of(SandboxAccount account) {
        Workspace workspace = empty(account.workspaceSid(), "Flex Handoff sandbox");
        Activity available = workspace.activities.get(Sids.of("WA", workspace.sid, "Available"));

        String everyone = Sids.of("WQ", account.workspaceSid(), "Everyone");
        queue(workspace, new TaskQueue(account.aiQueueSid(), "AI Agents", "roles HAS 'ai'"));
        queue(workspace, new TaskQueue(account.humanQueueSid(), "Human Support", "roles HAS 'rep'"));
        queue(workspace, new TaskQueue(everyone, "Everyone", "1==1"));

        Workflow support = new Workflow(account.workflowSid(), "Support", configuration(account));
        workspace.workflows.put(support.sid, support);

        Worker ai = worker(
                workspace,
                account.aiWorkerSid(),
                "AI Support Agent",
                available,
                "{\"roles\":[\"ai\"],\"contact_uri\":\"client:ai\"}");
        ai.capacity = AI_CAPACITY;
        String rep = "Riley (rep)";
        worker(
                workspace,
                Sids.of("WK", workspace.sid, rep),
                rep,
                available,
                "{\"roles\":[\"rep\"],\"languages\":[\"en\",\"es\"],\"contact_uri\":\"client:riley\"}");
        return workspace;
    }

    /** One with activities alone, as Twilio makes it of no template. */
    static Workspace empty(String sid, String friendlyName) {
        Workspace workspace = new Workspace(sid, friendlyName);
        Activity offline = activity(workspace, "Offline", false);
        activity(workspace, "Available", true);
        activity(workspace, "Break", false);
        workspace.defaultActivity = offline;
        workspace.timeoutActivity = offline;
        return workspace;
    }

    /** Handed-off calls to the reps before new calls to the AI, anything else to the reps. */
    private static String configuration(SandboxAccount account) {
        JsonArray filters = new JsonArray()
                .add(filter("Handed off by the AI", "handedOff == true", account.humanQueueSid()))
                .add(filter("AI first", "direction == 'inbound'", account.aiQueueSid()));
        return new JsonObject()
                .put(
                        "task_routing",
                        new JsonObject()
                                .put("filters", filters)
                                .put("default_filter", new JsonObject().put("queue", account.humanQueueSid())))
                .encode();
    }

    private static JsonObject filter(String name, String expression, String queue) {
        return new JsonObject()
                .put("filter_friendly_name", name)
                .put("expression", expression)
                .put("targets", new JsonArray().add(new JsonObject().put("queue", queue)));
    }

    private static Activity activity(Workspace workspace, String name, boolean available) {
        Activity activity = new Activity(Sids.of("WA", workspace.sid, name), name, available, Instant.now());
        workspace.activities.put(activity.sid(), activity);
        return activity;
    }

    private static void queue(Workspace workspace, TaskQueue queue) {
        workspace.queues.put(queue.sid, queue);
    }

    private static Worker worker(Workspace workspace, String sid, String name, Activity activity, String attributes) {
        Worker worker = new Worker(sid, name, activity, attributes);
        workspace.workers.put(worker.sid, worker);
        return worker;
    }
}
