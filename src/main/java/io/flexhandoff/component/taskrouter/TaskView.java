package io.flexhandoff.component.taskrouter;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
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

        static ReservationView of(Reservation reservation) {
            return new ReservationView(
                    reservation.getSid(), reservation.getReservationStatus().toString(), reservation.getWorkerSid());
        }
    }

    static TaskView of(Task task, Map<String, Object> attributes, ReservationView reservation) {
        return new TaskView(
                task.getSid(),
                task.getAssignmentStatus().toString(),
                task.getReason(),
                attributes,
                task.getWorkflowSid(),
                task.getTaskQueueSid(),
                reservation);
    }
}
