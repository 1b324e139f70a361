package io.flexhandoff.component.taskrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.TwilioRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes tasks that no call waits for. */
final class NewTasks {

    /** An earlier try was a moment ago: it is among the newest. */
    private static final int NEWEST = 200;

    /** A rep may have been quick. */
    private static final String COMPLETED = "&AssignmentStatus=completed";

    private NewTasks() {}

    /**
     * Makes a task, unless there is one already: Twilio takes no key that would tell a request that comes again, so an attribute does.
     *
     * @throws IllegalArgumentException if that attribute is missing
     */
    static TaskView create(TwilioCall call) {
        Map<String, Object> attributes = call.attributesOrBody(TaskRouterConstants.ATTRIBUTES);
        String unique = call.required(TaskRouterConstants.UNIQUE_ATTRIBUTE);
        Object key = attributes.get(unique);
        if (key == null) {
            throw new IllegalArgumentException("The attributes have no " + unique + ", which the option uniqueAttribute"
                    + " (header " + TaskRouterConstants.UNIQUE_ATTRIBUTE + ") names");
        }
        String named = call.text(TaskRouterConstants.WORKFLOW_SID);
        String workflow = named == null ? call.org().workflowSid() : named;
        TaskView earlier = find(call, workflow, unique, key);
        if (earlier != null) {
            return earlier;
        }
        Map<String, String> form = new HashMap<>();
        form.put("WorkflowSid", workflow);
        form.put("Attributes", Attributes.write(attributes));
        String channel = call.text(TaskRouterConstants.TASK_CHANNEL);
        form.put("TaskChannel", channel == null ? "default" : channel);
        Instant since = call.instant(TaskRouterConstants.VIRTUAL_START_TIME);
        if (since != null) {
            form.put("VirtualStartTime", since.toString());
        }
        JsonNode task = call.send(TwilioRequest.post(Tasks.PRODUCT, Tasks.path(call), form))
                .json();
        return TaskView.of(task, Tasks.attributes(task), null);
    }

    private static TaskView find(TwilioCall call, String workflow, String unique, Object key) {
        String list = Tasks.path(call) + "?WorkflowSid=" + workflow + Tasks.LIVE + COMPLETED
                + "&Ordering=DateCreated%3Adesc&PageSize=" + NEWEST;
        int left = NEWEST;
        for (JsonNode task : call.list(Tasks.PRODUCT, list, "tasks")) {
            Map<String, Object> attributes = Tasks.attributes(call, task);
            if (key.equals(attributes.get(unique))) {
                return TaskView.of(task, attributes, null);
            }
            if (--left == 0) {
                break;
            }
        }
        return null;
    }
}
