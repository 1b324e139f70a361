package io.flexhandoff.component.conversations;

import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.TwilioProducer;

/** Sends to Twilio Conversations. */
public class ConversationsProducer extends TwilioProducer {

    private final ConversationsOperations operation;

    public ConversationsProducer(ConversationsEndpoint endpoint) {
        super(
                endpoint,
                endpoint.getComponent().getClients(),
                endpoint.getConfiguration().getOrg());
        operation = endpoint.getConfiguration().getOperation();
    }

    @Override
    protected Object carryOut(TwilioCall call) {
        return switch (operation) {
            case openThread -> Threads.open(call);
            case appendMessage -> Messages.append(call);
            case writeNote -> Notes.write(call);
            case readThread -> Messages.read(call);
            case close -> Threads.close(call);
            case readWebhooks -> ServiceWebhooks.read(call);
            case writeWebhooks -> ServiceWebhooks.write(call);
        };
    }
}
