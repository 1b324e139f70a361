package io.flexhandoff.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Problem;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads TaskRouter's events as Event Streams sends them: CloudEvents whose {@code data.payload} has what an event callback has, its names in
 * another case (Twilio documentation, "Event Streams event types", schema {@code TaskRouter.WDSEvent}). Bound as {@code streamedEvents}.
 *
 * <p>A stream has the events of a whole account: those of another workspace mean nothing here. An event that comes twice, or by the
 * callback too, becomes the same {@link CallEvent}, which counts once.
 */
public final class StreamedEvents {

    /** What precedes the name that an event has as a callback, in its type. */
    public static final String TASKROUTER = "com.twilio.taskrouter.";

    private static final Logger LOG = LoggerFactory.getLogger(StreamedEvents.class);

    private final Orgs orgs;
    private final ObjectMapper json;
    private final TaskEvents events;

    public StreamedEvents(Orgs orgs, ObjectMapper json, TaskEvents events) {
        this.orgs = orgs;
        this.json = json;
        this.events = events;
    }

    /**
     * What the events mean for calls, in their order; those that cannot be read are left out.
     *
     * @throws Problem 400 when it is no JSON
     */
    public List<CallEvent> read(String org, byte[] body) {
        List<CallEvent> read = new ArrayList<>();
        int unreadable = 0;
        for (JsonNode event : batch(body)) {
            try {
                CallEvent meant = read(orgs.get(org), event);
                if (meant != null) {
                    read.add(meant);
                }
            } catch (RuntimeException e) {
                unreadable++;
                LOG.debug("{}: an event of a stream cannot be read", org, e);
            }
        }
        if (unreadable > 0) {
            LOG.warn("{}: {} events of a stream cannot be read and are left out", org, unreadable);
        }
        return read;
    }

    private Iterable<JsonNode> batch(byte[] body) {
        try {
            JsonNode batch = json.readTree(body);
            return batch.isArray() ? batch : List.of(batch);
        } catch (IOException e) {
            throw new Problem(400, "Bad request", "body: is not JSON");
        }
    }

    private CallEvent read(Org org, JsonNode event) {
        String type = event.path("type").asText();
        if (!type.startsWith(TASKROUTER)) {
            return null;
        }
        Map<String, String> form = form(event.at("/data/payload"));
        form.put("EventType", type.substring(TASKROUTER.length()));
        boolean ours = org.accountSid().equals(form.getOrDefault("AccountSid", org.accountSid()))
                && org.workspaceSid().equals(form.getOrDefault("WorkspaceSid", org.workspaceSid()));
        return ours ? events.read(org.name(), form) : null;
    }

    /** The payload as a callback has it. */
    private static Map<String, String> form(JsonNode payload) {
        if (!payload.isObject()) {
            throw new IllegalArgumentException("data.payload is missing");
        }
        Map<String, String> form = new TreeMap<>();
        payload.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                form.put(inCallback(field.getKey()), value.isValueNode() ? value.asText() : value.toString());
            }
        });
        String timestamp = form.getOrDefault("Timestamp", "");
        try {
            form.put("TimestampMs", Long.toString(Instant.parse(timestamp).toEpochMilli()));
        } catch (DateTimeException e) {
            // seconds, as a callback has them
        }
        return form;
    }

    /** {@code task_sid} is {@code TaskSid}. */
    private static String inCallback(String name) {
        StringBuilder callback = new StringBuilder(name.length());
        for (String word : name.split("_")) {
            callback.append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
                    .append(word.substring(Math.min(1, word.length())));
        }
        return callback.toString();
    }
}
