package io.flexhandoff.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.TaskChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ends of handoffs Twilio is asked about. */
class CutsTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-20T09:00:00Z");
    private static final Cuts CUTS = new Cuts(Duration.ofMinutes(2));

    @ParameterizedTest
    @CsvSource({
        "completed, completed, accepted, 120, true",
        "completed, completed, accepted, 121, false",
        "completed, completed, cut, 5, false",
        "completed, abandoned, caller-gone, 5, false",
        "accepted, accepted, accepted, 0, false"
    })
    void anEndSoonAfterTheAccept(String reached, String state, String outcome, int seconds, boolean suspected) {
        assertThat(CUTS.suspected().matches(end(reached, state, outcome, seconds)))
                .isEqualTo(suspected);
    }

    /** An event that comes late tells when it was. */
    @Test
    void twiliosTimeCounts() {
        Exchange exchange = end("completed", "completed", "accepted", 3_600);
        exchange.setVariable(
                "change", new TaskChange("completed", "WT1", null, null, true, ACCEPTED.plusSeconds(7), null, null));
        assertThat(CUTS.suspected().matches(exchange)).isTrue();
    }

    @Test
    void nobodyWatches() {
        assertThat(new Cuts(Duration.ZERO).suspected().matches(end("completed", "completed", "accepted", 0)))
                .isFalse();
    }

    private static Exchange end(String reached, String state, String outcome, int seconds) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Instant over = ACCEPTED.plusSeconds(seconds);
        exchange.setVariable("reached", reached);
        exchange.setVariable("known", Map.of("state", state, "outcome", outcome, "accepted_at", ACCEPTED));
        exchange.setVariable("event", new CallEvent.Ended("acme", "CA1", over, new CallEnded(over, null), true));
        return exchange;
    }
}
