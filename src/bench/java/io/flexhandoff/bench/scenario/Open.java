package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Server;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that speak whatever the answers, the same arrivals for each system. */
final class Open implements Scenario {

    /** Each call says something so often, as long as nothing else is asked for. */
    static final double SECONDS_BETWEEN_TURNS = 2;

    private static final int SECONDS = 60;
    private static final double EVENTS = 300;

    private final String name;
    private final String title;
    private final String[] systems;
    private final Plan plan;

    /** How many segments a second each system gets. */
    private interface Plan {
        Share prepare(Lab lab) throws Exception;
    }

    private interface Share {
        double of(Server server);
    }

    private Open(String name, String title, String[] systems, Plan plan) {
        this.name = name;
        this.title = title;
        this.systems = systems;
        this.plan = plan;
    }

    /** Half of what plain POSTs reach. */
    static Open half() {
        return new Open("open-half", "Open loop at half the rate of plain POSTs", Lab.all(), lab -> {
            double half = lab.settings().rate().isPresent() ? 0 : lab.plainRate() / 2;
            return server -> half;
        });
    }

    /** Twice of what a system reached in the closed loop right before. */
    static Open overload() {
        return new Open(
                "overload",
                "Open loop at twice the sustainable rate",
                Lab.products(),
                lab -> server ->
                        2 * new Summary(lab.rounds(server, lab.settings().rounds())).median(Round::segmentsPerSecond));
    }

    static Open acknowledgement() {
        return new Open(
                "ack-300",
                "Open loop at 300 events/s",
                Lab.all(),
                lab -> server ->
                        EVENTS * lab.settings().segments() / (lab.settings().segments() + 1));
    }

    @Override
    public void run(Lab lab) throws Exception {
        Share share = plan.prepare(lab);
        OpenTable table = new OpenTable();
        Map<String, Times> enqueued = new LinkedHashMap<>();
        Map<String, Times> acknowledged = new LinkedHashMap<>();
        for (String system : lab.systems(systems)) {
            lab.with(system, server -> {
                List<Round> first = lab.warmUp(server);
                OpenLoop.Rate rate = rate(lab, lab.settings().rate().orElseGet(() -> share.of(server)));
                lab.results().say("%s: %s", system, rate);
                Round round = lab.recorded(server, () -> lab.open(server, server.target(Org.FIRST), Org.FIRST, rate));
                lab.results().verify(system, List.of(round));
                lab.results().verify(system + " before", first);
                table.row(system, rate, round, server.peakMemory());
                enqueued.put(system, round.enqueued());
                acknowledged.put(system, round.tally().segmentsAcknowledged);
                return null;
            });
        }
        lab.results().table(title, table.table());
        lab.results().distributions(name + "-escalation", title + ": from an escalation to Enqueue", enqueued);
        lab.results().distributions(name + "-ack", title + ": acknowledgement of a segment", acknowledged);
    }

    /** So many segments a second, by as many calls as it takes, for as long as is asked for. */
    static OpenLoop.Rate rate(Lab lab, double segmentsPerSecond) {
        return new OpenLoop.Rate(
                segmentsPerSecond,
                lab.settings().live().orElse((int) Math.ceil(segmentsPerSecond * SECONDS_BETWEEN_TURNS)),
                lab.settings().segments(),
                lab.settings().seconds().orElse(SECONDS));
    }
}
