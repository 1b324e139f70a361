package io.flexhandoff.component.taskrouter;

import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.TwilioOperation;

/** What the {@code twilio-taskrouter:} component does; each operation can be repeated without harm. */
public enum TaskRouterOperations implements TwilioOperation {
    findTask(Tasks::find),
    findTasks(Tasks::findAll),
    readTask(Tasks::read),
    mergeAttributes(Tasks::mergeAttributes),
    cancelTask(Tasks::cancel),
    createTask(NewTasks::create),
    acceptReservation(Reservations::accept),
    rejectReservation(Reservations::reject),
    completeReservation(Reservations::complete),
    provisionWorker(Workers::provision),
    readWorkflow(Workflows::read),
    writeWorkflow(Workflows::write),
    readWebhook(WorkspaceWebhook::read),
    writeWebhook(WorkspaceWebhook::write);

    private final TwilioOperation code;

    TaskRouterOperations(TwilioOperation code) {
        this.code = code;
    }

    @Override
    public Object carryOut(TwilioCall call) {
        return code.carryOut(call);
    }
}
