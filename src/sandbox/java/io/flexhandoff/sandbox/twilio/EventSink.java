package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A destination of Event Streams, and what waits to be sent there. */
final class EventSink {

    final String sid = Sids.random("DG");
    final String type;
    final JsonObject configuration;
    final Instant created = Instant.now();
    String description;
    Instant updated = created;

    /** CloudEvents, in the order in which they are sent. */
    final Deque<JsonObject> waiting = new ArrayDeque<>();

    /** Whether a batch is on its way, or about to be. */
    boolean busy;

    EventSink(String type, JsonObject configuration, String description) {
        this.type = type;
        this.configuration = configuration;
        this.description = description;
    }

    boolean isWebhook() {
        return type.equals("webhook");
    }

    /** Where a webhook sink sends to. */
    String destination() {
        return configuration.getString("destination");
    }

    boolean batches() {
        return configuration.getBoolean("batch_events", true);
    }
}
