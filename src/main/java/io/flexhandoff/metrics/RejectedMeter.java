package io.flexhandoff.metrics;

import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.door.Rejection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Requests to the URLs for Twilio that were refused, by org and cause: what {@link RejectedRequests} counts. */
public final class RejectedMeter {

    private RejectedMeter() {}

    /** Shows the counts from the start, so that the first refusal is seen as one. */
    public static void bind(MeterRegistry meters, OrgTag orgs, RejectedRequests rejected) {
        for (String org : orgs.all()) {
            for (Rejection cause : Rejection.values()) {
                if (org.equals(OrgTag.NO_ORG) ? cause.isOfNoOrg() : cause.isOfAnOrg()) {
                    FunctionCounter.builder("handoff.webhooks.rejected", rejected, all -> all.count(org, cause))
                            .description("Requests to the URLs for Twilio that were refused, by cause")
                            .tags("org", org, "cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(meters);
                }
            }
        }
    }
}
