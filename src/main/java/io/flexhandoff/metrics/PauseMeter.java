package io.flexhandoff.metrics;

import io.flexhandoff.operate.Intake;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether an operator has paused an org, so that nobody forgets it. */
public final class PauseMeter {

    private PauseMeter() {}

    public static void bind(MeterRegistry meters, OrgTag orgs, Intake intake) {
        for (String org : orgs.configured()) {
            Gauge.builder("handoff.paused", intake, all -> all.isPaused(org) ? 1 : 0)
                    .description(
                            "Whether an operator has paused the org's transfers (1) or not (0). The same on every node")
                    .tags("org", org)
                    .register(meters);
        }
    }
}
