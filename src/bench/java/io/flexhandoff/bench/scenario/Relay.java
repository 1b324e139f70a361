package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.lab.Table;
import io.flexhandoff.bench.load.ApiTarget;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.RelayTarget;
import io.flexhandoff.bench.load.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sessions of ConversationRelay that end: how soon the signed request of {@code <Connect action>} is answered. */
final class Relay implements Scenario {

    private static final int SEGMENTS = 2;
    private static final double SESSIONS_PER_SECOND = 20;
    private static final int SECONDS = 60;

    @Override
    public void run(Lab lab) throws Exception {
        double sessions = lab.settings().rate().orElse(SESSIONS_PER_SECOND);
        OpenLoop.Rate rate = new OpenLoop.Rate(
                sessions * SEGMENTS,
                (int) Math.ceil(sessions * SEGMENTS * Open.SECONDS_BETWEEN_TURNS),
                SEGMENTS,
                lab.settings().seconds().orElse(SECONDS));
        Table table = new Table(
                "", "sessions/s", "sessions", "answer p50 / p90 / p99 / max ms", "CPU/event ms", "others, cores");
        Map<String, Times> answers = new LinkedHashMap<>();
        for (String system : lab.systems(Lab.products())) {
            lab.with(system, server -> {
                lab.warmUp(server);
                RelayTarget target = new RelayTarget((ApiTarget) server.target(Org.FIRST), Org.FIRST);
                Round round = lab.recorded(server, () -> lab.open(server, target, Org.FIRST, rate));
                lab.results().verify(system, List.of(round));
                table.row(
                        system,
                        Table.number(sessions, 0),
                        round.tally().escalations(),
                        Table.times(round.tally().escalationsAcknowledged, 50, 90, 99, 100),
                        Table.number(round.cpuPerEvent(), 2),
                        Table.number(round.disturbed(), 2));
                answers.put(system, round.tally().escalationsAcknowledged);
                return null;
            });
        }
        lab.results().table("ConversationRelay's <Connect action>, each session after two segments", table);
        lab.results().distributions("relay", "<Connect action>: from the request to the TwiML", answers);
    }
}
