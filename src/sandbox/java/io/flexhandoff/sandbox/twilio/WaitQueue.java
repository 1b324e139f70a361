package io.flexhandoff.sandbox.twilio;

import java.time.Instant;

/** Where the callers of a workflow wait, to Twilio a voice queue. The sandbox tells its limit and lets more callers in. */
final class WaitQueue {

    /** Calls that Twilio lets wait at most; unless told otherwise it is fewer. */
    static final int LARGEST = 5000;

    private static final int DEFAULT = 100;

    final String sid;
    final Instant created = Instant.now();
    Instant updated = created;
    int maxSize = DEFAULT;

    WaitQueue(String workflowSid) {
        this.sid = Sids.of("QU", workflowSid);
    }
}
