package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The Conversations of one org answers 503 for a minute, under load; the other org's works. */
@Tag("heavy")
class OutageTest {

    private static final int SEGMENTS = 10;
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofSeconds(60);

    @Test
    void transfersGoOnAndThreadsBecomeCompleteOnTheEmbeddedDatabase() throws IOException {
        outage("H2", Map.of());
    }

    @Test
    @EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
    void transfersGoOnAndThreadsBecomeCompleteOnPostgres() throws IOException {
        outage("PostgreSQL", PostgresServer.settings("outage"));
    }

    private static void outage(String name, Map<String, String> settings) throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        try (Plant plant = new Plant(FlexHandoffApplication.class, settings);
                Load load = new Load(plant, SEGMENTS, Duration.ofMillis(500), enough::get)) {
            pass(BEFORE);
            Instant begin = Instant.now();
            plant.twilio()
                    .faults()
                    .add(Fault.answer(503)
                            .product("conversations")
                            .account(plant.account("acme").accountSid()));
            pass(OUTAGE);
            Instant end = Instant.now();
            plant.twilio().faults().clear();
            enough.set(true);
            Collection<SpokenCall> calls = load.calls();

            long late = new Promises(plant).keptFor(calls);
            Instant complete = Instant.now();
            TransferTimes hit = transfers(plant, calls, "acme", begin, end);
            TransferTimes others = transfers(plant, calls, "globex", begin, end);
            assertThat(hit.count()).isPositive();
            System.out.printf(
                    "Outage test (%s): %d calls, %d segments each once, %d marked late, no dead letter; complete %d s after the outage%n"
                            + "  escalation to transfer during the outage: the org that is hit %s, the other %s%n",
                    name,
                    calls.size(),
                    calls.size() * SEGMENTS,
                    late,
                    Duration.between(end, complete).toSeconds(),
                    hit,
                    others);
        }
    }

    private static void pass(Duration time) {
        Instant over = Instant.now().plus(time);
        await().atMost(time.plusSeconds(10)).until(() -> Instant.now().isAfter(over));
    }

    /** Of the calls that were escalated and transferred in between. */
    private static TransferTimes transfers(
            Plant plant, Collection<SpokenCall> calls, String org, Instant from, Instant to) {
        Collection<SpokenCall> ofOrg =
                calls.stream().filter(call -> call.org.equals(org)).toList();
        return TransferTimes.ofSteps(
                plant,
                ofOrg,
                handoff -> TransferTimes.at(handoff, "escalated").isAfter(from)
                        && TransferTimes.at(handoff, "transferred").isBefore(to));
    }
}
