package io.flexhandoff.component.taskrouter;

import com.twilio.base.Reader;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.WorkerUpdater;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import java.util.Map;

/** Makes sure that a worker is there. */
final class Workers {

    private Workers() {}

    /**
     * Finds the worker by name, whatever its case, or creates it; merges the attributes and sets the activity where they
     * differ.
     *
     * @return the worker's SID
     */
    static String provision(TwilioCall call) {
        String name = call.required(TaskRouterConstants.FRIENDLY_NAME);
        Map<String, Object> attributes = call.attributes(TaskRouterConstants.ATTRIBUTES);
        String activity = call.text(TaskRouterConstants.ACTIVITY_SID) == null
                ? null
                : call.sid(TaskRouterConstants.ACTIVITY_SID, "WA");
        Worker worker = find(call, name);
        if (worker == null) {
            worker = Worker.creator(call.org().workspaceSid(), name)
                    .setAttributes(Attributes.write(attributes))
                    .setActivitySid(activity)
                    .create(call.client());
        } else {
            update(call, worker, attributes, activity);
        }
        return worker.getSid();
    }

    /** Names are unique whatever their case, so no filter by name is relied on. */
    private static Worker find(TwilioCall call, String name) {
        Reader<Worker> workers = Worker.reader(call.org().workspaceSid()).pageSize(1000);
        for (Worker worker : workers.read(call.client())) {
            if (worker.getFriendlyName().equalsIgnoreCase(name)) {
                return worker;
            }
        }
        return null;
    }

    private static void update(TwilioCall call, Worker worker, Map<String, Object> attributes, String activity) {
        Map<String, Object> present = Attributes.read(worker.getAttributes());
        Map<String, Object> merged = Attributes.merge(present, attributes);
        boolean sameAttributes = merged.equals(present);
        boolean sameActivity = activity == null || activity.equals(worker.getActivitySid());
        if (sameAttributes && sameActivity) {
            return;
        }
        WorkerUpdater updater = Worker.updater(call.org().workspaceSid(), worker.getSid());
        if (!sameAttributes) {
            updater.setAttributes(Attributes.write(merged));
        }
        if (!sameActivity) {
            updater.setActivitySid(activity);
        }
        updater.update(call.client());
    }
}
