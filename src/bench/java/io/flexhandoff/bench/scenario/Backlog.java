package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Table;
import io.flexhandoff.bench.load.ApiTarget;
import io.flexhandoff.bench.load.Batch;
import io.flexhandoff.bench.load.Org;
import java.util.List;
import java.util.stream.IntStream;

/** A call whose own segments lie before its escalation, many in one request. */
final class Backlog implements Scenario {

    private static final int[] SEGMENTS = {50, 200, 500};
    private static final int CALLS = 3;
    private static final int LATENCY_MILLIS = 80;

    @Override
    public void run(Lab lab) throws Exception {
        Table table =
                new Table("", "segments", "escalation p50 / max ms", "last segment in its thread s", "late of all");
        for (String system : lab.systems(Lab.products())) {
            lab.with(system, server -> {
                lab.warmUp(server);
                lab.twilio().latency(Org.FIRST, LATENCY_MILLIS);
                ApiTarget target = (ApiTarget) server.target(Org.FIRST);
                for (int segments : SEGMENTS) {
                    List<Round> rounds = IntStream.range(0, CALLS)
                            .mapToObj(call ->
                                    lab.measure(server, target, Org.FIRST, tally -> new Batch(lab.http(), target, tally)
                                            .run(lab.newCalls(1), segments)))
                            .toList();
                    lab.results().verify(system + ", " + segments + " segments", rounds);
                    Summary summary = new Summary(rounds);
                    table.row(
                            system,
                            segments,
                            Table.times(summary.enqueued(), 50, 100),
                            Table.number(summary.median(Round::seconds), 1),
                            rounds.stream().mapToInt(Round::late).sum() + " of " + CALLS * segments);
                }
                return null;
            });
            lab.twilio().latency(Org.FIRST, lab.settings().latencyMillis());
        }
        lab.results().table("A call's own backlog in one request, 80 ms a Twilio request, one call at a time", table);
    }
}
