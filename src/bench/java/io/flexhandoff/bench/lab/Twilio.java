package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Http;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.standin.StandIn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stand-in for Twilio, in a process of its own: what it has seen, and how it answers. */
public record Twilio(Child process, int port, Http http) implements AutoCloseable {

    static Twilio start(Path directory, Http http, int latencyMillis) throws IOException {
        int port = Child.freePort();
        Child process =
                Child.java("twilio", directory, List.of("-Xms256m", "-Xmx1g"), StandIn.class, port, latencyMillis);
        return new Twilio(process.await(() -> process.hasSaid(StandIn.READY)), port, http);
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Of an org, whose account this is: {@code turns}, {@code enqueued} and {@code noted} so far, {@code inFlight}, {@code lastActive} in microseconds. */
    JsonObject counts(String account) {
        return ask("/bench/counts?of=" + account).toJsonObject();
    }

    /** What it has seen of calls, by number. */
    List<JsonObject> calls(int first, int count) {
        int atOnce = 1000;
        List<JsonObject> calls = new ArrayList<>();
        for (int from = first; from < first + count; from += atOnce) {
            int until = Math.min(first + count, from + atOnce);
            JsonArray part = ask("/bench/calls?first=%d&count=%d".formatted(from, until - from))
                    .toJsonArray();
            for (int call = 0; call < part.size(); call++) {
                calls.add(part.getJsonObject(call));
            }
        }
        return calls;
    }

    /** Requests that it does not play. */
    JsonArray unknown() {
        return ask("/bench/unknown").toJsonArray();
    }

    /** How long each answer to this org takes from now on. */
    public void latency(Org org, int millis) {
        ask("/bench/latency?account=%s&millis=%d".formatted(org.sid("AC"), millis));
    }

    /** Lets tasks of other calls wait in the org's workflow. */
    public void waiting(Org org, int tasks) {
        ask("/bench/waiting?workflow=%s&tasks=%d".formatted(org.sid("WW"), tasks));
    }

    /** Forgets what became of calls. */
    void clear() {
        ask("/bench/clear");
    }

    private Buffer ask(String path) {
        return http.ask(Http.Request.get(port, path, null)).body();
    }

    @Override
    public void close() {
        process.close();
    }
}
