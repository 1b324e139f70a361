package io.flexhandoff.runtime;

import io.flexhandoff.enrichment.Enrichment;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.transfer.Transfers;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.waiting.Availability;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.spi.Registry;

/** The beans of what callers and their AI are told about waiting. */
final class WaitingBeans {

    private WaitingBeans() {}

    static void bind(
            Registry registry, Orgs orgs, Settings settings, TwilioClients twilio, Transfers transfers, Clock clock) {
        Enrichment enrichment = registry.lookupByNameAndType("enrichment", Enrichment.class);
        registry.bind(
                "availability",
                new Availability(
                        orgs,
                        twilio,
                        transfers,
                        enrichment::defaultLanguage,
                        settings.duration("handoff.availability.fresh"),
                        settings.duration("handoff.availability.timeout"),
                        threads(),
                        clock));
    }

    /** At most one for each org that is asked about, and gone when nobody asks. */
    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "availability");
            thread.setDaemon(true);
            return thread;
        });
    }
}
