package io.flexhandoff.sandbox.twilio;

import java.util.Locale;

/** How a call came to the AI. */
public enum Way {
    /** The AI phone answered it; it is handed over by redirecting it. */
    DIRECT,
    /** TaskRouter offered it to the AI; it is a task already. */
    FLEX,
    /** The AI speaks by way of ConversationRelay; it is handed over by the answer to Connect's action request. */
    RELAY,
    /** The AI speaks over a stream of its own; it is handed over by the API, and the stream is closed. */
    STREAM;

    /** As in JSON, such as {@code direct}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
