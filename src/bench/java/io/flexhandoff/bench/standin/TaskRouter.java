package io.flexhandoff.bench.standin;

import io.flexhandoff.bench.standin.Tasks.Task;
import java.util.List;

/** TaskRouter v1: {@code /taskrouter/v1/Workspaces/WS…/…}, as far as whoever hands calls over asks it. */
final class TaskRouter {

    private static final String HOST = "https://taskrouter.twilio.com";

    private TaskRouter() {}

    static Answer answer(State state, Asked asked, String[] path) {
        if (path.length < 5 || !path[2].equals("Workspaces") || asked.isDelete()) {
            return null;
        }
        boolean tasks = path[4].equals("Tasks");
        if (path.length == 5) {
            return asked.isPost() ? null : tasks ? list(state, asked, path[3]) : none(asked, path[4]);
        }
        if (!tasks) {
            return null;
        }
        Task task = state.tasks.find(path[5]);
        if (task == null) {
            return Answer.notFound(asked);
        }
        if (path.length == 6) {
            return task(asked, path[3], task);
        }
        return path.length == 7 && path[6].equals("Reservations") && !asked.isPost() ? none(asked, path[6]) : null;
    }

    /** Newest first, as it is asked for here; all are pending. */
    private static Answer list(State state, Asked asked, String workspace) {
        List<String> statuses = asked.parameters("AssignmentStatus");
        boolean pending = statuses.isEmpty() || statuses.stream().anyMatch(status -> status.contains("pending"));
        List<Task> found = pending ? state.tasks.in(String.valueOf(asked.parameter("WorkflowSid"))) : List.of();
        int count = found.size();
        return new Page("tasks", HOST, asked).of(count, place -> json(workspace, found.get(count - 1 - place)));
    }

    private static Answer none(Asked asked, String collection) {
        return switch (collection) {
            case "Workers", "Reservations" -> new Page(collection.toLowerCase(), HOST, asked).of(0, place -> "");
            default -> null;
        };
    }

    private static Answer task(Asked asked, String workspace, Task task) {
        if (asked.isPost()) {
            String attributes = asked.field("Attributes");
            if (attributes == null) {
                return null;
            }
            task.attributes = attributes;
            task.version++;
            task.json = null;
        }
        return Answer.ok(json(workspace, task)).versioned(task.version);
    }

    private static String json(String workspace, Task task) {
        if (task.json == null) {
            String url = HOST + "/v1/Workspaces/" + workspace;
            task.json = new Json()
                    .put("account_sid", Products.ACCOUNT)
                    .put("workspace_sid", workspace)
                    .put("sid", task.sid)
                    .put("date_created", task.created)
                    .put("date_updated", task.created)
                    .put("url", url + "/Tasks/" + task.sid)
                    .put("age", 1)
                    .put("assignment_status", "pending")
                    .put("attributes", task.attributes)
                    .put("addons", "{}")
                    .put("task_queue_entered_date", task.created)
                    .put("priority", 0)
                    .put("reason", null)
                    .put("task_queue_sid", "WQ" + "a".repeat(32))
                    .put("task_queue_friendly_name", "Human Support")
                    .put("task_channel_sid", "TC" + "a".repeat(32))
                    .put("task_channel_unique_name", "voice")
                    .put("timeout", 86400)
                    .put("workflow_sid", task.workflow)
                    .put("workflow_friendly_name", "Support")
                    .raw(
                            "links",
                            new Json()
                                    .put("workflow", url + "/Workflows/" + task.workflow)
                                    .put("workspace", url)
                                    .put("reservations", url + "/Tasks/" + task.sid + "/Reservations")
                                    .end())
                    .put("virtual_start_time", task.created)
                    .raw("ignore_capacity", "false")
                    .put("routing_target", null)
                    .end();
        }
        return task.json;
    }
}
