package io.flexhandoff.component.taskrouter;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.ReservationUpdater;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.taskrouter.TaskView.ReservationView;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.Set;

/** Takes reservations, and gives them back. */
final class Reservations {

    private static final Set<String> LIVE = Set.of("pending", "accepted", "wrapping");

    /** Statuses of a task that has a reservation. */
    private static final Set<String> HELD = Set.of("reserved", "assigned", "wrapping");

    private Reservations() {}

    /** The reservation of a task that is not over, or {@code null}. */
    static ReservationView live(TwilioCall call, JsonNode task) {
        if (!HELD.contains(task.path("assignment_status").textValue())) {
            return null;
        }
        String path = Tasks.path(call, task.path("sid").textValue()) + "/Reservations";
        try {
            for (JsonNode reservation : call.list(Tasks.PRODUCT, path, "reservations")) {
                ReservationView view = ReservationView.of(reservation);
                if (LIVE.contains(view.status())) {
                    return view;
                }
            }
            return null;
        } catch (TwilioFailure failure) {
            if (failure.isNotFound()) {
                return null; // the task ended since it was listed
            }
            throw failure;
        }
    }

    /**
     * Accepts a reservation by letting Twilio connect its caller: a reservation of a waiting call is not to be accepted in
     * any other way (TaskRouter, "Queue calls": Important Restrictions).
     *
     * @return the reservation's status: {@code accepted}, or how it ended before; {@code null} when Twilio has forgotten it
     */
    static String accept(TwilioCall call) {
        String workspace = call.org().workspaceSid();
        String task = call.sid(TaskRouterConstants.TASK_SID, "WT");
        String sid = call.sid(TaskRouterConstants.RESERVATION_SID, "WR");
        ReservationUpdater updater = Reservation.updater(workspace, task, sid);
        String instruction = call.required(TaskRouterConstants.INSTRUCTION);
        call.required(TaskRouterConstants.ADDRESS);
        switch (instruction) {
            case "redirect" ->
                updater.setRedirectCallSid(call.sid(TaskRouterConstants.CALL_SID, "CA"))
                        .setRedirectUrl(call.url(TaskRouterConstants.ADDRESS))
                        .setRedirectAccept(true);
            case "dequeue" -> updater.setDequeueTo(call.required(TaskRouterConstants.ADDRESS));
            default ->
                throw new IllegalArgumentException("The option instruction (header " + TaskRouterConstants.INSTRUCTION
                        + ") is neither redirect nor dequeue");
        }
        try {
            return updater.setInstruction(instruction)
                    .update(call.client())
                    .getReservationStatus()
                    .toString();
        } catch (ApiException e) {
            if (FailureKind.of(e) != FailureKind.FINAL) {
                throw e;
            }
            Reservation.Status status = status(call, task, sid);
            if (status == Reservation.Status.PENDING) {
                throw e;
            }
            return status == null ? null : status.toString();
        }
    }

    static String reject(TwilioCall call) {
        return end(call, Reservation.Status.REJECTED);
    }

    static String complete(TwilioCall call) {
        return end(call, Reservation.Status.COMPLETED);
    }

    private static String end(TwilioCall call, Reservation.Status status) {
        String workspace = call.org().workspaceSid();
        String task = call.sid(TaskRouterConstants.TASK_SID, "WT");
        String sid = call.sid(TaskRouterConstants.RESERVATION_SID, "WR");
        try {
            Reservation.updater(workspace, task, sid)
                    .setReservationStatus(status)
                    .update(call.client());
        } catch (ApiException e) {
            if (FailureKind.of(e) != FailureKind.FINAL || status(call, task, sid) != status) {
                throw e;
            }
        }
        return status.toString();
    }

    /** Twilio refuses to move a reservation to the status that it has; {@code null} when it has forgotten it. */
    private static Reservation.Status status(TwilioCall call, String task, String sid) {
        try {
            return Reservation.fetcher(call.org().workspaceSid(), task, sid)
                    .fetch(call.client())
                    .getReservationStatus();
        } catch (ApiException e) {
            if (Integer.valueOf(404).equals(e.getStatusCode())) {
                return null;
            }
            throw e;
        }
    }
}
