package io.flexhandoff.sandbox.twilio;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Which events go to a sink of Event Streams. */
final class EventSubscription {

    final String sid = Sids.random("DF");
    final Instant created = Instant.now();
    /** Schema versions by type. */
    final Map<String, Integer> types = new TreeMap<>();

    String description;
    String sinkSid;
    Instant updated = created;

    EventSubscription(String description, String sinkSid) {
        this.description = description;
        this.sinkSid = sinkSid;
    }
}
