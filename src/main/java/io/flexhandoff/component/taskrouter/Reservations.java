package io.flexhandoff.component.taskrouter;

import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.taskrouter.TaskView.ReservationView;
import io.flexhandoff.twilio.FailureKind;
import java.util.EnumSet;
import java.util.Set;

/** Gives reservations back. */
final class Reservations {

    private static final Set<Reservation.Status> LIVE =
            EnumSet.of(Reservation.Status.PENDING, Reservation.Status.ACCEPTED, Reservation.Status.WRAPPING);

    private Reservations() {}

    /** The task's reservation that is not over, or {@code null}. */
    static ReservationView live(TwilioCall call, Task task) {
        if (task.getAssignmentStatus() == Task.Status.PENDING) {
            return null;
        }
        try {
            for (Reservation reservation :
                    Reservation.reader(call.org().workspaceSid(), task.getSid()).read(call.client())) {
                if (LIVE.contains(reservation.getReservationStatus())) {
                    return ReservationView.of(reservation);
                }
            }
            return null;
        } catch (ApiException e) {
            if (Integer.valueOf(404).equals(e.getStatusCode())) {
                return null; // the task ended since it was listed
            }
            throw e;
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
            if (FailureKind.of(e) != FailureKind.FINAL || !isIn(call, task, sid, status)) {
                throw e;
            }
        }
        return status.toString();
    }

    /** Twilio refuses to move a reservation to the status that it has. */
    private static boolean isIn(TwilioCall call, String task, String sid, Reservation.Status status) {
        return Reservation.fetcher(call.org().workspaceSid(), task, sid)
                        .fetch(call.client())
                        .getReservationStatus()
                == status;
    }
}
