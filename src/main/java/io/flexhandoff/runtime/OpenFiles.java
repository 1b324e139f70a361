package io.flexhandoff.runtime;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Whether this process may open as many files as its connections can need. One that may open none any more can load no class either, and
 * does not recover.
 */
final class OpenFiles {

    /** Jars, journal, database, sockets of broker and ledger, and room. */
    private static final int OWN = 500;

    private OpenFiles() {}

    /** How many it may open; empty where the system does not say. */
    static Optional<Long> limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(system.getMaxFileDescriptorCount())
                : Optional.empty();
    }

    /** What to say of a limit, naming the settings; empty when it is high enough. */
    static Optional<String> warning(long limit, int http, int twilio) {
        int needed = http + twilio + OWN;
        return limit >= needed
                ? Optional.empty()
                : Optional.of("This process may open " + limit + " files, and can need " + needed
                        + ": handoff.http.max-connections (" + http + "), handoff.twilio.max-connections (" + twilio
                        + ") and " + OWN
                        + " of its own. Raise the limit (ulimit -n, or LimitNOFILE of systemd), or lower these");
    }
}
