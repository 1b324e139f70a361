package io.flexhandoff.connect;

import io.flexhandoff.api.Problem;

/** How TaskRouter's events come to us. Both ways at once are one: each event counts once. */
public enum TaskEventsWay {
    /** By the workspace's one event callback. */
    CALLBACK,
    /** By a sink of Event Streams, which leaves that callback to whoever has it. */
    STREAM,
    /** By the sink where one stands and the callback is not ours, else by the callback. */
    AS_IT_IS;

    /**
     * @param name {@code callback}, {@code stream}, or {@code null} for none said
     * @throws Problem 400 for any other
     */
    public static TaskEventsWay of(String name) {
        if (name == null) {
            return AS_IT_IS;
        }
        return switch (name) {
            case "callback" -> CALLBACK;
            case "stream" -> STREAM;
            default -> throw new Problem(400, "Bad request", "events: must be callback or stream");
        };
    }
}
