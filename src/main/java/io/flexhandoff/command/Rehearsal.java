package io.flexhandoff.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Whole handoffs in a sandbox, from the AI's side and from the rep's, as fast as the answers come. */
public final class Rehearsal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_MS = 20;
    private static final List<String> SAID = List.of(
            "I was charged twice this month, and nobody could tell me why.",
            "That is annoying. My card is 4242 4242 4242 4242.",
            "Let me talk to a person, please.");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI application;

    /** @param application such as {@code http://localhost:8080}, which runs its sandbox and has no org but {@code demo} */
    public Rehearsal(URI application) {
        this.application = application;
    }

    /**
     * Hands calls over, and waits until a rep has taken and completed each.
     *
     * @param segments of each call, before it is escalated
     * @param atOnce how many calls are live at any time
     * @throws IOException when a call did not arrive
     */
    public void handOver(int calls, int segments, int atOnce) throws IOException, InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<?>> all = IntStream.range(0, calls)
                    .<Future<?>>mapToObj(call -> callers.submit(() -> {
                        handOver(segments);
                        return null;
                    }))
                    .toList();
            for (Future<?> call : all) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A rehearsed call was not handed over: " + e.getCause(), e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private void handOver(int segments) throws IOException, InterruptedException {
        String call = ask("POST", "/sandbox/api/calls", "").path("callSid").textValue();
        String api = "/api/v1/orgs/demo/calls/" + call;
        String handoff = "/api/v1/orgs/demo/handoffs/" + call;
        for (int number = 1; number <= segments; number++) {
            Map<String, Object> segment = Map.of(
                    "id",
                    "s" + number,
                    "sequence",
                    number,
                    "speaker",
                    number % 2 == 0 ? "ai" : "caller",
                    "text",
                    SAID.get(number % SAID.size()),
                    "spokenAt",
                    Instant.now().toString());
            ask("POST", api + "/transcript", JSON.writeValueAsString(Map.of("segments", List.of(segment))));
        }
        Map<String, Object> escalation =
                Map.of("id", "e1", "occurredAt", Instant.now().toString(), "customData", Map.of("tier", "gold"));
        ask("POST", api + "/escalation", JSON.writeValueAsString(escalation));
        await(() -> JSON.readTree(send("GET", handoff, "").body()).hasNonNull("taskSid"));
        String task =
                "/sandbox/api/tasks/" + ask("GET", handoff, "").path("taskSid").textValue();
        // while the reps are busy it is offered to none
        await(() -> send("POST", task + "/accept", "").statusCode() == HttpURLConnection.HTTP_OK);
        ask("POST", task + "/wrap-up", "");
        ask("POST", task + "/complete", "");
        await(() -> ask("GET", handoff, "").path("state").asText().equals("completed"));
    }

    private void await(Look look) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!look.found()) {
            if (System.nanoTime() > end) {
                throw new IOException("It took longer than " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AGAIN_MS);
        }
    }

    private interface Look {
        boolean found() throws IOException, InterruptedException;
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(application.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer demo-key")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
