package io.flexhandoff.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.LogWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of times that others write by clocks of their own. */
class CallEventsTest {

    private static final String CALL = "CA" + "1".repeat(32);
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final HandoffContext CONTEXT = new HandoffContext("r", "s", "neutral", "en", null, null, "en");

    private final CallEvents events = new CallEvents(Clock.fixed(NOW, ZoneOffset.UTC));

    private static Escalation escalation(Instant occurredAt) {
        return new Escalation(
                "e1", occurredAt, null, null, null, null, null, null, null, Map.of(), null, null, null, null);
    }

    private static TranscriptBatch spoken(Instant spokenAt) {
        return new TranscriptBatch(List.of(new Segment("s1", 1, "ai", "Hello", spokenAt, null, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "PT2H, 120 min ahead of ours",
        "PT3M, 3 min ahead of ours",
        "-PT2H, 120 min behind ours",
        "-PT5M, 5 min behind ours",
        "PT9000H, 540000 min ahead of ours"
    })
    void aClockThatDiffersByMinutesIsToldOfOnceAnOrg(Duration difference, String told) {
        try (LogWatch log = new LogWatch()) {
            events.escalation("ahead", CALL, escalation(NOW.plus(difference)));
            events.escalation("ahead", CALL, escalation(NOW.plus(difference)));
            events.end("ahead", CALL, new CallEnded(NOW.plus(difference), null));
            events.transferred("other", CALL, escalation(NOW.plus(difference)));

            assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains(told));
            assertThat(log.lines().get(0)).contains("ahead: the clock of its AI phone platform");
            assertThat(log.lines().get(1)).contains("other: the clock of its AI phone platform");
        }
    }

    @Test
    void wordsOfTheFutureTellOfAClockAndThoseOfThePastDoNot() {
        try (LogWatch log = new LogWatch()) {
            events.segments("past", CALL, spoken(NOW.minus(Duration.ofHours(2))));
            assertThat(log.lines()).isEmpty();

            events.segments("future", CALL, spoken(NOW.plus(Duration.ofMinutes(10))));
            assertThat(log.lines()).singleElement().asString().contains("10 min ahead of ours", "spokenAt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT90S", "-PT90S"})
    void aNetworkIsNoClock(Duration difference) {
        try (LogWatch log = new LogWatch()) {
            events.escalation("acme", CALL, escalation(NOW.plus(difference)));

            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1970-01-21T20:33:20Z",
                "0001-01-01T00:00:00Z",
                "2026-11-20T11:00:00Z",
                "2099-01-01T00:00:00Z",
                "+58868-01-01T00:00:00Z"
            })
    void aNoteIsDatedByOurClockWhereTheSendersTimeCannotBe(Instant occurredAt) {
        assertThat(((CallEvent.NoteDue) events.note("acme", CALL, escalation(occurredAt), CONTEXT))
                        .escalation()
                        .occurredAt())
                .isEqualTo(NOW);
        assertThat(((CallEvent.NoteDue) events.betterNote("acme", CALL, escalation(occurredAt), CONTEXT))
                        .escalation()
                        .occurredAt())
                .isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-20T09:00:00Z", "2026-11-20T08:59:12.5Z", "2026-11-20T09:01:30Z", "2026-11-20T06:00:00Z"
            })
    void aTimeThatCanBeStandsInTheNote(Instant occurredAt) {
        assertThat(((CallEvent.NoteDue) events.note("acme", CALL, escalation(occurredAt), CONTEXT))
                        .escalation()
                        .occurredAt())
                .isEqualTo(occurredAt);
    }
}
