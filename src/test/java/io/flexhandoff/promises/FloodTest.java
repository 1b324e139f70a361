package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.FlexHandoffApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand connections at once, with 512 MiB of heap: requests of 1.9 MB with a key and without, some of which never end, and
 * silence. Meanwhile others hand over calls.
 */
@Tag("heavy")
class FloodTest {

    private static final int SEGMENTS = 10;
    private static final int CONNECTIONS = 1_000;
    private static final int BODY = 1_900_000;
    private static final Duration FLOOD = Duration.ofSeconds(40);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unhealthy = new AtomicInteger();

    @Test
    void othersAreServedAndTheNodeStaysWell() throws Exception {
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(CONNECTIONS + 1);
        try (Plant plant = new Plant(FlexHandoffApplication.class, Map.of())) {
            TransferTimes alone;
            try (Load load = load(plant, Instant.now().plusSeconds(15))) {
                alone = times(plant, load.calls());
            }
            for (int i = 0; i < CONNECTIONS; i += 5) {
                again(senders, () -> flood(plant, "of-nobody", BODY));
                again(senders, () -> flood(plant, "acme-key", BODY));
                again(senders, () -> flood(plant, "acme-key", BODY / 2));
                again(senders, () -> flood(plant, "of-nobody", 1));
                again(senders, () -> flood(plant, null, 0));
            }
            senders.execute(() -> watch(plant));
            Collection<SpokenCall> calls;
            try (Load load = load(plant, Instant.now().plus(FLOOD))) {
                calls = load.calls();
            }
            over.set(true);
            TransferTimes meanwhile = times(plant, calls);

            assertThat(unhealthy).as("times when its probes found it unwell").hasValue(0);
            assertThat(answered).as("large requests that were answered").hasPositiveValue();
            assertThat(plant.application().log()).doesNotContain("OutOfMemoryError", " ERROR ");
            System.out.printf(
                    "Flood test: %d calls, %d large requests answered; escalation to transfer alone %s, meanwhile %s%n",
                    calls.size(), answered.get(), alone, meanwhile);
        } finally {
            over.set(true);
            senders.shutdownNow();
        }
    }

    private static Load load(Plant plant, Instant end) {
        return new Load(
                plant, SEGMENTS, Duration.ofMillis(300), () -> Instant.now().isAfter(end));
    }

    private static TransferTimes times(Plant plant, Collection<SpokenCall> calls) {
        new Promises(plant).keptFor(calls);
        return TransferTimes.ofCallers(plant, calls);
    }

    private static void again(ScheduledExecutorService senders, Runnable flood) {
        senders.scheduleWithFixedDelay(flood, 0, 5, TimeUnit.SECONDS);
    }

    /** @param sent bytes of a body that is said to have {@link #BODY} */
    private void flood(Plant plant, String key, int sent) {
        byte[] body = "x".repeat(sent).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), plant.application().port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            if (key != null) {
                out.write(("POST /api/v1/orgs/acme/calls/CA" + "0".repeat(32)
                                + "/transcript HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nAuthorization: Bearer " + key
                                + "\r\nContent-Length: "
                                + BODY + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
            }
            InputStream answer = socket.getInputStream();
            if (answer.read() == 'H') {
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            // cut off, or still waiting for what does not come
        }
    }

    private void watch(Plant plant) {
        HttpClient client = HttpClient.newHttpClient();
        while (!over.get()) {
            for (String probe : new String[] {"liveness", "readiness"}) {
                URI health = URI.create(
                        "http://localhost:" + plant.application().managementPort() + "/actuator/health/" + probe);
                try {
                    HttpRequest request = HttpRequest.newBuilder(health)
                            .timeout(Duration.ofSeconds(10))
                            .build();
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            != 200) {
                        unhealthy.incrementAndGet();
                    }
                } catch (IOException e) {
                    unhealthy.incrementAndGet();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
