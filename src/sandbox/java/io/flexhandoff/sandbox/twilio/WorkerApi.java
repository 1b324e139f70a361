package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import java.util.List;

/** TaskRouter v1: workers. */
final class WorkerApi {

    private static final String WORKERS = TaskRouterApi.WORKSPACE + "/Workers";
    private static final int ATTRIBUTES_LIMIT = 4096;
    private static final int NAME_LIMIT = 64;

    private WorkerApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(WORKERS, WorkerApi::list)
                .post(WORKERS, WorkerApi::create)
                .get(WORKERS + "/:sid", request -> answer(request, worker(request)))
                .post(WORKERS + "/:sid", WorkerApi::update)
                .delete(WORKERS + "/:sid", WorkerApi::delete);
    }

    private static Answer list(TwilioRequest request) {
        String activity = request.query("ActivityName");
        String available = request.query("Available");
        List<TaskQueue> queues = request.queryAll("TaskQueueSid").stream()
                .map(sid ->
                        request.found(TaskRouterApi.workspace(request).queues.get(sid)))
                .toList();
        List<Worker> found = TaskRouterApi.named(
                        request, TaskRouterApi.workspace(request).workers.values(), worker -> worker.friendlyName)
                .stream()
                .filter(worker -> activity == null || activity.equals(worker.activity.friendlyName()))
                .filter(worker -> available == null
                        || available.equals(worker.activity.available() ? "1" : "0")
                        || available.equals(Boolean.toString(worker.activity.available())))
                .filter(worker -> queues.stream().allMatch(queue -> queue.includes(worker)))
                .toList();
        return new Paging(request, 1000)
                .v1("workers", found, worker -> worker.sid, TaskRouterApi.json(request)::worker);
    }

    private static Answer create(TwilioRequest request) {
        Workspace workspace = TaskRouterApi.workspace(request);
        String name = workerName(request, request.required("FriendlyName"), null);
        Activity activity = TaskRouterApi.activity(request, "ActivitySid", workspace.defaultActivity);
        Worker worker =
                new Worker(Sids.random("WK"), name, activity, request.json("Attributes", "{}", ATTRIBUTES_LIMIT));
        workspace.workers.put(worker.sid, worker);
        request.state().routing().workerChanged(worker);
        return Answer.created(TaskRouterApi.json(request).worker(worker)).withVersion(worker.version);
    }

    private static Answer update(TwilioRequest request) {
        Worker worker = worker(request);
        request.checkVersion(worker.version);
        String name = workerName(request, request.form("FriendlyName", worker.friendlyName), worker);
        Activity activity = TaskRouterApi.activity(request, "ActivitySid", worker.activity);
        worker.attributes(request.json("Attributes", worker.attributes(), ATTRIBUTES_LIMIT));
        worker.friendlyName = name;
        if (activity != worker.activity) {
            worker.activity(activity);
        }
        worker.touch();
        if (Boolean.parseBoolean(request.form("RejectPendingReservations", "false"))) {
            List.copyOf(worker.reservations.open()).stream()
                    .filter(reservation -> reservation.status.equals("pending"))
                    .forEach(reservation -> request.state().routing().reject(reservation, null));
        }
        request.state().routing().workerChanged(worker);
        return answer(request, worker);
    }

    private static Answer delete(TwilioRequest request) {
        Worker worker = worker(request);
        request.checkVersion(worker.version);
        if (!worker.reservations.open().isEmpty()) {
            throw TwilioError.invalid("Worker " + worker.sid + " cannot be deleted: it has a reservation");
        }
        TaskRouterApi.workspace(request).workers.remove(worker.sid);
        return Answer.noContent();
    }

    private static String workerName(TwilioRequest request, String name, Worker itself) {
        if (name.length() > NAME_LIMIT) {
            throw TwilioError.invalid("FriendlyName is longer than " + NAME_LIMIT + " characters");
        }
        if (TaskRouterApi.workspace(request).workers.values().stream()
                .anyMatch(worker -> worker != itself && worker.friendlyName.equalsIgnoreCase(name))) {
            throw TwilioError.invalid("FriendlyName: a Worker with that name exists");
        }
        return name;
    }

    private static Answer answer(TwilioRequest request, Worker worker) {
        return Answer.ok(TaskRouterApi.json(request).worker(worker)).withVersion(worker.version);
    }

    private static Worker worker(TwilioRequest request) {
        return request.found(TaskRouterApi.workspace(request).workers.get(request.pathParam("sid")));
    }
}
