package io.flexhandoff.checkup;

import java.util.List;

/** One thing that can be wrong with an org's connection to Twilio. */
interface Check {

    /** Stable: scripts and support requests name it. */
    String name();

    /** Names of the checks without whose success this one makes no sense; they run before it. */
    default List<String> needs() {
        return List.of("credentials", "workspace");
    }

    /** @throws com.twilio.exception.TwilioException when Twilio does not tell what is to be looked at */
    Outcome look(OrgInTwilio org);
}
