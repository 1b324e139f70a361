package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Samples;
import io.flexhandoff.bench.lab.Server;
import io.flexhandoff.bench.lab.Table;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import java.util.List;

/** Many calls for long: does heap, queue or lag grow, and does an event cost more than with few calls? */
final class Live implements Scenario {

    private static final int CALLS = 2000;
    private static final int FEW_CALLS = 100;
    private static final double SEGMENTS_PER_SECOND_AND_CALL = 0.3;
    /** A call lasts a few minutes. */
    private static final int SEGMENTS = 60;

    private static final int SECONDS = 600;
    private static final int SECONDS_OF_FEW = 60;

    @Override
    public void run(Lab lab) throws Exception {
        int live = lab.settings().live().orElse(CALLS);
        double perSecond = lab.settings().rate().orElse(live * SEGMENTS_PER_SECOND_AND_CALL);
        int seconds = lab.settings().seconds().orElse(SECONDS);
        OpenLoop.Rate few = new OpenLoop.Rate(perSecond, FEW_CALLS, SEGMENTS, Math.min(seconds, SECONDS_OF_FEW));
        OpenLoop.Rate many = new OpenLoop.Rate(perSecond, live, SEGMENTS, seconds);
        for (String system : lab.systems(Lab.built())) {
            OpenTable table = new OpenTable();
            lab.with(system, server -> {
                lab.warmUp(server);
                measure(lab, server, few, table);
                measure(lab, server, many, table);
                lab.results()
                        .say(
                                "%s: longest pause of the collector %.0f ms",
                                system, server.inside().longestPause());
                return null;
            });
            lab.results()
                    .table(live + " live calls beside " + FEW_CALLS + " at the same rate, " + system, table.table());
        }
    }

    private static void measure(Lab lab, Server server, OpenLoop.Rate rate, OpenTable table) throws Exception {
        String name = rate.live() + " calls";
        Samples samples = new Samples(server, Org.FIRST, rate.seconds() * 1000L / Samples.COUNT);
        Round round;
        try (samples) {
            round = lab.recorded(server, () -> lab.open(server, server.target(Org.FIRST), Org.FIRST, rate));
        }
        lab.results().verify(server.name() + ", " + name, List.of(round));
        table.row(name, rate, round, server.peakMemory());
        lab.results().table(server.name() + ", " + name + " over time", overTime(round, samples.taken(), rate));
    }

    private static Table overTime(Round round, List<Samples.Sample> samples, OpenLoop.Rate rate) {
        Table table = new Table(
                "until s",
                "heap after GC MiB",
                "queue depth",
                "CPU, cores",
                "in thread p50 / p99 ms",
                "escalation p50 / p99 ms");
        for (int place = 0; place < Math.min(samples.size(), round.slices().size()); place++) {
            Samples.Sample sample = samples.get(place);
            Round.Slice slice = round.slices().get(place);
            table.row(
                    rate.seconds() * (place + 1) / Samples.COUNT,
                    Table.number(sample.heapAfterGc(), 0),
                    Table.number(sample.queueDepth(), 0),
                    Table.number(sample.cores(), 2),
                    Table.times(slice.appended(), 50, 99),
                    Table.times(slice.enqueued(), 50, 99));
        }
        return table;
    }
}
