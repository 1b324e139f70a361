package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.support.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every request is sent one to five times, many at once, in no order. */
@Tag("heavy")
class StormTest {

    private static final int CALLS = 200;
    private static final int SEGMENTS = 10;
    private static final int MOST_COPIES = 5;
    private static final int AT_ONCE = 32;

    @Test
    void theEndIsTheSameOnTheEmbeddedDatabase() throws Exception {
        storm("H2", Map.of());
    }

    @Test
    @EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
    void theEndIsTheSameOnPostgres() throws Exception {
        storm("PostgreSQL", PostgresServer.settings("stormed"));
    }

    private static void storm(String name, Map<String, String> settings) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
        try (Plant plant = new Plant(FlexHandoffApplication.class, settings)) {
            List<SpokenCall> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                String org = Plant.ORGS.get(call % Plant.ORGS.size());
                String callSid = plant.twilio().placeCall(plant.account(org).accountSid(), "+15550100", "+15550199");
                calls.add(new SpokenCall(org, callSid, SEGMENTS));
            }
            AtomicInteger accepted = new AtomicInteger();
            for (Future<Void> sent : senders.invokeAll(requests(plant, calls, accepted))) {
                sent.get();
            }
            long late = new Promises(plant).keptFor(calls);
            assertThat(accepted).hasValueGreaterThan(CALLS * SEGMENTS * 2);
            System.out.printf(
                    "Storm test (%s): %d requests for %d calls, %d segments each once, %d marked late, each call enqueued once%n",
                    name, accepted.get(), CALLS, CALLS * SEGMENTS, late);
        } finally {
            senders.shutdownNow();
        }
    }

    private static List<Callable<Void>> requests(Plant plant, List<SpokenCall> calls, AtomicInteger accepted) {
        Random random = new Random();
        List<Callable<Void>> requests = new ArrayList<>();
        for (SpokenCall call : calls) {
            for (SpokenCall.Request request : call.requests()) {
                for (int copy = random.nextInt(MOST_COPIES); copy >= 0; copy--) {
                    requests.add(() -> {
                        call.send(plant, request, Duration.ZERO, accepted);
                        return null;
                    });
                }
            }
        }
        Collections.shuffle(requests, random);
        return requests;
    }
}
