package io.flexhandoff.metrics;

import io.flexhandoff.event.CallEvent;
import io.flexhandoff.ledger.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What handoffs do, measured when the ledger learns it, so that what comes twice counts once. Counts and times are those of this
 * process since its start; a process that dies between the ledger's entry and the count loses that count. Bound as {@code
 * handoffMetrics}.
 */
public final class HandoffMetrics {

    /** Steps of the ledger that are states of a handoff. */
    private static final Set<String> STATES =
            Set.of("escalated", "transferred", "accepted", "completed", "abandoned", "failed");

    private static final Duration[] SOON = seconds(0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300);
    private static final Duration[] BY_A_REP = seconds(2, 5, 10, 20, 30, 60, 120, 300, 600, 1800);

    private final MeterRegistry meters;
    private final OrgTag orgs;
    private final Map<Series, Counter> appended = new ConcurrentHashMap<>();
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final Clock clock;

    public HandoffMetrics(MeterRegistry meters, OrgTag orgs, Clock clock) {
        this.meters = meters;
        this.orgs = orgs;
        this.clock = clock;
        orgs.configured().forEach(this::announce);
    }

    /** Building one from its tags for each event costs more than counting. */
    private record Series(String org, String what) {}

    /** A series that appears with its first count hides that count from rates: those with an alert are there from the start. */
    private void announce(String org) {
        STATES.forEach(state -> states(org, state));
        accepts(org, true);
        accepts(org, false);
        Set.of("segment", "escalation", "note").forEach(kind -> parkings(org, kind));
    }

    /**
     * A handoff reached a step, for the first time in this try.
     *
     * @param times what the ledger knows of the call: {@code escalated_at}, {@code transferred_at}, {@code accepted_at}, {@code
     *     noted_at}; {@code moved_at} when the call was moved before the ledger learned it; {@code null} when it does not know the call
     * @param event the event that led to it
     */
    public void reached(String org, String step, Map<String, Object> times, CallEvent event) {
        if (STATES.contains(step)) {
            states(org, step).increment();
        }
        Instant now = clock.instant();
        Instant escalated = event instanceof CallEvent.Escalated ? event.receivedAt() : at(times, "escalated_at");
        Instant moved = at(times, "moved_at");
        switch (step) {
            case "transferred" ->
                record(
                        "handoff.transfer.time",
                        "From the moment an escalation was taken in until the call was in the workflow",
                        SOON,
                        org,
                        escalated,
                        moved == null ? now : moved);
            case "noted" -> {
                record(
                        "handoff.note.time",
                        "From the start of a handoff until its note was in the thread",
                        SOON,
                        org,
                        escalated,
                        now);
                Instant transferred = at(times, "transferred_at");
                record(
                        "handoff.note.lag",
                        "From the transfer until the note was in the thread; 0 when the note was first",
                        SOON,
                        org,
                        transferred == null ? now : transferred,
                        now);
            }
            case "accepted" -> {
                Instant accepted = at(times, "accepted_at");
                record(
                        "handoff.accept.time",
                        "From the start of a handoff until a rep accepted",
                        BY_A_REP,
                        org,
                        escalated,
                        accepted);
                Instant noted = at(times, "noted_at");
                accepts(org, noted != null && accepted != null && !noted.isAfter(accepted))
                        .increment();
            }
            default -> {
                // no time of its own
            }
        }
    }

    /** It is known what has become of a handoff. @param outcome as the contract names it */
    public void outcome(String org, String outcome) {
        Counter.builder("handoff.outcomes")
                .description("Handoffs of which it is known what has become of them")
                .tag("org", orgs.of(org))
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    /** @param transferred when the segment's call had been transferred, or {@code null} */
    public void appended(String org, boolean late, Object transferred) {
        appended.computeIfAbsent(new Series(orgs.of(org), Boolean.toString(late)), series -> Counter.builder(
                                "handoff.segments.appended")
                        .description("Segments appended to their thread")
                        .tags("org", series.org, "late", series.what)
                        .register(meters))
                .increment();
        if (late) {
            record(
                    "handoff.tail.delay",
                    "How long after the transfer a late segment was in the thread",
                    SOON,
                    org,
                    Ledger.instant(transferred),
                    clock.instant());
        }
    }

    /** An event is handled for the first time. */
    public void waited(CallEvent event) {
        record(
                "handoff.events.wait",
                "From the moment an event was taken in until it was first handled, its wait for others included",
                SOON,
                event.org(),
                event.receivedAt(),
                clock.instant());
    }

    /** An event failed and waits for another try. */
    public void parked(String org, String kind) {
        parkings(org, kind == null ? "unreadable" : kind).increment();
    }

    /** An enrichment step failed; the handoff goes on without what it would have found. */
    public void enrichmentFailed(String org, String step) {
        Counter.builder("handoff.enrichment.failures")
                .description("Enrichment steps that failed, by step; the others went on")
                .tags("org", orgs.of(org), "step", step)
                .register(meters)
                .increment();
    }

    /**
     * A request to the API or to a URL for Twilio was refused, or failed.
     *
     * @param org {@code null} before it was let in
     * @param asked the org that its path names
     */
    public void refused(String org, String asked, int status) {
        Counter.builder("handoff.requests.refused")
                .description("Requests to the API and to the URLs for Twilio that got an error")
                .tags("org", orgs.of(org == null ? asked : org), "status", Integer.toString(status))
                .register(meters)
                .increment();
    }

    private Counter states(String org, String state) {
        return Counter.builder("handoff.states")
                .description("Handoffs that reached a state")
                .tags("org", orgs.of(org), "state", state)
                .register(meters);
    }

    private Counter accepts(String org, boolean noted) {
        return Counter.builder("handoff.accepts")
                .description("Handoffs that a rep accepted, by whether the note was there before or came after")
                .tags("org", orgs.of(org), "note", noted ? "before" : "after")
                .register(meters);
    }

    private Counter parkings(String org, String kind) {
        return Counter.builder("handoff.parkings")
                .description("Events that failed and were parked for another try")
                .tags("org", orgs.of(org), "kind", kind)
                .register(meters);
    }

    private void record(String name, String what, Duration[] buckets, String org, Instant from, Instant to) {
        if (from != null && to != null) {
            // two clocks may differ: nothing takes less than no time
            Duration time = to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
            timers.computeIfAbsent(new Series(orgs.of(org), name), series -> Timer.builder(name)
                            .description(what)
                            .serviceLevelObjectives(buckets)
                            .tags("org", series.org)
                            .register(meters))
                    .record(time);
        }
    }

    private static Instant at(Map<String, Object> times, String name) {
        return times == null ? null : Ledger.instant(times.get(name));
    }

    private static Duration[] seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(second -> Duration.ofMillis((long) (second * 1000)))
                .toArray(Duration[]::new);
    }
}
