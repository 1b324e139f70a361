package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.PlainMain;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes on one Artemis and one PostgreSQL, under load, while they come and go. */
@Tag("heavy")
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class NodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(NodesTest.class);
    private static final List<Class<?>> PROGRAMS =
            List.of(FlexHandoffApplication.class, FlexHandoffApplication.class, PlainMain.class);
    private static final int CALLS = 300;
    private static final int SEGMENTS = 10;

    @Test
    void nodesAreKilledAndTheBrokerRestarts() throws IOException {
        Random random = new Random(Long.getLong("kill.seed", System.nanoTime()));
        AtomicBoolean enough = new AtomicBoolean();
        try (ArtemisProcess broker = new ArtemisProcess();
                Plant plant = new Plant(PROGRAMS, settings(broker, "nodes_killed"));
                Load load = new Load(plant, SEGMENTS, Duration.ofMillis(800), enough::get)) {
            int kills = 0;
            Duration brokerAway = null;
            while (load.placed() < CALLS) {
                HandoffProcess victim = plant.nodes().get(kills % PROGRAMS.size());
                plant.nodes().get((kills + 1) % PROGRAMS.size()).awaitReady();
                pass(Duration.ofMillis(1000 + random.nextInt(3000)));
                victim.kill();
                kills++;
                LOG.info("Kill {}: {} calls placed, {} requests accepted", kills, load.placed(), load.accepted());
                victim.start();
                if (brokerAway == null && load.placed() > CALLS / 2) {
                    Instant killed = Instant.now();
                    broker.kill();
                    broker.start();
                    brokerAway = Duration.between(killed, Instant.now());
                }
            }
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();
            plant.nodes().forEach(HandoffProcess::awaitReady);
            long late = new Promises(plant).keptFor(calls);
            assertThat(brokerAway).isNotNull();
            System.out.printf(
                    "Nodes test, kills: %d kills of 3 nodes, broker away once for %d ms, %d calls, %d segments each once, %d marked late,"
                            + " %d enqueued once%n  escalation accepted to transfer: %s%n",
                    kills,
                    brokerAway.toMillis(),
                    calls.size(),
                    calls.size() * SEGMENTS,
                    late,
                    calls.size(),
                    TransferTimes.ofCallers(plant, calls));
        }
    }

    @Test
    void nodesAreRestartedOneAfterTheOther() throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        try (ArtemisProcess broker = new ArtemisProcess();
                Plant plant = new Plant(PROGRAMS, settings(broker, "nodes_restarted"));
                Load load = new Load(plant, SEGMENTS, Duration.ofSeconds(2), enough::get)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> load.placed() > CALLS / 10);
            for (HandoffProcess node : plant.nodes()) {
                node.close();
                node.start();
                node.awaitReady();
                LOG.info("Restarted: {} calls placed, {} requests accepted", load.placed(), load.accepted());
            }
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();
            long late = new Promises(plant).keptFor(calls);
            System.out.printf(
                    "Nodes test, rolling restart: %d calls, %d segments each once, %d marked late, %d enqueued once%n"
                            + "  escalation accepted to transfer: %s%n",
                    calls.size(), calls.size() * SEGMENTS, late, calls.size(), TransferTimes.ofCallers(plant, calls));
        }
    }

    private static Map<String, String> settings(ArtemisProcess broker, String database) {
        Map<String, String> settings = new LinkedHashMap<>(PostgresServer.settings(database));
        settings.putAll(broker.settings());
        return settings;
    }

    private static void pass(Duration time) {
        Instant over = Instant.now().plus(time);
        await().atMost(time.plusSeconds(10)).until(() -> Instant.now().isAfter(over));
    }
}
