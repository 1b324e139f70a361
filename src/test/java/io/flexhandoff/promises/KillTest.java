package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.runtime.PlainMain;
import io.flexhandoff.support.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process is killed, again and again, at random moments of a load of calls. */
@Tag("heavy")
class KillTest {

    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
    /** More of them: {@code -Dkill.kills=20}. */
    private static final int KILLS = Integer.getInteger("kill.kills", 10);

    private static final int CALLS = 10 * KILLS;
    private static final int SEGMENTS = 10;
    /** Requests accepted since the start, or made of Twilio, after which it is killed at the latest. */
    private static final int LATEST = 400;
    /** A JVM that is killed soon need not compile well. */
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    @Test
    void nothingIsLostAndNothingIsDoubledOnTheEmbeddedDatabase() throws IOException {
        kill("H2, Spring Boot", FlexHandoffApplication.class, Map.of());
    }

    @Test
    @EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
    void nothingIsLostAndNothingIsDoubledOnPostgres() throws IOException {
        kill("PostgreSQL, camel-main", PlainMain.class, PostgresServer.settings("killed"));
    }

    private static void kill(String name, Class<?> program, Map<String, String> settings) throws IOException {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        Random random = new Random(seed);
        AtomicBoolean enough = new AtomicBoolean();
        try (Plant plant = new Plant(program, settings, QUICK_TO_START);
                Load load = new Load(plant, SEGMENTS, Duration.ZERO, enough::get)) {
            int kills = 0;
            while (kills < KILLS || load.placed() < CALLS) {
                int accepted = load.accepted() + random.nextInt(LATEST);
                long asked = plant.asked() + random.nextInt(LATEST);
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> load.accepted() >= accepted || plant.asked() >= asked);
                plant.application().kill();
                kills++;
                LOG.info("Kill {}: {} calls placed, {} requests accepted", kills, load.placed(), load.accepted());
                plant.application().start();
                plant.application().awaitReady();
            }
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();
            long late = new Promises(plant).keptFor(calls);
            assertThat(calls).hasSizeGreaterThanOrEqualTo(CALLS);
            System.out.printf(
                    "Kill test (%s, seed %d): %d kills, %d calls, %d segments each once, %d marked late, %d enqueued once%n",
                    name, seed, kills, calls.size(), calls.size() * SEGMENTS, late, calls.size());
        }
    }
}
