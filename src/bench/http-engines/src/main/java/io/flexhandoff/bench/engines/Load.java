package io.flexhandoff.bench.engines;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop of clients, each posting one segment after the other; HTTP/1.1 with kept-alive connections. */
final class Load {

    private static final String ANSWER = "{\"accepted\": 1}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What a run showed.
     *
     * @param micros acknowledgement times of the good answers, ascending
     * @param failed connections lost or refused, and answers other than a 202
     * @param malformed answers that are not HTTP, or a 202 with other headers or another body than was sent
     */
    record Outcome(long[] micros, int failed, int malformed, double seconds) {

        double perSecond() {
            return micros.length / seconds;
        }
    }

    Outcome run(URI server, int requests, int clients) throws InterruptedException {
        long[] micros = new long[requests];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger malformed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long begin = System.nanoTime();
        for (int client = 0; client < clients; client++) {
            String path = "/api/v1/orgs/acme/calls/CA%032x/transcript".formatted(client);
            URI target = server.resolve(path);
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                    micros[n] = post(target, n, failed, malformed);
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The load did not end within five minutes");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] good = Arrays.stream(micros).filter(m -> m > 0).sorted().toArray();
        return new Outcome(good, failed.get(), malformed.get(), seconds);
    }

    /** Zero if the answer was not as it should be. */
    private long post(URI target, int n, AtomicInteger failed, AtomicInteger malformed) {
        HttpRequest request = authorized(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"segments": [{"id": "s-%1$d", "sequence": %1$d, "speaker": "caller", \
                        "text": "I was charged twice for the order that I placed last week, can you look into it?", \
                        "spokenAt": "2026-03-02T10:15:30.123Z", "language": "en-US"}]}""".formatted(n + 1)))
                .build();
        long begin = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            long micros = (System.nanoTime() - begin) / 1000;
            if (answer.statusCode() != 202) {
                failed.incrementAndGet();
            } else if (!wellFormed(answer)) {
                malformed.incrementAndGet();
            } else {
                return micros;
            }
        } catch (ProtocolException e) {
            malformed.incrementAndGet();
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.incrementAndGet();
        }
        return 0;
    }

    private static boolean wellFormed(HttpResponse<String> answer) {
        boolean named = answer.headers().map().keySet().stream().noneMatch(String::isBlank);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return named && type.startsWith("application/json") && ANSWER.equals(answer.body());
    }

    /** Events that the server's consumer has taken from the queue so far, or -1 while it does not answer. */
    long drained(URI server) throws InterruptedException {
        try {
            HttpRequest request = authorized(server.resolve("/api/v1/drained")).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Long.parseLong(answer.body()) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    int statusWithoutKey(URI server) throws IOException, InterruptedException {
        URI target = server.resolve("/api/v1/orgs/acme/calls/CA00000000000000000000000000000000/transcript");
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"segments\": []}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder authorized(URI target) {
        return HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + EngineServer.KEY);
    }
}
