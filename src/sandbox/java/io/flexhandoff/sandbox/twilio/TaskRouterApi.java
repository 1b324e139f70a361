package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** TaskRouter v1: the workspace, its activities, queues and workflows. */
final class TaskRouterApi {

    private static final String WORKSPACES = "/v1/Workspaces";
    static final String WORKSPACE = WORKSPACES + "/:workspace";

    private TaskRouterApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(WORKSPACES, TaskRouterApi::listWorkspaces)
                .post(WORKSPACES, TaskRouterApi::createWorkspace)
                .get(WORKSPACE, TaskRouterApi::fetchWorkspace)
                .post(WORKSPACE, TaskRouterApi::updateWorkspace)
                .delete(WORKSPACE, TaskRouterApi::deleteWorkspace)
                .get(WORKSPACE + "/Activities", TaskRouterApi::listActivities)
                .post(WORKSPACE + "/Activities", TaskRouterApi::createActivity)
                .get(
                        WORKSPACE + "/Activities/:sid",
                        request -> Answer.ok(json(request).activity(activity(request))))
                .get(WORKSPACE + "/TaskQueues", TaskRouterApi::listQueues)
                .post(WORKSPACE + "/TaskQueues", TaskRouterApi::createQueue)
                .get(
                        WORKSPACE + "/TaskQueues/:sid",
                        request -> Answer.ok(json(request).queue(queue(request))))
                .post(WORKSPACE + "/TaskQueues/:sid", TaskRouterApi::updateQueue)
                .delete(WORKSPACE + "/TaskQueues/:sid", TaskRouterApi::deleteQueue)
                .get(WORKSPACE + "/Workflows", TaskRouterApi::listWorkflows)
                .post(WORKSPACE + "/Workflows", TaskRouterApi::createWorkflow)
                .get(
                        WORKSPACE + "/Workflows/:sid",
                        request -> Answer.ok(json(request).workflow(workflow(request))))
                .post(WORKSPACE + "/Workflows/:sid", TaskRouterApi::updateWorkflow)
                .delete(WORKSPACE + "/Workflows/:sid", TaskRouterApi::deleteWorkflow);
    }

    private static Answer listWorkspaces(TwilioRequest request) {
        List<Workspace> found =
                named(request, request.state().workspaces().values(), workspace -> workspace.friendlyName);
        return new Paging(request, 1000)
                .v1("workspaces", found, workspace -> workspace.sid, workspace -> new TaskRouterJson(request, workspace)
                        .workspace());
    }

    private static Answer createWorkspace(TwilioRequest request) {
        Workspace workspace = DemoWorkspace.empty(Sids.random("WS"), request.required("FriendlyName"));
        request.state().workspaces().put(workspace.sid, workspace);
        return Answer.created(new TaskRouterJson(request, workspace).workspace());
    }

    private static Answer deleteWorkspace(TwilioRequest request) {
        request.state().workspaces().remove(workspace(request).sid);
        return Answer.noContent();
    }

    private static Answer fetchWorkspace(TwilioRequest request) {
        return Answer.ok(json(request).workspace());
    }

    private static Answer updateWorkspace(TwilioRequest request) {
        Workspace workspace = workspace(request);
        Activity defaultActivity = activity(request, "DefaultActivitySid", workspace.defaultActivity);
        Activity timeoutActivity = activity(request, "TimeoutActivitySid", workspace.timeoutActivity);
        workspace.defaultActivity = defaultActivity;
        workspace.timeoutActivity = timeoutActivity;
        workspace.friendlyName = request.form("FriendlyName", workspace.friendlyName);
        workspace.eventCallbackUrl = request.form("EventCallbackUrl", workspace.eventCallbackUrl);
        workspace.eventsFilter = request.form("EventsFilter", workspace.eventsFilter);
        workspace.prioritizeQueueOrder = request.form("PrioritizeQueueOrder", workspace.prioritizeQueueOrder);
        workspace.multiTaskEnabled =
                Boolean.parseBoolean(request.form("MultiTaskEnabled", Boolean.toString(workspace.multiTaskEnabled)));
        workspace.updated = Instant.now();
        return Answer.ok(json(request).workspace());
    }

    private static Answer listActivities(TwilioRequest request) {
        String available = request.query("Available");
        List<Activity> found = named(request, workspace(request).activities.values(), Activity::friendlyName).stream()
                .filter(activity -> available == null || available.equals(Boolean.toString(activity.available())))
                .toList();
        return new Paging(request, 1000).v1("activities", found, Activity::sid, json(request)::activity);
    }

    private static Answer createActivity(TwilioRequest request) {
        Activity activity = new Activity(
                Sids.random("WA"),
                request.required("FriendlyName"),
                Boolean.parseBoolean(request.form("Available", "false")),
                Instant.now());
        workspace(request).activities.put(activity.sid(), activity);
        return Answer.created(json(request).activity(activity));
    }

    private static Answer listQueues(TwilioRequest request) {
        List<TaskQueue> found = named(request, workspace(request).queues.values(), queue -> queue.friendlyName);
        return new Paging(request, 1000).v1("task_queues", found, queue -> queue.sid, json(request)::queue);
    }

    private static Answer createQueue(TwilioRequest request) {
        TaskQueue queue = new TaskQueue(
                Sids.random("WQ"), request.required("FriendlyName"), request.form("TargetWorkers", "1==1"));
        workspace(request).queues.put(queue.sid, queue);
        setQueue(request, queue);
        return Answer.created(json(request).queue(queue));
    }

    private static Answer updateQueue(TwilioRequest request) {
        TaskQueue queue = queue(request);
        queue.targetWorkers(request.form("TargetWorkers", queue.targetWorkers()));
        setQueue(request, queue);
        request.state().routing().dispatch();
        return Answer.ok(json(request).queue(queue));
    }

    private static void setQueue(TwilioRequest request, TaskQueue queue) {
        queue.friendlyName = request.form("FriendlyName", queue.friendlyName);
        queue.maxReservedWorkers = request.integer("MaxReservedWorkers", queue.maxReservedWorkers);
        queue.taskOrder = request.form("TaskOrder", queue.taskOrder);
    }

    private static Answer deleteQueue(TwilioRequest request) {
        workspace(request).queues.remove(queue(request).sid);
        return Answer.noContent();
    }

    private static Answer listWorkflows(TwilioRequest request) {
        List<Workflow> found = named(request, workspace(request).workflows.values(), workflow -> workflow.friendlyName);
        return new Paging(request, 1000).v1("workflows", found, workflow -> workflow.sid, json(request)::workflow);
    }

    private static Answer createWorkflow(TwilioRequest request) {
        Workflow workflow =
                new Workflow(Sids.random("WW"), request.required("FriendlyName"), request.required("Configuration"));
        setWorkflow(request, workflow);
        workspace(request).workflows.put(workflow.sid, workflow);
        return Answer.created(json(request).workflow(workflow));
    }

    private static Answer updateWorkflow(TwilioRequest request) {
        Workflow workflow = workflow(request);
        if (request.has("Configuration")) {
            workflow.configuration(request.form("Configuration"));
        }
        setWorkflow(request, workflow);
        return Answer.ok(json(request).workflow(workflow));
    }

    private static void setWorkflow(TwilioRequest request, Workflow workflow) {
        workflow.taskReservationTimeout = request.integer("TaskReservationTimeout", workflow.taskReservationTimeout);
        workflow.friendlyName = request.form("FriendlyName", workflow.friendlyName);
        workflow.assignmentCallbackUrl = request.form("AssignmentCallbackUrl", workflow.assignmentCallbackUrl);
        workflow.fallbackAssignmentCallbackUrl =
                request.form("FallbackAssignmentCallbackUrl", workflow.fallbackAssignmentCallbackUrl);
        workflow.updated = Instant.now();
    }

    private static Answer deleteWorkflow(TwilioRequest request) {
        workspace(request).workflows.remove(workflow(request).sid);
        return Answer.noContent();
    }

    /** Those that the FriendlyName parameter of a list names, or all. */
    static <T> List<T> named(TwilioRequest request, Collection<T> resources, Function<T, String> friendlyName) {
        String name = request.query("FriendlyName");
        return resources.stream()
                .filter(resource -> name == null || name.equalsIgnoreCase(friendlyName.apply(resource)))
                .toList();
    }

    static Workspace workspace(TwilioRequest request) {
        return request.found(request.state().workspaces().get(request.pathParam("workspace")));
    }

    /** The activity that a form parameter names, or another when it is absent. */
    static Activity activity(TwilioRequest request, String parameter, Activity otherwise) {
        if (!request.has(parameter)) {
            return otherwise;
        }
        Activity activity = workspace(request).activities.get(request.form(parameter));
        if (activity == null) {
            throw TwilioError.invalid(parameter + " is no activity of this workspace");
        }
        return activity;
    }

    static TaskRouterJson json(TwilioRequest request) {
        return new TaskRouterJson(request, workspace(request));
    }

    private static Activity activity(TwilioRequest request) {
        return request.found(workspace(request).activities.get(request.pathParam("sid")));
    }

    static TaskQueue queue(TwilioRequest request) {
        return request.found(workspace(request).queues.get(request.pathParam("sid")));
    }

    private static Workflow workflow(TwilioRequest request) {
        return request.found(workspace(request).workflows.get(request.pathParam("sid")));
    }
}
