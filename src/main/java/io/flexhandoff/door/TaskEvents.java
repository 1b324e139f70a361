package io.flexhandoff.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.flex.CanceledTask;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Reads TaskRouter's event callbacks (Twilio documentation, "Event callbacks reference"). Bound as {@code taskEvents}.
 *
 * <p>Most events mean nothing for a handoff and become nothing: {@code task.updated} among them, which our own writes
 * cause, tasks of other channels, and the events of Conversations, which come to the same URL.
 */
public final class TaskEvents {

    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");
    private static final Pattern TASK_SID = Pattern.compile("WT[0-9a-fA-F]{32}");

    private final ObjectMapper json;
    private final CallEvents events;
    private final Clock clock;
    private final BiPredicate<String, String> isAi;

    /** @param isAi whether a worker (second) is the AI of an org (first) */
    public TaskEvents(ObjectMapper json, CallEvents events, Clock clock, BiPredicate<String, String> isAi) {
        this.isAi = isAi;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /** What an event means for a call, {@code null} when it means nothing. */
    public CallEvent read(String org, Map<String, String> form) {
        String change = change(org, form);
        String taskSid = form.getOrDefault("TaskSid", "");
        String channel = form.getOrDefault("TaskChannelUniqueName", "voice");
        if (change == null || !TASK_SID.matcher(taskSid).matches() || !channel.equals("voice")) {
            return null;
        }
        JsonNode attributes = attributes(form);
        String callSid = attributes.path("call_sid").asText();
        boolean ofWorker = Set.of("accepted", "offered").contains(change);
        boolean readable = CALL_SID.matcher(callSid).matches();
        return events.task(
                org,
                readable ? callSid : null,
                new TaskChange(
                        change,
                        taskSid,
                        ofWorker ? form.get("ReservationSid") : null,
                        ofWorker ? form.get("WorkerSid") : null,
                        readable ? attributes.path("handedOff").asBoolean() : null,
                        occurredAt(form),
                        cause(form),
                        attributes.path("handoffTimestamp").asText(null)));
    }

    private String change(String org, Map<String, String> form) {
        return switch (form.getOrDefault("EventType", "")) {
            case "task.created" -> "created";
            case "reservation.created" -> isAi.test(org, form.get("WorkerSid")) ? "offered" : null;
            case "reservation.accepted" -> isAi.test(org, form.get("WorkerSid")) ? null : "accepted";
            case "task.wrapup", "task.completed" -> "completed";
            case "task.canceled" -> canceled(form).change();
            case "workflow.timeout", "task.deleted", "task.system-deleted" -> "failed";
            default -> null;
        };
    }

    private static String cause(Map<String, String> form) {
        return switch (form.getOrDefault("EventType", "")) {
            case "task.canceled" -> canceled(form).cause();
            case "workflow.timeout" -> "no rep took the task before the workflow's time was over";
            case "task.deleted", "task.system-deleted" -> "task deleted";
            default -> null;
        };
    }

    private static CanceledTask canceled(Map<String, String> form) {
        return new CanceledTask(form.get("TaskCanceledReason"));
    }

    private JsonNode attributes(Map<String, String> form) {
        try {
            return json.readTree(form.getOrDefault("TaskAttributes", ""));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Seconds since 1970, with milliseconds in a field that is not documented. */
    private Instant occurredAt(Map<String, String> form) {
        try {
            return form.containsKey("TimestampMs")
                    ? Instant.ofEpochMilli(Long.parseLong(form.get("TimestampMs")))
                    : Instant.ofEpochSecond(Long.parseLong(form.getOrDefault("Timestamp", "")));
        } catch (NumberFormatException e) {
            return clock.instant();
        }
    }
}
