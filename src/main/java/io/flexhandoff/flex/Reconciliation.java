package io.flexhandoff.flex;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.component.taskrouter.TaskView.ReservationView;
import io.flexhandoff.event.TaskChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells by a call's task which of TaskRouter's events have not reached us. Bound as {@code reconciliation}. */
public final class Reconciliation {

    /** A call with a rep goes on for minutes. */
    private static final int TALKING = 5;

    private static final Duration LONGEST_CALL = Duration.ofDays(1);

    private final List<String> orgs;
    private final Duration period;
    private final AiReservations ai;
    private final Clock clock;

    /**
     * @param orgs those whose calls wait in a workflow of TaskRouter
     * @param period how long after a look at a waiting call the next one is due
     */
    public Reconciliation(List<String> orgs, Duration period, AiReservations ai, Clock clock) {
        this.orgs = List.copyOf(orgs);
        this.period = period;
        this.ai = ai;
        this.clock = clock;
    }

    /**
     * When the last look must have been for another one to be due, ISO 8601.
     *
     * @param waiting at a call that waits for a rep
     * @param talking at a call that a rep has
     * @param since calls that were transferred before are not looked at: a call lasts up to 24 hours
     */
    public record Due(String waiting, String talking, String since) {}

    /** The orgs whose handoffs have tasks. */
    public List<String> orgs() {
        return orgs;
    }

    public Due due() {
        Instant now = clock.instant();
        return new Due(
                now.minus(period).toString(),
                now.minus(period.multipliedBy(TALKING)).toString(),
                now.minus(LONGEST_CALL).toString());
    }

    /**
     * Calls whose task nobody has told yet.
     *
     * @param open rows of the ledger: {@code call_sid}, and {@code task_sid} or {@code null}
     */
    public List<String> withoutTask(List<Map<String, Object>> open) {
        return open.stream()
                .filter(row -> row.get("task_sid") == null)
                .map(row -> (String) row.get("call_sid"))
                .toList();
    }

    /**
     * What has happened to a task since the ledger's last word of it, in order.
     *
     * @param open the handoff's row of the ledger: {@code state} transferred or accepted, {@code task_sid} or {@code null}
     * @param task the task, {@code null} when TaskRouter has none of the call any more
     */
    public List<TaskChange> missed(String org, Map<String, Object> open, TaskView task) {
        boolean accepted = "accepted".equals(open.get("state"));
        if (task == null) {
            String forgotten = (String) open.get("task_sid");
            return forgotten == null
                    ? List.of()
                    : List.of(
                            accepted
                                    ? change("completed", forgotten, null, null, null)
                                    : change(
                                            "abandoned", forgotten, null, "the task has ended, nobody told how", null));
        }
        String timestamp = Objects.toString(task.attributes().get("handoffTimestamp"), null);
        List<TaskChange> missed = new ArrayList<>();
        ReservationView held = task.reservation();
        if (open.get("task_sid") == null) {
            missed.add(change("created", task.sid(), null, null, timestamp));
        }
        if (!accepted && held != null && !held.status().equals("pending") && !ai.isAi(org, held.workerSid())) {
            missed.add(change("accepted", task.sid(), held, null, timestamp));
        }
        switch (task.assignmentStatus()) {
            case "wrapping", "completed" -> missed.add(change("completed", task.sid(), null, null, timestamp));
            case "canceled" -> {
                CanceledTask canceled = new CanceledTask(task.reason());
                missed.add(change(canceled.change(), task.sid(), null, canceled.cause(), timestamp));
            }
            default -> {}
        }
        return missed;
    }

    private TaskChange change(
            String change, String taskSid, ReservationView reservation, String cause, String handoffTimestamp) {
        return new TaskChange(
                change,
                taskSid,
                reservation == null ? null : reservation.sid(),
                reservation == null ? null : reservation.workerSid(),
                true,
                clock.instant(),
                cause,
                handoffTimestamp);
    }
}
