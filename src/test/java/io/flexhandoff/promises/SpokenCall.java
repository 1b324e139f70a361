package io.flexhandoff.promises;

import static org.awaitility.Awaitility.await;

import io.flexhandoff.support.ApiClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A call as the AI phone platform tells it: segments one by one, an escalation, the end of the AI's part. */
final class SpokenCall {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ESCALATION = "/escalation";
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    /** A request of the platform, on a path below the call's. */
    record Request(String path, Map<String, Object> body) {}

    final String org;
    final String callSid;
    final int segments;
    private volatile Instant escalated;

    SpokenCall(String org, String callSid, int segments) {
        this.org = org;
        this.callSid = callSid;
        this.segments = segments;
    }

    /** What is to be sent, in order. */
    List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (int sequence = 1; sequence <= segments; sequence++) {
            String speaker = sequence % 2 == 1 ? "ai" : "caller";
            requests.add(new Request(
                    "/transcript",
                    Map.of("segments", List.of(ApiClient.segment(sequence, speaker, "Turn " + sequence)))));
        }
        requests.add(new Request(
                ESCALATION,
                Map.of(
                        "id",
                        "e-" + callSid,
                        "occurredAt",
                        Instant.now().toString(),
                        "reason",
                        "Billing dispute",
                        "summary",
                        "The caller was charged twice.",
                        "sentiment",
                        "negative",
                        "language",
                        "en-US",
                        "recentTurns",
                        List.of(ApiClient.segment(
                                segments, segments % 2 == 1 ? "ai" : "caller", "Turn " + segments)))));
        requests.add(new Request("/end", Map.of("occurredAt", Instant.now().toString(), "outcome", "escalated")));
        return requests;
    }

    /** Sends a request after a pause until it is accepted, as the contract asks of the platform. */
    void send(Plant plant, Request request, Duration pause, AtomicInteger accepted) {
        await().pollDelay(pause)
                .pollInterval(BETWEEN_TRIES)
                .atMost(PATIENCE)
                .until(() -> isAccepted(plant.api(org), request));
        accepted.incrementAndGet();
        if (request.path().equals(ESCALATION)) {
            escalated = Instant.now();
        }
    }

    /** When the platform knew that its escalation was accepted. */
    Instant escalated() {
        return escalated;
    }

    private boolean isAccepted(ApiClient api, Request request) {
        try {
            int status = api.post("/calls/" + callSid + request.path(), request.body())
                    .statusCode();
            if (status != 202 && status != 503) {
                throw new AssertionError(request.path() + " was answered " + status);
            }
            return status == 202;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }
}
