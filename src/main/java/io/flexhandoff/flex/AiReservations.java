package io.flexhandoff.flex;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.component.taskrouter.TaskView.ReservationView;
import io.flexhandoff.event.AiTask;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Orgs;
import java.util.Map;

/** Tells the AI's own reservations from those of reps. Bound as {@code aiReservations}. */
public final class AiReservations {

    private final Orgs orgs;

    public AiReservations(Orgs orgs) {
        this.orgs = orgs;
    }

    /**
     * The task by which the AI has a call, or {@code null} when the call did not come through Flex: the one that the
     * escalation names, or else the one that the ledger knows.
     *
     * @param escalation {@code null} when there is none
     * @param known the call's row of the ledger, or {@code null}
     */
    public AiTask of(Escalation escalation, Map<String, Object> known) {
        String task = known == null ? null : (String) known.get("ai_task_sid");
        String reservation = known == null ? null : (String) known.get("ai_reservation_sid");
        if (escalation == null || escalation.task() == null) {
            return task == null ? null : new AiTask(task, reservation, null);
        }
        String named = escalation.task().reservationSid();
        boolean same = escalation.task().taskSid().equals(task);
        return new AiTask(escalation.task().taskSid(), named == null && same ? reservation : named, null);
    }

    /** @param offered a task that TaskRouter offers to the AI worker */
    public AiTask of(TaskChange offered) {
        return new AiTask(offered.taskSid(), offered.reservationSid(), "pending");
    }

    /**
     * The same with the status of the AI's reservation. A live reservation is the AI's when the AI worker of the org has
     * it; where no AI worker is configured, when it is the one that was named.
     *
     * @param task as TaskRouter has it now, or {@code null}
     */
    public AiTask look(String org, AiTask aiTask, TaskView task) {
        ReservationView live = task == null ? null : task.reservation();
        AiWorker ai = orgs.get(org).aiWorker();
        boolean ours = live != null
                && (ai.sid() == null ? live.sid().equals(aiTask.reservationSid()) : ai.is(live.workerSid()));
        return ours
                ? new AiTask(aiTask.taskSid(), live.sid(), live.status())
                : new AiTask(aiTask.taskSid(), aiTask.reservationSid(), null);
    }

    /** Whether a worker is the org's AI. */
    public boolean isAi(String org, String workerSid) {
        return orgs.get(org).aiWorker().is(workerSid);
    }

    /** The AI worker of an org. */
    public AiWorker worker(String org) {
        return orgs.get(org).aiWorker();
    }

    /**
     * SID of the caller's leg, which is the one to move: the task knows it. The AI phone may know the call by its own leg.
     *
     * @param task or {@code null}
     */
    public String callOf(TaskView task, String callSid) {
        return task != null && task.attributes().get("call_sid") instanceof String sid && !sid.isBlank()
                ? sid
                : callSid;
    }
}
