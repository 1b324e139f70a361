package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.workflow.Expression;
import io.flexhandoff.workflow.ExpressionException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** TaskRouter v1: tasks and reservations. */
final class TaskApi {

    private static final String TASKS = TaskRouterApi.WORKSPACE + "/Tasks";
    private static final String TASK_RESERVATIONS = TASKS + "/:task/Reservations";
    private static final String WORKER_RESERVATIONS = TaskRouterApi.WORKSPACE + "/Workers/:worker/Reservations";

    private TaskApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(TASKS, TaskApi::list)
                .post(TASKS, TaskApi::create)
                .get(TASKS + "/:task", request -> answer(request, task(request)))
                .post(TASKS + "/:task", TaskApi::update)
                .delete(TASKS + "/:task", TaskApi::delete)
                .get(TASK_RESERVATIONS, TaskApi::listReservations)
                .get(TASK_RESERVATIONS + "/:sid", request -> answer(request, reservation(request)))
                .post(TASK_RESERVATIONS + "/:sid", TaskApi::updateReservation)
                .get(WORKER_RESERVATIONS, TaskApi::listReservations)
                .get(WORKER_RESERVATIONS + "/:sid", request -> answer(request, reservation(request)))
                .post(WORKER_RESERVATIONS + "/:sid", TaskApi::updateReservation);
    }

    private static Answer list(TwilioRequest request) {
        Workspace workspace = TaskRouterApi.workspace(request);
        List<Task> found = workspace.tasks.all().stream()
                .filter(in(request.queryAll("AssignmentStatus"), task -> task.status))
                .filter(in(request.queryAll("WorkflowSid"), task -> task.workflow.sid))
                .filter(in(request.queryAll("WorkflowName"), task -> task.workflow.friendlyName))
                .filter(in(request.queryAll("TaskQueueSid"), task -> task.queue == null ? "" : task.queue.sid))
                .filter(in(request.queryAll("Priority"), task -> Integer.toString(task.priority)))
                .filter(evaluated(request, workspace))
                .sorted(order(request.query("Ordering")))
                .toList();
        return new Paging(request, 1000).v1("tasks", found, task -> task.sid, TaskRouterApi.json(request)::task);
    }

    private static Predicate<Task> in(List<String> wanted, Function<Task, String> value) {
        return task -> wanted.isEmpty() || wanted.contains(value.apply(task));
    }

    private static Predicate<Task> evaluated(TwilioRequest request, Workspace workspace) {
        String text = request.query("EvaluateTaskAttributes");
        if (text == null || text.isEmpty()) {
            return task -> true;
        }
        workspace.evaluations.take();
        try {
            Expression expression = Expression.parse(text);
            return task -> expression.matchesTask(task.attributeMap());
        } catch (ExpressionException e) {
            throw TwilioError.invalid("EvaluateTaskAttributes: " + e.getMessage());
        }
    }

    private static Comparator<Task> order(String ordering) {
        Comparator<Task> byPriority = Comparator.comparing(task -> task.priority);
        Comparator<Task> byDate = Comparator.comparing(task -> task.created);
        return switch (String.valueOf(ordering)) {
            case "DateCreated:desc" -> byDate.reversed();
            case "Priority:asc" -> byPriority;
            case "Priority:desc" -> byPriority.reversed();
            case "null", "", "DateCreated:asc" -> byDate;
            default -> throw TwilioError.invalid("Ordering is neither DateCreated nor Priority with asc or desc");
        };
    }

    private static Answer create(TwilioRequest request) {
        Workspace workspace = TaskRouterApi.workspace(request);
        String workflowSid =
                request.form("WorkflowSid", request.state().account().workflowSid());
        Workflow workflow = workspace.workflows.get(workflowSid);
        if (workflow == null) {
            throw TwilioError.invalid("WorkflowSid is no workflow of this workspace");
        }
        Task task = new Task(workflow, attributes(request, "{}"), null, request.form("TaskChannel", "default"));
        task.priority = request.integer("Priority", 0);
        task.timeout = request.integer("Timeout", Task.DEFAULT_TIMEOUT);
        request.state().routing().create(task);
        return Answer.created(TaskRouterApi.json(request).task(task)).withVersion(task.version);
    }

    private static Answer update(TwilioRequest request) {
        Task task = task(request);
        request.checkVersion(task.version);
        if (request.has("Attributes") && request.has("AssignmentStatus")) {
            throw TwilioError.invalid("Attributes and AssignmentStatus cannot be changed in one request");
        }
        String attributes = attributes(request, task.attributes());
        Integer priority = request.integer("Priority", task.priority);
        String reason = request.form("Reason", task.reason);
        TaskRouting routing = request.state().routing();
        switch (request.form("AssignmentStatus", "")) {
            case "" -> task.priority = priority;
            case "canceled" -> routing.cancel(task, reason);
            case "wrapping" -> routing.wrapUp(worked(task));
            case "completed" -> routing.complete(worked(task), reason);
            default -> throw TwilioError.invalid("AssignmentStatus is neither canceled, wrapping nor completed");
        }
        if (request.has("Attributes")) {
            routing.updateAttributes(task, attributes);
        }
        return answer(request, task);
    }

    private static Reservation worked(Task task) {
        Reservation reservation = task.openReservation();
        if (reservation == null) {
            throw TwilioError.invalid("Task " + task.sid + " is " + task.status + ": no worker has accepted it");
        }
        return reservation;
    }

    private static String attributes(TwilioRequest request, String otherwise) {
        String attributes = request.form("Attributes", otherwise);
        TwilioRequest.object("Attributes", attributes);
        if (attributes.length() > Task.ATTRIBUTES_LIMIT) {
            throw TwilioError.invalid("Attributes are longer than " + Task.ATTRIBUTES_LIMIT + " characters");
        }
        return attributes;
    }

    private static Answer delete(TwilioRequest request) {
        Task task = task(request);
        request.checkVersion(task.version);
        request.state().routing().delete(task);
        return Answer.noContent();
    }

    private static Answer listReservations(TwilioRequest request) {
        List<String> statuses = request.queryAll("ReservationStatus");
        List<Reservation> found = reservations(request).stream()
                .filter(reservation -> statuses.isEmpty() || statuses.contains(reservation.status))
                .toList();
        return new Paging(request, 1000)
                .v1("reservations", found, reservation -> reservation.sid, reservation -> TaskRouterApi.json(request)
                        .reservation(reservation, request.pathParam("worker") != null));
    }

    private static Answer updateReservation(TwilioRequest request) {
        Reservation reservation = reservation(request);
        request.checkVersion(reservation.version);
        TaskRouting routing = request.state().routing();
        String wanted = request.form("ReservationStatus", request.form("Instruction", ""));
        switch (wanted) {
            case "accepted", "accept", "conference" -> routing.accept(reservation);
            case "dequeue" -> {
                request.required("DequeueTo");
                routing.dequeue(reservation);
            }
            case "redirect" -> redirect(request, reservation);
            case "rejected", "reject" ->
                routing.reject(reservation, TaskRouterApi.activity(request, "WorkerActivitySid", null));
            case "wrapping" -> routing.wrapUp(reservation);
            case "completed" -> routing.complete(reservation, null);
            default ->
                throw TwilioError.invalid("ReservationStatus or Instruction '" + wanted
                        + "' is none of accepted, rejected, wrapping, completed, conference, dequeue, redirect");
        }
        return answer(request, reservation);
    }

    private static void redirect(TwilioRequest request, Reservation reservation) {
        LiveCall call = request.state().calls().find(request.required("RedirectCallSid"));
        if (call == null || call != reservation.task.call || !call.inProgress()) {
            throw TwilioError.invalid("RedirectCallSid is not the live call of the task");
        }
        if (!request.required("RedirectUrl").matches("https?://[^/]+.*")) {
            throw TwilioError.invalid("RedirectUrl is not an absolute URL");
        }
        if (!Boolean.parseBoolean(request.form("RedirectAccept", "false"))) {
            throw TwilioError.invalid("RedirectAccept: the sandbox redirects only calls whose reservation is accepted");
        }
        request.state().routing().redirect(reservation);
    }

    private static Task task(TwilioRequest request) {
        return request.found(TaskRouterApi.workspace(request).tasks.get(request.pathParam("task")));
    }

    private static Collection<Reservation> reservations(TwilioRequest request) {
        String workerSid = request.pathParam("worker");
        return workerSid == null
                ? task(request).reservations
                : request.found(TaskRouterApi.workspace(request).workers.get(workerSid))
                        .reservations
                        .all();
    }

    private static Reservation reservation(TwilioRequest request) {
        return reservations(request).stream()
                .filter(reservation -> reservation.sid.equals(request.pathParam("sid")))
                .findFirst()
                .orElseThrow(request::notFound);
    }

    private static Answer answer(TwilioRequest request, Task task) {
        return Answer.ok(TaskRouterApi.json(request).task(task)).withVersion(task.version);
    }

    private static Answer answer(TwilioRequest request, Reservation reservation) {
        return Answer.ok(TaskRouterApi.json(request).reservation(reservation, request.pathParam("worker") != null))
                .withVersion(reservation.version);
    }
}
