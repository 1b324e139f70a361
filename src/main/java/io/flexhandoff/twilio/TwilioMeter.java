package io.flexhandoff.twilio;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests of one org to one of Twilio's products: how many, with what outcome, and how long each took. */
final class TwilioMeter {

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
    private final String org;
    private final String product;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    /** @param product {@code api}, {@code conversations} or {@code taskrouter} */
    TwilioMeter(MeterRegistry meters, String org, String product) {
        this.meters = meters;
        this.org = org;
        this.product = product;
    }

    /**
     * @param outcome {@code success}, or in lower case what the failure means ({@link FailureKind})
     * @param nanos until the answer was read; of a request that was not sent nearly nothing
     */
    void record(String outcome, long nanos) {
        timers.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String outcome) {
        return Timer.builder("handoff.twilio.requests")
                .description("Requests to Twilio until their answer was read")
                .serviceLevelObjectives(BUCKETS)
                .tags("org", org, "product", product, "outcome", outcome)
                .register(meters);
    }
}
