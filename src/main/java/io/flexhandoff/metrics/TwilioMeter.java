package io.flexhandoff.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Requests to Twilio: how many, of which org, to which product, with what outcome, and how long each took. */
public final class TwilioMeter {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry meters;

    public TwilioMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param product {@code api}, {@code conversations} or {@code taskrouter}
     * @param outcome {@code success}, or in lower case what the failure means ({@link io.flexhandoff.twilio.FailureKind})
     * @param nanos until the answer was read; of a request that was not sent nearly nothing
     */
    public void record(String org, String product, String outcome, long nanos) {
        Timer.builder("handoff.twilio.requests")
                .description("Requests to Twilio until their answer was read")
                .serviceLevelObjectives(BUCKETS)
                .tags("org", org, "product", product, "outcome", outcome)
                .register(meters)
                .record(Duration.ofNanos(nanos));
    }
}
