package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The life of tasks: through the workflow into a queue, offered to a free worker, accepted, wrapped up, completed.
 *
 * <p>A task waits in the first target of its filter; targets do not time out here, nor do reservations.
 */
final class TaskRouting {

    private static final Comparator<Task> NEXT_FIRST =
            Comparator.comparing((Task task) -> -task.priority).thenComparing(task -> task.created);

    private final Workspace workspace;
    private final TaskRouterEvents events;
    private final Changes changes;

    TaskRouting(Workspace workspace, TaskRouterEvents events, Changes changes) {
        this.workspace = workspace;
        this.events = events;
        this.changes = changes;
    }

    void create(Task task) {
        workspace.tasks.add(task);
        events.task("task.created", task);
        enterWorkflow(task);
        changed(task);
    }

    /** Routes a pending task by its attributes as they are now. */
    private void enterWorkflow(Task task) {
        events.task("workflow.entered", task);
        Optional<Filter> filter = task.workflow.parsed().matching(task.attributeMap());
        task.target = filter.map(matched -> matched.targets().stream().findFirst())
                .orElseGet(() -> Optional.ofNullable(task.workflow.parsed().defaultQueue())
                        .map(queue -> new Target(queue, null, null, null, null)))
                .orElse(null);
        task.queue = task.target == null ? null : workspace.queues.get(task.target.queue());
        if (task.queue == null) {
            cancel(task, "Task canceled: no workflow target with a queue of this workspace");
            return;
        }
        if (task.target.priority() != null) {
            task.priority = task.target.priority();
        }
        task.queueEntered = Instant.now();
        task.touch();
        events.workflowMatched(task, filter.map(Filter::name).orElse("default_filter"));
        events.task("task-queue.entered", task);
        offer(task);
    }

    private void offer(Task task) {
        workspace.workers.values().stream()
                .filter(Worker::isFree)
                .filter(worker -> eligible(task, worker) && !isUnanswered(task, worker))
                .findFirst()
                .ifPresent(worker -> reserve(task, worker));
    }

    private static boolean eligible(Task task, Worker worker) {
        return task.queue.includes(worker) && task.target.eligible(task.attributeMap(), worker.expressionView());
    }

    private static boolean isUnanswered(Task task, Worker worker) {
        return task.call != null && task.call.unanswered && worker.isRep();
    }

    private void reserve(Task task, Worker worker) {
        Reservation reservation = new Reservation(task, worker);
        task.reservations.add(reservation);
        worker.reservations.add(reservation);
        status(task, "reserved");
        events.reservation("reservation.created", reservation);
    }

    /** Offers waiting tasks to workers that may have become free or eligible: higher priority first, then older first. */
    void dispatch() {
        if (workspace.workers.values().stream().anyMatch(Worker::isFree)) {
            List<Task> waiting = workspace.tasks.open().stream()
                    .filter(task -> task.status.equals("pending"))
                    .sorted(NEXT_FIRST)
                    .toList();
            waiting.forEach(this::offer);
        }
    }

    /** A worker is new, or its activity, name or attributes are: it may be eligible for a waiting task. */
    void workerChanged(Worker worker) {
        changes.changed("worker", worker.sid);
        dispatch();
    }

    /** Replaces a task's attributes; a pending task is routed again by them. */
    void updateAttributes(Task task, String json) {
        task.attributes(json);
        task.touch();
        events.task("task.updated", task);
        if (task.status.equals("pending")) {
            enterWorkflow(task);
        }
        changed(task);
    }

    /** The worker takes the task: a waiting caller is bridged, and Twilio notes the conference in the task's attributes. */
    void accept(Reservation reservation) {
        Task task = reservation.task;
        JsonObject added = new JsonObject();
        if (task.call != null) {
            JsonObject participants =
                    new JsonObject().put("worker", Sids.random("CA")).put("customer", task.call.sid);
            added.put(
                    "conference",
                    new JsonObject()
                            .put("room_name", task.sid)
                            .put("sid", Sids.random("CF"))
                            .put("participants", participants));
        }
        accept(reservation, added);
    }

