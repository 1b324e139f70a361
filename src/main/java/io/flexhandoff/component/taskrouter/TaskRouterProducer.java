package io.flexhandoff.component.taskrouter;

import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.TwilioProducer;

/** Sends to Twilio TaskRouter. */
public class TaskRouterProducer extends TwilioProducer {

    private final TaskRouterOperations operation;

    public TaskRouterProducer(TaskRouterEndpoint endpoint) {
        super(
                endpoint,
                endpoint.getComponent().getClients(),
                endpoint.getConfiguration().getOrg());
        operation = endpoint.getConfiguration().getOperation();
    }

    @Override
    protected Object carryOut(TwilioCall call) {
        return switch (operation) {
            case findTask -> Tasks.find(call);
            case readTask -> Tasks.read(call);
            case mergeAttributes -> Tasks.mergeAttributes(call);
            case acceptReservation -> Reservations.accept(call);
            case rejectReservation -> Reservations.reject(call);
            case completeReservation -> Reservations.complete(call);
            case provisionWorker -> Workers.provision(call);
            case readWorkflow -> Workflows.read(call);
            case writeWorkflow -> Workflows.write(call);
            case readWebhook -> WorkspaceWebhook.read(call);
            case writeWebhook -> WorkspaceWebhook.write(call);
        };
    }
}
