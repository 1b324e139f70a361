package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Fault.Effect;
import io.flexhandoff.sandbox.faults.Faults;
import io.flexhandoff.sandbox.faults.Traffic;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event Streams of an account: events go to the sinks whose subscriptions have their type, as CloudEvents, in batches, signed, at least
 * once: what is not answered 2xx is sent again for four hours, at growing intervals (Twilio documentation, "Event delivery retries and
 * event duplication"). Faults of TaskRouter's webhooks strike here too.
 */
final class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final String SCHEMA = "https://events-schemas.twilio.com/";
    private static final int LARGEST_BATCH = 100;
    private static final int COLLECTED_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final Duration PATIENCE = Duration.ofHours(4);

    final Map<String, EventSink> sinks = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, EventSubscription> subscriptions = new LinkedHashMap<>();

    private final SandboxAccount account;
    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Faults faults;

    EventStreams(SandboxAccount account, Vertx vertx, Webhooks webhooks, Faults faults) {
        this.account = account;
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.faults = faults;
    }

    /** Whether anybody subscribes to a type of events, such as {@code com.twilio.taskrouter.task.created}. */
    boolean isWanted(String type) {
        return subscriptions.values().stream().anyMatch(subscription -> subscription.types.containsKey(type));
    }

    /** Sends an event of TaskRouter to those who subscribe to it. @param form as a callback has it */
    void publish(String type, String callSid, Map<String, String> form) {
        Optional<Effect> effect =
                faults.strike(() -> Traffic.webhook("taskrouter", account.accountSid(), callSid, form));
        JsonObject event = event(type, "TaskRouter.WDSEvent", form.get("Sid"), data(form));
        subscriptions.values().stream()
                .filter(subscription -> subscription.types.containsKey(type))
                .map(subscription -> sinks.get(subscription.sinkSid))
                .distinct()
                .forEach(sink -> {
                    boolean first = effect.equals(Optional.of(Effect.REORDER));
                    send(sink, event, first);
                    if (effect.equals(Optional.of(Effect.DUPLICATE))) {
                        send(sink, event, false);
                    }
                });
    }

    /** Sends a test event to a sink. */
    void test(EventSink sink) {
        String id = Sids.random("EZ");
        send(
                sink,
                event(
                        "com.twilio.eventstreams.test-event",
                        "EventStreams.TestSink",
                        id,
                        new JsonObject().put("test_id", id)),
                false);
    }

    private JsonObject event(String type, String schema, String id, JsonObject data) {
        return new JsonObject()
                .put("specversion", "1.0")
                .put("type", type)
                .put("source", "/" + schema.replaceFirst("\\..*", "") + "/" + account.accountSid())
                .put("id", id)
                .put("dataschema", SCHEMA + schema + "/4")
                .put("datacontenttype", "application/json")
                .put("time", Instant.now().toString())
                .put("data", data);
    }

    private JsonObject data(Map<String, String> form) {
        JsonObject payload = new JsonObject();
        form.forEach((name, value) -> payload.put(inStream(name), value));
        payload.remove("timestamp_ms");
        payload.put(
                "timestamp",
                Instant.ofEpochMilli(Long.parseLong(form.get("TimestampMs"))).toString());
        return new JsonObject()
                .put("sid", form.get("Sid"))
                .put("account_sid", account.accountSid())
                .put("timestamp", payload.getString("timestamp"))
                .put("level", "INFO")
                .put("product_name", "TaskRouter")
                .put("payload_type", "application/json")
                .put("payload", payload);
    }

    /** {@code TaskSid} is {@code task_sid}. */
    private static String inStream(String name) {
        return name.equals("EventType")
                ? "eventtype"
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private void send(EventSink sink, JsonObject event, boolean first) {
        if (!sink.isWebhook()) {
            return;
        }
        synchronized (sink.waiting) {
            if (first) {
                sink.waiting.addFirst(event);
            } else {
                sink.waiting.add(event);
            }
            if (sink.busy) {
                return;
            }
            sink.busy = true;
        }
        vertx.setTimer(COLLECTED_MILLIS, collected -> sendBatch(sink));
    }

    private void sendBatch(EventSink sink) {
        JsonArray batch = new JsonArray();
        synchronized (sink.waiting) {
            while (!sink.waiting.isEmpty() && batch.size() < (sink.batches() ? LARGEST_BATCH : 1)) {
                batch.add(sink.waiting.remove());
            }
            sink.busy = !batch.isEmpty();
        }
        if (!batch.isEmpty()) {
            deliver(sink, batch.encode(), Instant.now().plus(PATIENCE), FIRST_PAUSE_MILLIS);
        }
    }

    private void deliver(EventSink sink, String batch, Instant end, long pause) {
        webhooks.postJson(account, sink.destination(), batch).onComplete(answer -> {
            boolean taken = answer.succeeded() && answer.result() < 300;
            if (taken || Instant.now().isAfter(end)) {
                sendBatch(sink);
            } else if (sinks.containsKey(sink.sid)) {
                LOG.warn(
                        "A sink does not take its events, they are sent again: {}",
                        answer.succeeded() ? answer.result() : answer.cause().getMessage());
                vertx.setTimer(pause, again -> deliver(sink, batch, end, Math.min(2 * pause, LONGEST_PAUSE_MILLIS)));
            }
        });
    }

    /** The subscriptions of a sink. */
    List<EventSubscription> of(EventSink sink) {
        List<EventSubscription> of = new ArrayList<>(subscriptions.values());
        of.removeIf(subscription -> !subscription.sinkSid.equals(sink.sid));
        return of;
    }
}
