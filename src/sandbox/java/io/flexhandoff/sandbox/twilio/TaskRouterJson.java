package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** TaskRouter resources with the fields of Twilio's OpenAPI document. */
final class TaskRouterJson {

    private final SandboxAccount account;
    private final Workspace workspace;
    private final String url;

    TaskRouterJson(TwilioRequest request, Workspace workspace) {
        this.account = request.state().account();
        this.workspace = workspace;
        this.url = request.host() + "/v1/Workspaces/" + workspace.sid;
    }

    JsonObject workspace() {
        JsonObject links = new JsonObject();
        for (String collection : new String[] {"Activities", "Tasks", "Workers", "Workflows"}) {
            links.put(collection.toLowerCase(Locale.ROOT), url + "/" + collection);
        }
        links.put("task_queues", url + "/TaskQueues");
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("date_created", date(workspace.created))
                .put("date_updated", date(workspace.updated))
                .put("default_activity_name", workspace.defaultActivity.friendlyName())
                .put("default_activity_sid", workspace.defaultActivity.sid())
                .put("event_callback_url", workspace.eventCallbackUrl)
                .put("events_filter", workspace.eventsFilter)
                .put("friendly_name", workspace.friendlyName)
                .put("multi_task_enabled", workspace.multiTaskEnabled)
                .put("sid", workspace.sid)
                .put("timeout_activity_name", workspace.timeoutActivity.friendlyName())
                .put("timeout_activity_sid", workspace.timeoutActivity.sid())
                .put("prioritize_queue_order", workspace.prioritizeQueueOrder)
                .put("url", url)
                .put("links", links);
    }

    JsonObject activity(Activity activity) {
        return resource("Activities", activity.sid(), activity.created(), activity.created())
                .put("available", activity.available())
                .put("friendly_name", activity.friendlyName())
                .put("links", new JsonObject().put("workspace", url));
    }

    JsonObject worker(Worker worker) {
        String self = url + "/Workers/" + worker.sid;
        return resource("Workers", worker.sid, worker.created, worker.updated)
                .put("activity_name", worker.activity.friendlyName())
                .put("activity_sid", worker.activity.sid())
                .put("attributes", worker.attributes())
                .put("available", worker.activity.available())
                .put("date_status_changed", date(worker.statusChanged))
                .put("friendly_name", worker.friendlyName)
                .put(
                        "links",
                        new JsonObject()
                                .put("activity", url + "/Activities/" + worker.activity.sid())
                                .put("reservations", self + "/Reservations")
                                .put("workspace", url));
    }

    JsonObject queue(TaskQueue queue) {
        return resource("TaskQueues", queue.sid, queue.created, queue.updated)
                .put("assignment_activity_sid", null)
                .put("assignment_activity_name", null)
                .put("friendly_name", queue.friendlyName)
                .put("max_reserved_workers", queue.maxReservedWorkers)
                .put("reservation_activity_sid", null)
                .put("reservation_activity_name", null)
                .put("target_workers", queue.targetWorkers())
                .put("task_order", queue.taskOrder)
                .put("links", new JsonObject().put("workspace", url));
    }

    JsonObject workflow(Workflow workflow) {
        return resource("Workflows", workflow.sid, workflow.created, workflow.updated)
                .put("assignment_callback_url", workflow.assignmentCallbackUrl)
                .put("configuration", workflow.configuration())
                .put("document_content_type", "application/json")
                .put("fallback_assignment_callback_url", workflow.fallbackAssignmentCallbackUrl)
                .put("friendly_name", workflow.friendlyName)
                .put("task_reservation_timeout", workflow.taskReservationTimeout)
                .put("links", new JsonObject().put("workspace", url));
    }

    JsonObject task(Task task) {
        TaskQueue queue = task.queue;
        JsonObject links = new JsonObject()
                .put("workflow", url + "/Workflows/" + task.workflow.sid)
                .put("workspace", url)
                .put("reservations", url + "/Tasks/" + task.sid + "/Reservations");
        if (queue != null) {
            links.put("task_queue", url + "/TaskQueues/" + queue.sid);
        }
        return resource("Tasks", task.sid, task.created, task.updated)
                .put("age", Duration.between(task.created, Instant.now()).toSeconds())
                .put("assignment_status", task.status)
                .put("attributes", task.attributes())
                .put("addons", "{}")
                .put("task_queue_entered_date", date(task.queueEntered))
                .put("priority", task.priority)
                .put("reason", task.reason)
                .put("task_queue_sid", queue == null ? null : queue.sid)
                .put("task_queue_friendly_name", queue == null ? null : queue.friendlyName)
                .put("task_channel_sid", Sids.of("TC", workspace.sid, task.channel))
                .put("task_channel_unique_name", task.channel)
                .put("timeout", task.timeout)
                .put("workflow_sid", task.workflow.sid)
                .put("workflow_friendly_name", task.workflow.friendlyName)
                .put("links", links)
                .put("virtual_start_time", date(task.created))
                .put("ignore_capacity", false)
                .put("routing_target", null);
    }

    /** A reservation, below its task or below its worker as the request has it. */
    JsonObject reservation(Reservation reservation, boolean belowWorker) {
        String task = url + "/Tasks/" + reservation.task.sid;
        String worker = url + "/Workers/" + reservation.worker.sid;
        return resource("Reservations", reservation.sid, reservation.created, reservation.updated)
                .put("reservation_status", reservation.status)
                .put("task_sid", reservation.task.sid)
                .put("worker_name", reservation.worker.friendlyName)
                .put("worker_sid", reservation.worker.sid)
                .put("url", (belowWorker ? worker : task) + "/Reservations/" + reservation.sid)
                .put(
                        "links",
                        new JsonObject().put("task", task).put("worker", worker).put("workspace", url));
    }

    private JsonObject resource(String collection, String sid, Instant created, Instant updated) {
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("workspace_sid", workspace.sid)
                .put("sid", sid)
                .put("date_created", date(created))
                .put("date_updated", date(updated))
                .put("url", url + "/" + collection + "/" + sid);
    }

    private static String date(Instant instant) {
        return ConversationsJson.date(instant);
    }
}
