package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.Predicate;

/** TaskRouter v1: statistics of a queue, with the fields of Twilio's OpenAPI document. */
final class QueueStatistics {

    private static final String QUEUE = TaskRouterApi.WORKSPACE + "/TaskQueues/:sid";
    private static final int MINUTES = 15;

    private final TwilioRequest request;
    private final Workspace workspace;
    private final TaskQueue queue;
    private final Instant now = Instant.now();

    private QueueStatistics(TwilioRequest request) {
        this.request = request;
        this.workspace = TaskRouterApi.workspace(request);
        this.queue = TaskRouterApi.queue(request);
    }

    static void mount(TwilioApi.Product api) {
        api.get(QUEUE + "/RealTimeStatistics", request -> Answer.ok(new QueueStatistics(request).realTime()))
                .get(QUEUE + "/CumulativeStatistics", request -> Answer.ok(new QueueStatistics(request).cumulative()));
    }

    private JsonObject realTime() {
        List<Worker> workers =
                workspace.workers.values().stream().filter(queue::includes).toList();
        JsonArray activities = new JsonArray();
        workspace
                .activities
                .values()
                .forEach(activity -> activities.add(new JsonObject()
                        .put("sid", activity.sid())
                        .put("friendly_name", activity.friendlyName())
                        .put(
                                "workers",
                                workers.stream()
                                        .filter(worker -> worker.activity.sid().equals(activity.sid()))
                                        .count())));
        List<Task> open = tasks(workspace.tasks.open().stream().toList(), task -> !task.isOver());
        JsonObject byStatus = new JsonObject();
        for (String status : List.of("pending", "reserved", "assigned", "wrapping")) {
            byStatus.put(status, count(open, task -> task.status.equals(status)));
        }
        JsonObject byPriority = new JsonObject();
        open.forEach(task ->
                byPriority.put(Integer.toString(task.priority), count(open, other -> other.priority == task.priority)));
        List<Task> waiting = open.stream()
                .filter(task -> task.status.equals("pending") || task.status.equals("reserved"))
                .toList();
        Optional<Task> oldest = waiting.stream().min(Comparator.comparing(task -> task.created));
        Optional<Task> longest = waiting.stream().min(Comparator.comparing(task -> task.queueEntered));
        return resource("RealTimeStatistics")
                .put("activity_statistics", activities)
                .put(
                        "longest_task_waiting_age",
                        oldest.map(task -> age(task.created)).orElse(0L))
                .put("longest_task_waiting_sid", oldest.map(task -> task.sid).orElse(null))
                .put(
                        "longest_relative_task_age_in_queue",
                        longest.map(task -> age(task.queueEntered)).orElse(0L))
                .put(
                        "longest_relative_task_sid_in_queue",
                        longest.map(task -> task.sid).orElse(null))
                .put("tasks_by_priority", byPriority)
                .put("tasks_by_status", byStatus)
                .put(
                        "total_available_workers",
                        workers.stream()
                                .filter(worker -> worker.activity.available())
                                .count())
                .put("total_eligible_workers", workers.size())
                .put("total_tasks", open.size());
    }

    private JsonObject cumulative() {
        Instant since = now.minus(Duration.ofMinutes(request.queryInteger("Minutes", MINUTES)));
        List<Task> tasks = tasks(workspace.tasks.all(), task -> task.updated.isAfter(since));
        List<Reservation> reservations = tasks.stream()
                .flatMap(task -> task.reservations.stream())
                .filter(reservation -> reservation.updated.isAfter(since))
                .toList();
        List<Reservation> accepted = reservations.stream()
                .filter(reservation -> reservation.accepted != null)
                .toList();
        LongSummaryStatistics fromCreation = accepted.stream()
                .mapToLong(reservation -> seconds(reservation.task.created, reservation.accepted))
                .summaryStatistics();
        LongSummaryStatistics inQueue = accepted.stream()
                .mapToLong(reservation -> seconds(reservation.task.queueEntered, reservation.accepted))
                .summaryStatistics();
        LongSummaryStatistics canceled = tasks.stream()
                .filter(task -> task.status.equals("canceled"))
                .mapToLong(task -> seconds(task.created, task.updated))
                .summaryStatistics();
        JsonObject answer = resource("CumulativeStatistics")
                .put("start_time", ConversationsJson.date(since))
                .put("end_time", ConversationsJson.date(now))
                .put("avg_task_acceptance_time", Math.round(fromCreation.getAverage()))
                .put("reservations_created", reservations.size())
                .put("reservations_accepted", accepted.size());
        for (String status : List.of("rejected", "timed_out", "canceled", "rescinded")) {
            answer.put(
                    "reservations_" + status,
                    reservations.stream()
                            .filter(reservation -> reservation.status.equals(status))
                            .count());
        }
        return answer.put("split_by_wait_time", null)
                .put("wait_duration_until_accepted", durations(fromCreation))
                .put("wait_duration_until_canceled", durations(canceled))
                .put("wait_duration_in_queue_until_accepted", durations(inQueue))
                .put("tasks_canceled", count(tasks, task -> task.status.equals("canceled")))
                .put("tasks_completed", count(tasks, task -> task.status.equals("completed")))
                .put("tasks_deleted", 0)
                .put("tasks_entered", tasks.size())
                .put("tasks_moved", 0);
    }

    private List<Task> tasks(List<Task> all, Predicate<Task> wanted) {
        String channel = request.query("TaskChannel");
        return all.stream()
                .filter(task -> task.queue == queue)
                .filter(task -> channel == null || channel.equals(task.channel))
                .filter(wanted)
                .toList();
    }

    private static long count(List<Task> tasks, Predicate<Task> wanted) {
        return tasks.stream().filter(wanted).count();
    }

    private static JsonObject durations(LongSummaryStatistics seconds) {
        boolean none = seconds.getCount() == 0;
        return new JsonObject()
                .put("avg", Math.round(seconds.getAverage()))
                .put("min", none ? 0 : seconds.getMin())
                .put("max", none ? 0 : seconds.getMax())
                .put("total", seconds.getSum());
    }

    private long age(Instant since) {
        return seconds(since, now);
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private JsonObject resource(String name) {
        return new JsonObject()
                .put("account_sid", request.state().account().accountSid())
                .put("workspace_sid", workspace.sid)
                .put("task_queue_sid", queue.sid)
                .put(
                        "url",
                        request.host() + "/v1/Workspaces/" + workspace.sid + "/TaskQueues/" + queue.sid + "/" + name);
    }
}
