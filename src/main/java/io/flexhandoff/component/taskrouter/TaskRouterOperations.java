package io.flexhandoff.component.taskrouter;

/** What the {@code twilio-taskrouter:} component does; each operation can be repeated without harm. */
public enum TaskRouterOperations {
    findTask,
    readTask,
    mergeAttributes,
    acceptReservation,
    rejectReservation,
    completeReservation,
    provisionWorker,
    readWorkflow,
    writeWorkflow,
    readWebhook,
    writeWebhook
}
