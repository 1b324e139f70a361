package io.flexhandoff.promises;

import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.support.PostgresServer;
import io.flexhandoff.support.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** PostgreSQL keeps silent for a while, under load: callers do not pay for it. */
@Tag("heavy")
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class LedgerAwayTest {

    private static final int SEGMENTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int CALLS = 16;
    private static final int KILLS = 3;
    private static final int MOVED = 4;

    @Test
    void callersMoveWhileTheLedgerIsAwayAndItLearnsOfThemAfterwards() throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        Map<String, String> settings = PostgresServer.settings("away");
        try (Wire wire = wire(settings);
                Plant plant = new Plant(FlexHandoffApplication.class, over(wire, settings));
                Load load = new Load(plant, SEGMENTS, PAUSE, enough::get)) {
            await().atMost(LONG).until(() -> load.escalated().size() >= CALLS);
            Instant begin = Instant.now();
            wire.freeze();
            await().pollDelay(AWAY).atMost(LONG).until(() -> moved(plant, load, begin) >= CALLS);
            Instant end = Instant.now();
            wire.thaw();
            await().atMost(LONG).until(() -> moved(plant, load, end) >= CALLS);
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();

            long late = new Promises(plant).keptFor(calls);
            List<SpokenCall> during = calls.stream()
                    .filter(call ->
                            call.escalated().isAfter(begin) && call.escalated().isBefore(end))
                    .toList();
            System.out.printf(
                    "Ledger away for %d s: %d calls, %d segments each once, %d marked late%n"
                            + "  escalation accepted to transfer, of those meanwhile: %s%n",
                    Duration.between(begin, end).toSeconds(),
                    calls.size(),
                    calls.size() * SEGMENTS,
                    late,
                    TransferTimes.ofCallers(plant, during));
        }
    }

    /** Killed again and again, each time with calls that are moved or being moved while the ledger knows nothing of it. */
    @Test
    void aNodeThatDiesWhileTheLedgerIsAwayLosesNothingAndMovesNobodyTwice() throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        Map<String, String> settings = PostgresServer.settings("away_killed");
        try (Wire wire = wire(settings);
                Plant plant = new Plant(FlexHandoffApplication.class, over(wire, settings), "-XX:TieredStopAtLevel=1");
                Load load = new Load(plant, SEGMENTS, PAUSE, enough::get)) {
            for (int kill = 0; kill < KILLS; kill++) {
                int before = load.escalated().size();
                await().atMost(LONG).until(() -> load.escalated().size() > before);
                Instant begin = Instant.now();
                wire.freeze();
                await().atMost(LONG).until(() -> moved(plant, load, begin) >= MOVED);
                plant.application().kill();
                wire.thaw();
                plant.application().start();
                plant.application().awaitReady();
            }
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();

            long late = new Promises(plant).keptFor(calls);
            System.out.printf(
                    "Killed %d times while the ledger was away: %d calls, %d segments each once, %d marked late%n",
                    KILLS, calls.size(), calls.size() * SEGMENTS, late);
        }
    }

    /** Calls that were escalated since, and are in the workflow. */
    private static long moved(Plant plant, Load load, Instant since) {
        return load.escalated().stream()
                .filter(call -> call.escalated().isAfter(since))
                .filter(call -> !plant.twilio().tasksOf(call.callSid).isEmpty())
                .count();
    }

    private static Wire wire(Map<String, String> settings) {
        return new Wire(URI.create(settings.get("handoff.ledger.url").substring("jdbc:".length()))
                .getPort());
    }

    private static Map<String, String> over(Wire wire, Map<String, String> settings) {
        Map<String, String> over = new HashMap<>(settings);
        over.computeIfPresent("handoff.ledger.url", (name, url) -> url.replaceFirst(":\\d+/", ":" + wire.port() + "/"));
        return over;
    }
}
