package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A TaskRouter worker. */
final class Worker {

    final String sid;
    final Instant created = Instant.now();
    final Shelf<Reservation> reservations = new Shelf<>(reservation -> reservation.sid);
    Instant updated = created;
    Instant statusChanged = created;
    String friendlyName;
    Activity activity;
    /** Tasks that it takes at a time. */
    int capacity = 1;

    int version;
    private String attributes;
    private Map<String, Object> parsedAttributes;

    Worker(String sid, String friendlyName, Activity activity, String attributes) {
        this.sid = sid;
        this.friendlyName = friendlyName;
        this.activity = activity;
        attributes(attributes);
    }

    String attributes() {
        return attributes;
    }

    void attributes(String json) {
        this.attributes = json;
        this.parsedAttributes = new JsonObject(json).getMap();
    }

    void activity(Activity newActivity) {
        this.activity = newActivity;
        this.statusChanged = Instant.now();
    }

    void touch() {
        version++;
        updated = Instant.now();
    }

    /** What expressions see of a worker: its attributes and its activity. */
    Map<String, Object> expressionView() {
        Map<String, Object> view = new LinkedHashMap<>(parsedAttributes);
        view.put("sid", sid);
        view.put("friendly_name", friendlyName);
        view.put("activity_name", activity.friendlyName());
        view.put("activity_sid", activity.sid());
        return view;
    }

    /** Whether it is a person, by its roles. */
    boolean isRep() {
        return parsedAttributes.get("roles") instanceof List<?> roles && roles.contains("rep");
    }

    /** Whether a task may be offered: available, with room for one more. */
    boolean isFree() {
        return activity.available() && reservations.open().size() < capacity;
    }
}
