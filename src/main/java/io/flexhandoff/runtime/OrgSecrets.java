package io.flexhandoff.runtime;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over secrets of the orgs that have changed in their files since the start: {@code …-file} settings, and mounted folders. Bound as
 * {@code orgSecrets}.
 */
public final class OrgSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(OrgSecrets.class);
    private static final long AT_MOST_EVERY_MS = 1_000;

    private final Orgs orgs;
    private final Supplier<Map<String, Org>> settings;
    private final Clock clock;
    private long lastRead;
    private String lastProblem = "";

    /** @param settings reads those of the orgs anew */
    OrgSecrets(Orgs orgs, Supplier<Map<String, Org>> settings, Clock clock) {
        this.orgs = orgs;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads them again, unless that was done a moment ago. What cannot be read or makes no sense leaves all as it was. */
    public synchronized void readAgain() {
        long now = clock.millis();
        if (now - lastRead < AT_MOST_EVERY_MS) {
            return;
        }
        lastRead = now;
        try {
            List<String> changed = orgs.takeSecrets(settings.get());
            if (!changed.isEmpty()) {
                LOG.info("Secrets of {} have changed and were taken over", String.join(", ", changed));
            }
            lastProblem = "";
        } catch (IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // its words may be those of a file
            tell(e.getClass().getSimpleName());
        }
    }

    private void tell(String problem) {
        if (!problem.equals(lastProblem)) {
            LOG.warn("Secrets were not read again, those that are known stay: {}", problem);
        }
        lastProblem = problem;
    }
}