    /** The worker's phone is called and bridged with the waiting caller; Twilio notes that call in the task's attributes. */
    void dequeue(Reservation reservation) {
        accept(reservation, new JsonObject().put("worker_call_sid", Sids.random("CA")));
    }

    /** The waiting caller is sent to TwiML of the worker's own; the task is the worker's until it completes it. */
    void redirect(Reservation reservation) {
        accept(reservation, new JsonObject());
    }

    private void accept(Reservation reservation, JsonObject added) {
        require(reservation, "accept", "pending");
        Task task = reservation.task;
        reservation.status("accepted");
        reservation.accepted = reservation.updated;
        status(task, "assigned");
        events.reservation("reservation.accepted", reservation);
        if (!added.isEmpty()) {
            updateAttributes(
                    task, new JsonObject(task.attributes()).mergeIn(added).encode());
        }
        changed(task);
    }

    /** The worker gives a pending task back; it is routed again, possibly to the same worker if that stays available. */
    void reject(Reservation reservation, Activity newActivity) {
        require(reservation, "reject", "pending");
        close(reservation, "rejected");
        events.reservation("reservation.rejected", reservation);
        if (newActivity != null) {
            reservation.worker.activity(newActivity);
            changes.changed("worker", reservation.worker.sid);
        }
        status(reservation.task, "pending");
        enterWorkflow(reservation.task);
        dispatch();
        changed(reservation.task);
    }

    /** The conversation is over, the worker finishes its work on the task. */
    void wrapUp(Reservation reservation) {
        require(reservation, "wrap up", "accepted");
        reservation.status("wrapping");
        status(reservation.task, "wrapping");
        events.reservation("reservation.wrapup", reservation);
        events.task("task.wrapup", reservation.task);
    }

    /** The worker is done and free again. */
    void complete(Reservation reservation, String reason) {
        require(reservation, "complete", "accepted", "wrapping");
        close(reservation, "completed");
        Task task = reservation.task;
        task.reason = reason;
        finish(task, "completed");
        events.reservation("reservation.completed", reservation);
        events.task("task.completed", task);
        dispatch();
    }

    /**
     * Cancels a task that nobody has accepted.
     *
     * @throws TwilioError 20001 if it was accepted or is over
     */
    void cancel(Task task, String reason) {
        if (!task.status.equals("pending") && !task.status.equals("reserved")) {
            throw wrongStatus("cancel task " + task.sid, task.status);
        }
        Reservation offered = task.openReservation();
        if (offered != null) {
            close(offered, "canceled");
        }
        task.reason = reason;
        finish(task, "canceled");
        if (offered != null) {
            events.reservation("reservation.canceled", offered);
        }
        events.task("task.canceled", task);
        dispatch();
    }

    /** The caller of a task is not on the line any more: hung up, or was sent elsewhere. */
    void callerLeft(Task task, String reason) {
        if (task == null || task.isOver()) {
            return;
        }
        if (task.status.equals("assigned")) {
            wrapUp(task.openReservation());
        } else if (!task.status.equals("wrapping")) {
            cancel(task, reason);
        }
    }

    /** Forgets a task at once. */
    void delete(Task task) {
        Reservation open = task.openReservation();
        if (open != null) {
            close(open, "canceled");
        }
        workspace.tasks.remove(task.sid);
        events.task("task.deleted", task);
        changed(task);
        dispatch();
    }

    private void close(Reservation reservation, String status) {
        reservation.status(status);
        reservation.worker.reservations.finish(reservation);
    }

    private void finish(Task task, String status) {
        task.ended = Instant.now();
        status(task, status);
        workspace.tasks.finish(task);
    }

    private void status(Task task, String status) {
        task.status = status;
        task.touch();
        changed(task);
    }

    private void changed(Task task) {
        changes.changed("task", task.sid);
        if (task.call != null) {
            changes.changed("call", task.call.sid);
        }
    }

    private static void require(Reservation reservation, String action, String... statuses) {
        if (!List.of(statuses).contains(reservation.status)) {
            throw wrongStatus(action + " reservation " + reservation.sid, reservation.status);
        }
    }

    private static TwilioError wrongStatus(String action, String status) {
        return TwilioError.invalid("Unable to " + action + ": its status is " + status);
    }
}
