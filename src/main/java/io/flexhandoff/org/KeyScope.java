package io.flexhandoff.org;

/** What an API key opens. */
public enum KeyScope {
    /** What an AI phone platform does: segments, escalations, ends of calls, custom data, and looking handoffs up. */
    EVENTS,
    /** What an operator does: connect, checkup, and dead letters. */
    OPERATE
}
