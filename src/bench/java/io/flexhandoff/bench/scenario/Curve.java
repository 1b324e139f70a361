package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As many segments a second, half of what the system reached in the closed loop before, said in ever more calls. */
final class Curve implements Scenario {

    private static final int[] LIVE = {100, 500, 1000, 2000};
    private static final int SECONDS = 30;

    @Override
    public void run(Lab lab) throws Exception {
        for (String system : lab.systems(Lab.products())) {
            OpenTable table = new OpenTable();
            Map<String, Times> enqueued = new LinkedHashMap<>();
            lab.with(system, server -> {
                lab.warmUp(server);
                double perSecond = lab.settings()
                        .rate()
                        .orElseGet(() ->
                                new Summary(lab.rounds(server, lab.settings().rounds()))
                                                .median(Round::segmentsPerSecond)
                                        / 2);
                for (int live : LIVE) {
                    OpenLoop.Rate rate = new OpenLoop.Rate(
                            perSecond,
                            live,
                            lab.settings().segments(),
                            lab.settings().seconds().orElse(SECONDS));
                    Round round = lab.open(server, server.target(Org.FIRST), Org.FIRST, rate);
                    lab.results().verify(system + " with " + live + " calls", List.of(round));
                    table.row(live + " calls", rate, round, server.peakMemory());
                    enqueued.put(live + " calls", round.enqueued());
                }
                return null;
            });
            String title = "Live calls at the same rate, " + system;
            lab.results().table(title, table.table());
            lab.results().distributions("curve-" + system, title + ": from an escalation to Enqueue", enqueued);
        }
    }
}
