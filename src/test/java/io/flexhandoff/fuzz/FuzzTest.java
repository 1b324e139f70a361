package io.flexhandoff.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Whatever is sent to a door or an operation, it is answered as a mistake of the sender, and leaves nothing behind. */
@HandoffTest
@TestPropertySource(
        properties = {"handoff.late.delays=50,50", "handoff.transfer.delays=50", "handoff.transfer.limit=100"})
class FuzzTest {

    private static final Pattern STACK_TRACE =
            Pattern.compile("\\bat [\\w.$]+\\(|Caused by|java\\.lang\\.|org\\.apache\\.");
    private static final int AT_ONCE = 16;
    private static final int GROWTH_MB = 96;
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<String> unreadable = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void watchTheQueue() {
        context.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ExchangeCompletedEvent completed) {
                    Exchange exchange = completed.getExchange();
                    if ("dispatch-event".equals(exchange.getFromRouteId()) && exchange.getVariable("event") == null) {
                        unreadable.add(exchange.getVariable("eventText", String.class));
                    }
                }
            }
        });
    }

    @Test
    void aThousandRequests() throws Exception {
        send(1, 1_000);
    }

    @Tag("heavy")
    @Test
    void tenThousandRequestsLeaveTheMemoryAsItWas() throws Exception {
        send(2, 3_000);
        long before = usedMegabytes();
        send(3, 10_000);
        assertThat(usedMegabytes() - before).isLessThan(GROWTH_MB);
    }

    private void send(long seed, int count) throws Exception {
        RandomRequests requests =
                new RandomRequests(seed, runtime.port(), runtime.twilio().org("demo"));
        Semaphore places = new Semaphore(AT_ONCE);
        for (int i = 0; i < count; i++) {
            HttpRequest request = requests.next();
            places.acquire();
            http.sendAsync(request, BodyHandlers.ofString())
                    .handle((answer, failure) -> check(request, answer, failure))
                    .whenComplete((done, failure) -> places.release());
        }
        places.acquire(AT_ONCE);

        assertThat(wrong).isEmpty();
        await("the queue is worked off").during(QUIET).atMost(PATIENCE).until(this::isQuiet);
        assertThat(unreadable).isEmpty();
        ApiClient api = new ApiClient(runtime.port(), "demo", "demo-key");
        assertThat(api.read("/dead-letters"))
                .allSatisfy(letter ->
                        assertThat(letter.get("kind").textValue()).isIn("segment", "escalation", "end", "event"));
    }

    private CompletableFuture<Void> check(HttpRequest request, HttpResponse<String> answer, Throwable failure) {
        String asked = request.method() + " " + request.uri();
        if (failure != null) {
            wrong.add(asked + ": " + failure);
        } else if (answer.statusCode() >= 500) {
            wrong.add(asked + ": " + answer.statusCode() + " " + answer.body());
        } else if (STACK_TRACE.matcher(answer.body()).find()) {
            wrong.add(asked + ": " + answer.body());
        }
        return null;
    }

    private boolean isQuiet() {
        return context.getInflightRepository().size() == 0;
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime memory = Runtime.getRuntime();
        return (memory.totalMemory() - memory.freeMemory()) >> 20;
    }
}
