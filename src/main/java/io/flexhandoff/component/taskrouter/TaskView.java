package io.flexhandoff.component.taskrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A task as a route sees it.
 *
 * @param sid its SID ({@code WT…})
 * @param assignmentStatus pending, reserved, assigned, wrapping, completed or canceled
 * @param attributes its attributes
 * @param reason why it was completed or canceled, may be {@code null}
 * @param workflowSid the workflow ({@code WW…}) that routes it
 * @param queueSid the queue ({@code WQ…}) it is in
 * @param reservation the reservation that is pending, accepted or wrapping, or {@code null}
 */
public record TaskView(
        String sid,
        String assignmentStatus,
        String reason,
        Map<String, Object> attributes,
        String workflowSid,
        String queueSid,
        ReservationView reservation) {

    /**
     * A worker's hold on a task.
     *
     * @param sid its SID ({@code WR…})
     * @param status pending, accepted or wrapping
     * @param workerSid whose it is ({@code WK…})
     */
    public record ReservationView(String sid, String status, String workerSid) {

        static ReservationView of(JsonNode reservation) {
            return new ReservationView(
                    reservation.path("sid").textValue(),
                    reservation.path("reservation_status").textValue(),
                    reservation.path("worker_sid").textValue());
        }
    }

    static TaskView of(JsonNode task, Map<String, Object> attributes, ReservationView reservation) {
        return new TaskView(
                task.path("sid").textValue(),
                task.path("assignment_status").textValue(),
                task.path("reason").textValue(),
                attributes,
                task.path("workflow_sid").textValue(),
                task.path("task_queue_sid").textValue(),
                reservation);
    }
}
