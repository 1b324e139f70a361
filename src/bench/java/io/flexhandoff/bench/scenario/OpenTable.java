package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Table;
import io.flexhandoff.bench.load.OpenLoop;

/** What open loops showed, one a row. */
final class OpenTable {

    private final Table table = new Table(
            "",
            "segments/s asked",
            "in threads/s",
            "live calls",
            "escalations",
            "CPU/event ms",
            "ack p50 / p99 ms",
            "escalation's ack p99 ms",
            "in thread p50 / p99 ms",
            "escalation p50 / p90 / p99 / max ms",
            "refused segments, escalations",
            "late",
            "peak MiB",
            "others, cores");

    OpenTable row(String name, OpenLoop.Rate rate, Round round, long peakMemory) {
        table.row(
                name,
                Table.number(rate.segmentsPerSecond(), 0),
                Table.number(round.segmentsPerSecond(), 0),
                rate.live(),
                round.tally().escalations(),
                Table.number(round.cpuPerEvent(), 2),
                Table.times(round.tally().segmentsAcknowledged, 50, 99),
                Table.times(round.tally().escalationsAcknowledged, 99),
                Table.times(round.appended(), 50, 99),
                Table.times(round.enqueued(), 50, 90, 99, 100),
                round.tally().refusedSegments + ", " + round.tally().refusedEscalations,
                round.late(),
                peakMemory,
                Table.number(round.disturbed(), 2));
        return this;
    }

    Table table() {
        return table;
    }
}
