package io.flexhandoff.sandbox.twilio;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * TaskRouter's events: form posts to the workspace's {@code EventCallbackUrl}, in order for each task, and what Event Streams has
 * subscribers for.
 */
final class TaskRouterEvents {

    /** What precedes an event's name in its type. */
    private static final String STREAMED = "com.twilio.taskrouter.";

    private final SandboxAccount account;
    private final Workspace workspace;
    private final Webhooks webhooks;
    private final EventStreams streams;

    TaskRouterEvents(SandboxAccount account, Workspace workspace, Webhooks webhooks, EventStreams streams) {
        this.streams = streams;
        this.account = account;
        this.workspace = workspace;
        this.webhooks = webhooks;
    }

    /** An event of a task. */
    void task(String type, Task task) {
        if (isWanted(type)) {
            send(taskForm(type, task), task);
        }
    }

    /** {@code workflow.target-matched}, with the name of the filter. */
    void workflowMatched(Task task, String filterName) {
        String type = "workflow.target-matched";
        if (isWanted(type)) {
            Map<String, String> form = taskForm(type, task);
            form.put("WorkflowFilterName", filterName);
            send(form, task);
        }
    }

    /** An event of a reservation. */
    void reservation(String type, Reservation reservation) {
        if (!isWanted(type)) {
            return;
        }
        Worker worker = reservation.worker;
        Map<String, String> form = taskForm(type, reservation.task);
        form.put("ResourceType", "reservation");
        form.put("ResourceSid", reservation.sid);
        form.put("ReservationSid", reservation.sid);
        form.put("WorkerSid", worker.sid);
        form.put("WorkerName", worker.friendlyName);
        form.put("WorkerAttributes", worker.attributes());
        form.put("WorkerActivitySid", worker.activity.sid());
        form.put("WorkerActivityName", worker.activity.friendlyName());
        form.put("WorkerVersion", Integer.toString(worker.version));
        send(form, reservation.task);
    }

    private boolean isWanted(String type) {
        return isCalledBack(type) || streams.isWanted(STREAMED + type);
    }

    private boolean isCalledBack(String type) {
        String filter = workspace.eventsFilter;
        return !workspace.eventCallbackUrl.isEmpty()
                && (filter == null
                        || filter.isBlank()
                        || List.of(filter.split("\\s*,\\s*")).contains(type));
    }

    private Map<String, String> taskForm(String type, Task task) {
        Instant now = Instant.now();
        Map<String, String> form = new TreeMap<>();
        form.put("Sid", Sids.random("EV"));
        form.put("EventType", type);
        form.put("EventDescription", description(type));
        form.put("AccountSid", account.accountSid());
        form.put("WorkspaceSid", workspace.sid);
        form.put("WorkspaceName", workspace.friendlyName);
        form.put("ResourceType", type.startsWith("workflow") ? "workflow" : "task");
        form.put("ResourceSid", type.startsWith("workflow") ? task.workflow.sid : task.sid);
        form.put("Timestamp", Long.toString(now.getEpochSecond()));
        form.put("TimestampMs", Long.toString(now.toEpochMilli()));
        form.put("TaskSid", task.sid);
        form.put("TaskAttributes", task.attributes());
        form.put("TaskAge", Long.toString(Duration.between(task.created, now).toSeconds()));
        form.put("TaskPriority", Integer.toString(task.priority));
        form.put("TaskAssignmentStatus", task.status);
        form.put("TaskVersion", Integer.toString(task.version));
        form.put("TaskChannelUniqueName", task.channel);
        form.put("TaskCanceledReason", task.status.equals("canceled") ? text(task.reason) : "");
        form.put("TaskCompletedReason", task.status.equals("completed") ? text(task.reason) : "");
        form.put("WorkflowSid", task.workflow.sid);
        form.put("WorkflowName", task.workflow.friendlyName);
        form.put("TaskQueueSid", task.queue == null ? "" : task.queue.sid);
        form.put("TaskQueueName", task.queue == null ? "" : task.queue.friendlyName);
        return form;
    }

    private void send(Map<String, String> form, Task task) {
        String callSid = task.call == null ? null : task.call.sid;
        String type = form.get("EventType");
        if (isCalledBack(type)) {
            webhooks.post(new Webhook("taskrouter", account, callSid, task.sid, workspace.eventCallbackUrl, form));
        }
        if (streams.isWanted(STREAMED + type)) {
            streams.publish(STREAMED + type, callSid, form);
        }
    }

    /** Such as "Task created". */
    private static String description(String type) {
        String words = type.replace('.', ' ').replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String text(String reason) {
        return reason == null ? "" : reason;
    }
}
