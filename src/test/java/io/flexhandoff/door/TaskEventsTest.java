package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.CallEvent.TaskChanged;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.TaskChange;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event of TaskRouter means. */
class TaskEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final String CALL = "CA0123456789abcdef0123456789abcdef";
    private static final String TASK = "WT0123456789abcdef0123456789abcdef";
    private static final String RESERVATION = "WR0123456789abcdef0123456789abcdef";
    private static final String WORKER = "WK0123456789abcdef0123456789abcdef";

    private static final String AI = "WK00000000000000000000000000000011";

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final TaskEvents events =
            new TaskEvents(new ObjectMapper(), new CallEvents(clock), clock, (org, worker) -> AI.equals(worker));

    private static Map<String, String> form(String type) {
        Map<String, String> form = new HashMap<>();
        form.put("EventType", type);
        form.put("AccountSid", "AC0123456789abcdef0123456789abcdef");
        form.put("WorkspaceSid", "WS0123456789abcdef0123456789abcdef");
        form.put("WorkspaceName", "Flex Task Assignment");
        form.put("EventDescription", type);
        form.put("ResourceType", "task");
        form.put("ResourceSid", TASK);
        form.put("Timestamp", "1795165200");
        form.put("TaskSid", TASK);
        form.put("TaskAttributes", "{\"call_sid\":\"" + CALL + "\",\"handedOff\":true}");
        form.put("TaskAge", "0");
        form.put("TaskPriority", "0");
        form.put("TaskAssignmentStatus", "pending");
        form.put("TaskCanceledReason", "");
        form.put("TaskCompletedReason", "");
        form.put("ReservationSid", RESERVATION);
        form.put("WorkerSid", WORKER);
        return form;
    }

    @Test
    void anOfferMeansSomethingToTheAiWorkerAlone() {
        Map<String, String> offer = form("reservation.created");
        assertThat(events.read("acme", offer)).isNull();

        offer.put("WorkerSid", AI);
        assertThat(change(offer).change()).isEqualTo("offered");
        assertThat(change(offer).reservationSid()).isEqualTo(RESERVATION);
    }

    private TaskChange change(Map<String, String> form) {
        return ((TaskChanged) events.read("acme", form)).task();
    }

    @ParameterizedTest
    @CsvSource({
        "task.created, created",
        "reservation.accepted, accepted",
        "task.wrapup, completed",
        "task.completed, completed",
        "task.canceled, failed",
        "task.deleted, failed",
        "task.system-deleted, failed",
        "workflow.timeout, failed"
    })
    void anEventThatMovesAHandoff(String type, String change) {
        TaskChanged event = (TaskChanged) events.read("acme", form(type));

        assertThat(event.org()).isEqualTo("acme");
        assertThat(event.callSid()).isEqualTo(CALL);
        assertThat(event.group()).isEqualTo("acme/" + CALL);
        assertThat(event.task().change()).isEqualTo(change);
        assertThat(event.task().taskSid()).isEqualTo(TASK);
        assertThat(event.task().handedOff()).isTrue();
        assertThat(event.task().occurredAt()).isEqualTo(Instant.ofEpochSecond(1795165200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.updated",
                "task.transfer-initiated",
                "task.transfer-completed",
                "reservation.timeout",
                "reservation.rejected",
                "reservation.canceled",
                "reservation.rescinded",
                "reservation.wrapup",
                "reservation.completed",
                "task-queue.entered",
                "workflow.entered",
                "workflow.target-matched",
                "worker.activity.update",
                "onMessageAdded",
                "onConversationAdded",
                "onParticipantAdded",
                "",
                "task.created.",
                "TASK.CREATED"
            })
    void anythingElseMeansNothing(String type) {
        assertThat(events.read("acme", form(type))).isNull();
    }

    @Test
    void onlyAnAcceptHasAReservationAndARep() {
        assertThat(change(form("reservation.accepted")).reservationSid()).isEqualTo(RESERVATION);
        assertThat(change(form("reservation.accepted")).workerSid()).isEqualTo(WORKER);
        assertThat(change(form("task.completed")).reservationSid()).isNull();
    }

    @Test
    void theSameEventHasTheSameId() {
        CallEvent first = events.read("acme", form("reservation.accepted"));
        Map<String, String> again = form("reservation.accepted");
        again.put("TaskAge", "7");
        again.put("Sid", "EV0123456789abcdef0123456789abcdef");
        Map<String, String> another = form("reservation.accepted");
        another.put("ReservationSid", RESERVATION.replace('0', '1'));

        assertThat(events.read("acme", again).id()).isEqualTo(first.id());
        assertThat(events.read("acme", another).id()).isNotEqualTo(first.id());
        assertThat(events.read("bravo", form("reservation.accepted")).id()).isNotEqualTo(first.id());
        assertThat(events.read("acme", form("task.created")).id()).isNotEqualTo(first.id());
    }

    @Test
    void aCallerWhoHangsUpAbandonsTheTask() {
        Map<String, String> form = form("task.canceled");
        form.put("TaskCanceledReason", "hangup");

        assertThat(change(form).change()).isEqualTo("abandoned");
        assertThat(change(form).cause()).isEqualTo("task canceled: hangup");
    }

    @Test
    void aTaskThatFailsSaysWhy() {
        Map<String, String> canceled = form("task.canceled");
        canceled.put("TaskCanceledReason", "Exceeded \0 time to live".repeat(20));

        assertThat(change(canceled).cause())
                .startsWith("task canceled: Exceeded  time")
                .hasSizeLessThan(220);
        assertThat(change(form("task.canceled")).cause()).isEqualTo("task canceled");
        assertThat(change(form("workflow.timeout")).cause()).contains("no rep");
        assertThat(change(form("task.deleted")).cause()).isEqualTo("task deleted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"call_sid\":null}",
                "{\"call_sid\":\"CA1\"}",
                "{\"call_sid\":\"CA0123456789abcdef0123456789abcdef\",\"handoffSummary\":\"cut off he",
                "no JSON"
            })
    void aTaskThatDoesNotSayItsCallIsKeptForTheLedger(String attributes) {
        Map<String, String> form = form("reservation.accepted");
        form.put("TaskAttributes", attributes);

        TaskChanged event = (TaskChanged) events.read("acme", form);
        assertThat(event.callSid()).isNull();
        assertThat(event.group()).isEqualTo("acme/" + TASK);
        assertThat(event.task().handedOff()).isNull();
    }

    @Test
    void aTaskOfAnotherChannelMeansNothing() {
        Map<String, String> form = form("task.created");
        form.put("TaskChannelUniqueName", "chat");

        assertThat(events.read("acme", form)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WT", "WT0123456789abcdef0123456789abcdeg", "CA0123456789abcdef0123456789abcdef"})
    void withoutATaskItMeansNothing(String taskSid) {
        Map<String, String> form = form("task.created");
        form.put("TaskSid", taskSid);

        assertThat(events.read("acme", form)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1795165200123, 2026-11-20T09:00:00.123Z", "later, 2026-11-20T09:00:00Z", "'', 2026-11-20T09:00:00Z"})
    void theTimeIsAsExactAsTwilioTellsIt(String millis, Instant time) {
        Map<String, String> form = form("task.created");
        form.put("TimestampMs", millis);

        assertThat(change(form).occurredAt()).isEqualTo(time);
    }
}
