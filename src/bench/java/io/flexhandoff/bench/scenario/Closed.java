package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Server;
import io.flexhandoff.bench.lab.Settings;
import io.flexhandoff.bench.lab.Table;
import io.flexhandoff.bench.load.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls that speak as fast as they are answered, from a cold start on: how much a system can do, and what it costs. */
final class Closed implements Scenario {

    private record Outcome(String system, Round cold, Summary warm, double readySeconds, long peakMemory) {}

    @Override
    public void run(Lab lab) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (String system : lab.systems(Lab.all())) {
            outcomes.add(lab.with(system, server -> measured(lab, server)));
        }
        Settings settings = lab.settings();
        lab.results()
                .table(
                        "Closed loop: %d calls x %d segments and an escalation each, %d at once, %d ms a Twilio request"
                                .formatted(
                                        settings.calls(),
                                        settings.segments(),
                                        settings.atOnce(),
                                        settings.latencyMillis()),
                        figures(outcomes));
        if (outcomes.size() > 1) {
            lab.results().table("Warm segments/s, row / column", ratios(outcomes));
        }
        draw(lab, outcomes);
    }

    private static Outcome measured(Lab lab, Server server) throws Exception {
        List<Round> first = lab.warmUp(server);
        List<Round> counted =
                lab.recorded(server, () -> lab.rounds(server, lab.settings().rounds()));
        lab.results()
                .verify(
                        server.name(),
                        Stream.concat(first.stream(), counted.stream()).toList());
        return new Outcome(
                server.name(), first.get(0), new Summary(counted), server.readySeconds(), server.peakMemory());
    }

    private static Table figures(List<Outcome> outcomes) {
        Table table = new Table(
                "",
                "ready s",
                "cold segments/s",
                "cold CPU/event ms",
                "cold escalation p50 / p99 ms",
                "segments/s",
                "range",
                "CPU/event ms",
                "ack p50 / p99 ms",
                "escalation p50 / p99 ms",
                "peak MiB",
                "load, Twilio CPU/event ms",
                "others, cores");
        for (Outcome outcome : outcomes) {
            Summary warm = outcome.warm();
            table.row(
                    outcome.system(),
                    Table.number(outcome.readySeconds(), 1),
                    Table.number(outcome.cold().segmentsPerSecond(), 0),
                    Table.number(outcome.cold().cpuPerEvent(), 2),
                    Table.times(outcome.cold().enqueued(), 50, 99),
                    Table.number(warm.median(Round::segmentsPerSecond), 0),
                    Table.number(warm.least(Round::segmentsPerSecond), 0) + " to "
                            + Table.number(warm.most(Round::segmentsPerSecond), 0),
                    Table.number(warm.median(Round::cpuPerEvent), 2),
                    Table.times(warm.acknowledged(), 50, 99),
                    Table.times(warm.enqueued(), 50, 99),
                    outcome.peakMemory(),
                    Table.number(warm.median(round -> round.cpu().load() * 1000 / round.events()), 2) + ", "
                            + Table.number(warm.median(round -> round.cpu().twilio() * 1000 / round.events()), 2),
                    Table.number(warm.median(Round::disturbed), 2));
        }
        return table;
    }

    private static Table ratios(List<Outcome> outcomes) {
        Table table = new Table(Stream.concat(Stream.of(""), outcomes.stream().map(Outcome::system))
                .toArray(String[]::new));
        for (Outcome row : outcomes) {
            double own = row.warm().median(Round::segmentsPerSecond);
            table.row(Stream.concat(
                            Stream.of(row.system()),
                            outcomes.stream()
                                    .map(column -> column.warm().median(Round::segmentsPerSecond))
                                    .map(other -> Table.number(own / other, 2)))
                    .toArray());
        }
        return table;
    }

    private static void draw(Lab lab, List<Outcome> outcomes) {
        Map<String, Times> enqueued = new LinkedHashMap<>();
        Map<String, Times> acknowledged = new LinkedHashMap<>();
        outcomes.forEach(outcome -> {
            enqueued.put(outcome.system(), outcome.warm().enqueued());
            acknowledged.put(outcome.system(), outcome.warm().acknowledged());
        });
        lab.results().distributions("closed-escalation", "Closed loop: from an escalation to Enqueue", enqueued);
        lab.results().distributions("closed-ack", "Closed loop: acknowledgement of a segment", acknowledged);
    }
}
