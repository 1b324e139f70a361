package io.flexhandoff.component.conversations;

/** What the {@code twilio-conversations:} component does; each operation can be repeated without harm. */
public enum ConversationsOperations {
    openThread,
    appendMessage,
    writeNote,
    readThread,
    close,
    readWebhooks,
    writeWebhooks
}
