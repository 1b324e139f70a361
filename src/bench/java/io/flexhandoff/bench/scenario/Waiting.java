package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import java.util.List;

/** What a handoff costs when few callers wait for reps in the workflow, and when very many do. */
final class Waiting implements Scenario {

    private static final int FEW = 10;
    private static final int MANY = 10_000;
    /** Half of the events are escalations. */
    private static final int SEGMENTS = 1;

    private static final double ESCALATIONS_PER_SECOND = 20;
    /** Longer than {@code handoff.reconcile.period}: what looks at the queue does it at least once. */
    private static final int SECONDS = 75;

    @Override
    public void run(Lab lab) throws Exception {
        double perSecond = lab.settings().rate().orElse(ESCALATIONS_PER_SECOND);
        OpenLoop.Rate rate = new OpenLoop.Rate(
                perSecond,
                (int) Math.ceil(perSecond * Open.SECONDS_BETWEEN_TURNS),
                SEGMENTS,
                lab.settings().seconds().orElse(SECONDS));
        for (String system : lab.systems(Lab.products())) {
            OpenTable table = new OpenTable();
            for (int tasks : new int[] {FEW, MANY}) {
                lab.with(system, server -> {
                    lab.warmUp(server);
                    lab.twilio().waiting(Org.FIRST, tasks);
                    Round round =
                            lab.recorded(server, () -> lab.open(server, server.target(Org.FIRST), Org.FIRST, rate));
                    lab.results().verify(system + ", " + tasks + " wait", List.of(round));
                    table.row(tasks + " wait", rate, round, server.peakMemory());
                    return null;
                });
            }
            lab.results().table("Handoffs into a workflow in which others wait, " + system, table.table());
        }
    }
}
