package io.flexhandoff.component.conversations;

import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.component.TwilioOperation;

/** What the {@code twilio-conversations:} component does; each operation can be repeated without harm. */
public enum ConversationsOperations implements TwilioOperation {
    openThread(Threads::open),
    appendMessage(Messages::append),
    appendMessages(Messages::appendAll),
    writeNote(Notes::write),
    readThread(Messages::read),
    close(Threads::close),
    readWebhooks(ServiceWebhooks::read),
    writeWebhooks(ServiceWebhooks::write);

    private final TwilioOperation code;

    ConversationsOperations(TwilioOperation code) {
        this.code = code;
    }

    @Override
    public Object carryOut(TwilioCall call) {
        return code.carryOut(call);
    }
}
