package io.flexhandoff.component.taskrouter;

import com.twilio.exception.ApiException;
import com.twilio.http.Response;
import com.twilio.rest.Domains;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskReader;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds tasks and writes their attributes. */
final class Tasks {

    private static final List<String> LIVE = List.of("pending", "reserved", "assigned", "wrapping");
    /** Twilio's limit of a page. */
    private static final int LARGEST_PAGE = 1000;
    /** Each refusal means that somebody else's write went through, so a few tries outlast any real contention. */
    private static final int MERGE_TRIES = 10;

    private Tasks() {}

    /**
     * The live task of a call, or of the call that dequeued it, in the org's workflow or the one that a header names, or
     * {@code null}. Tasks are listed and matched here, since Twilio takes only three expression queries
     * (EvaluateTaskAttributes) a second.
     */
    static TaskView find(TwilioCall call) {
        String callSid = call.sid(TaskRouterConstants.CALL_SID, "CA");
        int limit = call.atLeastOne(TaskRouterConstants.LIMIT, 50);
        String workflow = call.text(TaskRouterConstants.WORKFLOW_SID);
        TaskReader reader = Task.reader(call.org().workspaceSid())
                .setWorkflowSid(workflow == null ? call.org().workflowSid() : workflow)
                .setAssignmentStatus(LIVE)
                .setOrdering("DateCreated:desc");
        reader.pageSize(Math.min(limit, LARGEST_PAGE));
        for (Task task : reader.limit(limit).read(call.client())) {
            Map<String, Object> attributes = attributes(call, task);
            if (callSid.equals(attributes.get("call_sid")) || callSid.equals(attributes.get("worker_call_sid"))) {
                call.answer(TaskRouterConstants.TASK_SID, task.getSid());
                return TaskView.of(task, attributes, Reservations.live(call, task));
            }
        }
        call.answer(TaskRouterConstants.TASK_SID, null);
        return null;
    }

    /** A task with its live reservation, or {@code null} when Twilio has forgotten it. */
    static TaskView read(TwilioCall call) {
        try {
            Task task = Task.fetcher(call.org().workspaceSid(), call.sid(TaskRouterConstants.TASK_SID, "WT"))
                    .fetch(call.client());
            return TaskView.of(task, Attributes.read(task.getAttributes()), Reservations.live(call, task));
        } catch (ApiException e) {
            if (Integer.valueOf(404).equals(e.getStatusCode())) {
                return null;
            }
            throw e;
        }
    }

    /** A list may leave the attributes out: "only displayed in FETCH". */
    private static Map<String, Object> attributes(TwilioCall call, Task listed) {
        if (listed.getAttributes() != null) {
            return Attributes.read(listed.getAttributes());
        }
        try {
            return Attributes.read(Task.fetcher(call.org().workspaceSid(), listed.getSid())
                    .fetch(call.client())
                    .getAttributes());
        } catch (ApiException e) {
            if (Integer.valueOf(404).equals(e.getStatusCode())) {
                return Map.of(); // it ended since it was listed
            }
            throw e;
        }
    }

    /**
     * Merges the body into the task's attributes, and merges anew when somebody else has written in between.
     *
     * @return all attributes after the merge
     */
    static Map<String, Object> mergeAttributes(TwilioCall call) {
        String sid = call.sid(TaskRouterConstants.TASK_SID, "WT");
        Map<String, Object> changes = call.bodyAttributes();
        for (int attempt = 1; ; attempt++) {
            String path = "/v1/Workspaces/" + call.org().workspaceSid() + "/Tasks/" + sid;
            Response fetched = call.get(Domains.TASKROUTER, path);
            Task task = Task.fromJson(fetched.getStream(), call.client().getObjectMapper());
            Map<String, Object> present = Attributes.read(task.getAttributes());
            Map<String, Object> merged = Attributes.merge(present, changes);
            if (merged.equals(present)) {
                return present;
            }
            try {
                Task.updater(call.org().workspaceSid(), sid)
                        .setAttributes(Attributes.write(merged))
                        .setIfMatch(version(fetched))
                        .update(call.client());
                return merged;
            } catch (ApiException e) {
                if (!Integer.valueOf(412).equals(e.getStatusCode()) || attempt == MERGE_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The ETag's bare number, which is what Twilio's own template sends as If-Match. */
    private static String version(Response response) {
        return Arrays.stream(response.getHeaders())
                .filter(header -> header.getName().equalsIgnoreCase("ETag"))
                .map(header -> header.getValue().replaceAll("^W/|\"", ""))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Twilio gave no ETag with the task, so its attributes cannot be written without losing others'"));
    }
}
