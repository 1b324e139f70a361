package io.flexhandoff.component.taskrouter;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.component.Attributes;
import java.util.Map;

/**
 * A worker as routing sees it.
 *
 * @param sid its SID ({@code WK…})
 * @param attributes what expressions see: its attributes, and its name and activity
 * @param activitySid its activity ({@code WA…})
 * @param available whether that activity is an available one
 */
public record WorkerView(String sid, Map<String, Object> attributes, String activitySid, boolean available) {

    public static WorkerView of(Worker worker) {
        Map<String, Object> attributes = Attributes.read(worker.getAttributes());
        attributes.put("sid", worker.getSid());
        attributes.put("friendly_name", worker.getFriendlyName());
        attributes.put("activity_name", worker.getActivityName());
        attributes.put("activity_sid", worker.getActivitySid());
        return new WorkerView(
                worker.getSid(), attributes, worker.getActivitySid(), Boolean.TRUE.equals(worker.getAvailable()));
    }
}
