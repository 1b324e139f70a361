package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Server;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.Tally;
import java.util.List;

/**
 * Two orgs with the same load. First both are answered as ever, then the second gets every answer late; the first one's
 * figures are shown. What becomes of the second is not verified.
 */
final class StalledOrg implements Scenario {

    private static final double SEGMENTS_PER_SECOND = 100;
    private static final int LATE_MILLIS = 10_000;

    @Override
    public void run(Lab lab) throws Exception {
        OpenLoop.Rate rate = Open.rate(lab, lab.settings().rate().orElse(SEGMENTS_PER_SECOND));
        for (String system : lab.systems(Lab.products())) {
            OpenTable table = new OpenTable();
            lab.with(system, List.of(Org.FIRST, Org.SECOND), server -> {
                lab.warmUp(server);
                table.row("both as ever", rate, measured(lab, server, rate), server.peakMemory());
                lab.twilio().latency(Org.SECOND, LATE_MILLIS);
                try {
                    table.row("the other 10 s late", rate, measured(lab, server, rate), server.peakMemory());
                } finally {
                    lab.twilio().latency(Org.SECOND, lab.settings().latencyMillis());
                }
                return null;
            });
            lab.results().table("An org beside one whose answers come 10 s late, " + system, table.table());
        }
    }

    private static Round measured(Lab lab, Server server, OpenLoop.Rate rate) {
        lab.openLoop(server.target(Org.SECOND), new Tally(), rate);
        Round round = lab.open(server, server.target(Org.FIRST), Org.FIRST, rate);
        lab.results().verify(server.name(), List.of(round));
        return round;
    }
}
