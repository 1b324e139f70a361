package io.flexhandoff.sandbox.twilio;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TaskRouter workspace and what is in it. */
final class Workspace {

    final String sid;
    final Instant created = Instant.now();
    final Map<String, Activity> activities = new LinkedHashMap<>();
    final Map<String, TaskQueue> queues = new LinkedHashMap<>();
    final Map<String, Workflow> workflows = new LinkedHashMap<>();
    final Map<String, Worker> workers = new LinkedHashMap<>();
    final Shelf<Task> tasks = new Shelf<>(task -> task.sid);
    /** Twilio allows three lists with EvaluateTaskAttributes a second. */
    final RateLimit evaluations = new RateLimit(3);

    Instant updated = created;
    String friendlyName;
    /** Of the account: active or suspended. */
    String accountStatus = "active";

    String eventCallbackUrl = "";
    String eventsFilter;
    /** Action URL of the account's {@code <Connect>}, {@code null} when nobody told. */
    String relayActionUrl;

    Activity defaultActivity;
    Activity timeoutActivity;
    String prioritizeQueueOrder = "FIFO";
    boolean multiTaskEnabled = true;

    Workspace(String sid, String friendlyName) {
        this.sid = sid;
        this.friendlyName = friendlyName;
    }
}
