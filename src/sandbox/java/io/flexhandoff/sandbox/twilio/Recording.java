package io.flexhandoff.sandbox.twilio;

import java.time.Instant;

/** A recording of a call, from when it is started until the call ends. */
final class Recording {

    final String sid = Sids.random("RE");
    final Instant startedAt = Instant.now();
    final boolean dual;
    /** What is recorded: inbound, outbound or both. */
    final String track;

    Recording(boolean dual, String track) {
        this.dual = dual;
        this.track = track;
    }
}
