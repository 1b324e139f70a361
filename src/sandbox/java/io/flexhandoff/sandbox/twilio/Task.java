package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.workflow.WorkflowConfiguration;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A TaskRouter task. */
final class Task {

    /** Twilio's limit of a task's attributes, in characters, those that Twilio adds included. */
    static final int ATTRIBUTES_LIMIT = 4096;
    /** Twilio's default of a task's life in seconds: a day. */
    static final int DEFAULT_TIMEOUT = 86_400;

    final String sid = Sids.random("WT");
    final Workflow workflow;
    /** The call that waits for it, {@code null} for a task that was created over the API. */
    final LiveCall call;

    final String channel;
    final Instant created = Instant.now();
    final List<Reservation> reservations = new ArrayList<>();
    Instant updated = created;
    Instant queueEntered = created;
    /** When it was completed or canceled, {@code null} before. */
    Instant ended;

    /** pending, reserved, assigned, wrapping, completed or canceled. */
    String status = "pending";

    String reason;
    int priority;
    int timeout = DEFAULT_TIMEOUT;
    /** Where it waits, and which of the queue's workers are eligible; {@code null} before it entered a queue. */
    TaskQueue queue;

    WorkflowConfiguration.Target target;
    int version;
    private String attributes;
    private Map<String, Object> parsedAttributes;

    Task(Workflow workflow, String attributes, LiveCall call, String channel) {
        this.workflow = workflow;
        this.call = call;
        this.channel = channel;
        attributes(attributes);
    }

    String attributes() {
        return attributes;
    }

    void attributes(String json) {
        this.attributes = json;
        this.parsedAttributes = new JsonObject(json).getMap();
    }

    /** The attributes to evaluate expressions against, and to read. */
    Map<String, Object> attributeMap() {
        return parsedAttributes;
    }

    void touch() {
        version++;
        updated = Instant.now();
    }

    boolean isOver() {
        return status.equals("completed") || status.equals("canceled");
    }

    /** The latest reservation, {@code null} when there was none. */
    Reservation reservation() {
        return reservations.isEmpty() ? null : reservations.get(reservations.size() - 1);
    }

    /** The reservation that holds a worker, {@code null} when none does. */
    Reservation openReservation() {
        Reservation latest = reservation();
        return latest == null || latest.isOver() ? null : latest;
    }
}
