package io.flexhandoff.metrics;

import io.flexhandoff.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How complete the transcripts are and what is still open, by org, as the ledger has it; the same on every node. Bound as {@code
 * ledgerMetrics}.
 */
public final class LedgerMetrics {

    /** Calls that are looked at: those that started within this; a live call lasts no longer. */
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    /** A segment on its way is nowhere for at most so long; then something has lost it. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(5);

    /** States of segments, and the value of the tag that each counts under. */
    private static final Map<String, String> STATES = Map.of(
            "received", "on-its-way",
            "waiting", "on-its-way",
            "appended", "appended",
            "parked", "parked",
            "dead", "dead",
            "discarded", "discarded");

    private final Clock clock;
    private final Map<String, OrgGauges> segments = new HashMap<>();
    private final Map<String, OrgGauges> open = new HashMap<>();
    private final OrgGauges parked;
    private final OrgGauges unaccounted;
    private final OrgGauges oldest;
    private final OrgGauges waiting;

    public LedgerMetrics(MeterRegistry meters, OrgTag orgs, Clock clock) {
        this.clock = clock;
        for (String state : List.of("on-its-way", "appended", "parked", "dead", "discarded")) {
            segments.put(
                    state,
                    new OrgGauges(
                            meters,
                            orgs,
                            "handoff.segments",
                            null,
                            "Segments of the calls that started in the last 24 hours, by what has become of them. The same on every node",
                            "state",
                            state));
        }
        for (String state : List.of("escalated", "transferred")) {
            open.put(
                    state,
                    new OrgGauges(
                            meters,
                            orgs,
                            "handoff.open",
                            null,
                            "Handoffs that wait to be transferred (escalated) or for a rep (transferred). The same on every node",
                            "state",
                            state));
        }
        parked = new OrgGauges(
                meters, orgs, "handoff.parked", null, "Segments that wait for another try. The same on every node");
        unaccounted = new OrgGauges(
                meters,
                orgs,
                "handoff.segments.unaccounted",
                null,
                "Segments that for 5 minutes have been neither appended, parked nor dead: lost. The same on every node");
        oldest = new OrgGauges(
                meters,
                orgs,
                "handoff.events.oldest.age",
                "seconds",
                "Age of the oldest segment that is not appended yet, or escalation that is not transferred yet; dead ones left out. The same on every node");
        waiting = new OrgGauges(
                meters,
                orgs,
                "handoff.open.oldest.age",
                "seconds",
                "How long the oldest escalation that is not transferred yet has been under way. The same on every node");
    }

    /** Calls that started before this are not looked at. */
    public Instant since() {
        return clock.instant().minus(LOOK_BACK);
    }

    /** Segments that came before this are on their way no longer. */
    public Instant overdue() {
        return clock.instant().minus(ON_ITS_WAY);
    }

    /**
     * @param segmentRows {@code org}, {@code state}, {@code counted}, {@code overdue}, {@code oldest} (a time)
     * @param handoffRows {@code org}, {@code state}, {@code counted}, {@code oldest} (a time)
     */
    public void know(List<Map<String, Object>> segmentRows, List<Map<String, Object>> handoffRows) {
        Instant now = clock.instant();
        Map<String, Double> ages = new HashMap<>();
        Map<String, Long> lost = new HashMap<>();
        Map<String, Map<String, Long>> counts = new HashMap<>();
        for (Map<String, Object> row : segmentRows) {
            String state = STATES.getOrDefault((String) row.get("state"), "on-its-way");
            count(counts, state, row);
            if (state.equals("on-its-way")) {
                lost.merge((String) row.get("org"), number(row.get("overdue")), Long::sum);
            }
            if (state.equals("on-its-way") || state.equals("parked")) {
                age(ages, row, now);
            }
        }
        segments.forEach((state, gauges) -> gauges.set(counts.getOrDefault(state, Map.of())));
        parked.set(counts.getOrDefault("parked", Map.of()));
        unaccounted.set(lost);

        Map<String, Map<String, Long>> handoffs = new HashMap<>();
        Map<String, Double> waits = new HashMap<>();
        for (Map<String, Object> row : handoffRows) {
            count(handoffs, (String) row.get("state"), row);
            if ("escalated".equals(row.get("state"))) {
                age(waits, row, now);
                age(ages, row, now);
            }
        }
        open.forEach((state, gauges) -> gauges.set(handoffs.getOrDefault(state, Map.of())));
        waiting.set(waits);
        oldest.set(ages);
    }

    /** Nothing is known. */
    public void forget() {
        segments.values().forEach(OrgGauges::forget);
        open.values().forEach(OrgGauges::forget);
        parked.forget();
        unaccounted.forget();
        waiting.forget();
        oldest.forget();
    }

    private static void count(Map<String, Map<String, Long>> counts, String state, Map<String, Object> row) {
        counts.computeIfAbsent(state, any -> new HashMap<>())
                .merge((String) row.get("org"), number(row.get("counted")), Long::sum);
    }

    private static void age(Map<String, Double> ages, Map<String, Object> row, Instant now) {
        Instant oldest = Ledger.instant(row.get("oldest"));
        if (oldest != null) {
            ages.merge(
                    (String) row.get("org"),
                    Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0),
                    Math::max);
        }
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
